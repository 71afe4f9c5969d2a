import { Problem, problem } from '../messages.ts'
import { fourierTerms, type Waves } from '../series/fourier.ts'
import type { Series } from '../series/series.ts'

/** What the mean of a series is regressed on, as plain data: its regressors by name, then waves. */
export interface DesignPlan {
  readonly regressors: readonly string[]
  readonly waves: readonly Waves[]
}

/** Columns with a row a period of the series. */
export interface Design {
  readonly plan: DesignPlan
  readonly columns: readonly Float64Array[]
  /** Rows in which a regressor is missing: their observation cannot be explained and counts as missing. */
  readonly unknown: readonly number[]
}

/** The regressors of a series and its waves over the periods of the series. */
export function designOf(series: Series, waves: readonly Waves[] = []): Design {
  const n = series.values.length
  const given = series.regressors ?? { names: [], columns: [] }
  const columns = given.columns.map((column) => Float64Array.from({ length: n }, (_, i) => column[i] ?? Number.NaN))
  const unknown: number[] = []
  if (columns.length > 0)
    for (let i = 0; i < n; i++) if (columns.some((column) => Number.isNaN(column[i]!))) unknown.push(i)
  for (const column of columns) fillWithMean(column)
  return {
    plan: { regressors: given.names, waves },
    columns: [...columns, ...waves.flatMap((each) => fourierTerms(each, 0, n))],
    unknown,
  }
}

/** An observation whose regressors are not known cannot be explained: it counts as missing. */
export const withoutUnknown = (values: Float64Array, { unknown }: Design): Float64Array => {
  const result = values.slice()
  for (const row of unknown) result[row] = Number.NaN
  return result
}

/**
 * The same columns for periods `from` to `from` + `steps` − 1, `from` being where `future` begins. Throws
 * `regressor_future_missing` where a regressor among `needed` is not known that far.
 */
export function futureColumns(
  { regressors, waves }: DesignPlan,
  needed: readonly number[],
  future: readonly Float64Array[] | undefined,
  from: number,
  steps: number,
  model: string,
): Float64Array[] {
  const columns = regressors.map((name, c) => {
    const given = future?.[c] ?? new Float64Array(0)
    let known = 0
    while (known < steps && Number.isFinite(given[known])) known++
    if (known < steps && needed.includes(c))
      throw new Problem(
        problem('regressor_future_missing', { name, known, needed: steps }, { model, stage: 'forecast' }),
      )
    return Float64Array.from({ length: steps }, (_, h) => (h < known ? given[h]! : 0))
  })
  return [...columns, ...waves.flatMap((each) => fourierTerms(each, from, steps))]
}

function fillWithMean(column: Float64Array): void {
  let sum = 0
  let count = 0
  for (const value of column)
    if (!Number.isNaN(value)) {
      sum += value
      count++
    }
  const mean = count > 0 ? sum / count : 0
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i]!)) column[i] = mean
}
