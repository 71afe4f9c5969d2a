import { grossOutliers } from './gross-outliers.ts'
import { interpolate } from './missing.ts'
import type { RegularizeOptions, RepairLog } from './observation.ts'
import { dateOfPeriod, type Placed } from './placed.ts'

/** Lists values that can only be slips of the pen; replaces them where that was asked for. `values` begin at `placed.trimmed`. */
export function treatOutliers(
  log: RepairLog,
  placed: Placed,
  values: Float64Array,
  how: RegularizeOptions['outliers'],
  seasonLength: number,
): void {
  if (how === 'ignore') return
  // two slips a year apart are no season: to report one too many costs a look
  const found = grossOutliers(values, seasonLength, 'mostly')
  if (found.length === 0) return
  const without = values.slice()
  for (const t of found) without[t] = Number.NaN
  const corrected = interpolate(without, seasonLength)
  for (const t of found) {
    const at = placed.trimmed + t
    const value = values[t]!
    if (how !== 'correct') {
      log.note('outlier_reported', placed.row[at]!, dateOfPeriod(placed, at), value, value)
      continue
    }
    values[t] = corrected[t]!
    log.add('outlier_corrected', placed.row[at]!, dateOfPeriod(placed, at), value, corrected[t]!)
  }
}
