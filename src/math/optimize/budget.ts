/**
 * How much work a search may spend. Counted in evaluations of the objective, so that the same budget
 * ends at the same place on every machine; a deadline in wall-clock time belongs to `batch/`, which passes `expired`.
 */
export interface Budget {
  readonly maxEvaluations: number
  /** Asked now and then by a search; true ends it with the best point so far. Absent: never. */
  readonly expired?: () => boolean
}

export const unlimited: Budget = { maxEvaluations: Number.POSITIVE_INFINITY }
