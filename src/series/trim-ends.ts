import type { RepairLog } from './observation.ts'
import { dateOfPeriod, type Placed } from './placed.ts'

/** Zeros before the first sale are trimmed where the run is at least this long, and a season (12 periods at most). */
const LEAST_ZEROS = 3
const LONGEST_NEEDED = 12
/** The series after them must not be intermittent: at most this share of zeros, in at least this many values. */
const MOST_ZEROS_AFTER = 0.1
const LEAST_AFTER = 6

/**
 * Leaves out missing values at both ends, and the zeros of a product not yet sold. Each stretch is one repair: the
 * first date and row of it, `before` = how many periods. Sets `placed.trimmed`, returns the values that stay.
 */
export function trimEnds(log: RepairLog, placed: Placed, seasonLength: number): Float64Array {
  const { values } = placed
  let first = 0
  let end = values.length
  while (first < end && Number.isNaN(values[first])) first++
  if (first === end) return values
  while (Number.isNaN(values[end - 1])) end--
  note(log, placed, 'leading_missing_trimmed', 0, first)
  const zeros = leadingZeros(values.subarray(first, end), seasonLength)
  note(log, placed, 'leading_zeros_trimmed', first, first + zeros)
  note(log, placed, 'trailing_missing_trimmed', end, values.length)
  placed.trimmed = first + zeros
  return values.subarray(first + zeros, end)
}

function leadingZeros(values: Float64Array, seasonLength: number): number {
  let run = 0
  let count = 0
  // missing values inside the run belong to it
  while (run < values.length && (values[run] === 0 || Number.isNaN(values[run]))) if (values[run++] === 0) count++
  const needed = Math.max(LEAST_ZEROS, Math.min(Number.isFinite(seasonLength) ? seasonLength : 1, LONGEST_NEEDED))
  if (count < needed) return 0
  let zeros = 0
  let present = 0
  for (let i = run; i < values.length; i++) {
    if (values[i] < 0) return 0
    if (values[i] === 0) zeros++
    if (!Number.isNaN(values[i])) present++
  }
  return present >= LEAST_AFTER && zeros <= MOST_ZEROS_AFTER * present ? run : 0
}

function note(
  log: RepairLog,
  placed: Placed,
  kind: 'leading_missing_trimmed' | 'leading_zeros_trimmed' | 'trailing_missing_trimmed',
  from: number,
  to: number,
): void {
  if (from >= to) return
  const { order, period } = placed
  // rows merged into these periods go with them
  for (let k = 0; k < order.length; k++) if (period[k]! >= from && period[k]! < to) log.touched[order[k]!] = 1
  log.add(kind, placed.row[from]!, dateOfPeriod(placed, from), to - from, null)
}
