import { interpolate } from './missing.ts'
import type { RegularizeOptions, RepairLog } from './observation.ts'
import { dateOfPeriod, type Placed } from './placed.ts'

/** Share of zeros, or of absent periods, from which the absent ones are periods without demand. */
const SPARSE_ZEROS = 0.25
const SPARSE_GAPS = 0.5

/** Decides the periods without a row, and, where a way was asked for, those with an empty cell. */
export function fillGaps(log: RepairLog, placed: Placed, options: RegularizeOptions, seasonLength: number): void {
  const { values, row, grid } = placed
  if (grid === null) return
  const how = options.gaps ?? (isSparse(placed) ? 'zero' : 'keep')
  const complete = how === 'interpolate' ? interpolate(values, seasonLength) : values
  const cells = options.gaps !== undefined && how !== 'keep'
  const kind = how === 'zero' ? 'gap_filled_zero' : how === 'interpolate' ? 'gap_interpolated' : 'gap_left_missing'
  for (let i = 0; i < values.length; i++) {
    const absent = row[i]! < 0
    if (!absent && !(cells && Number.isNaN(values[i]))) continue
    const after = how === 'zero' ? 0 : how === 'interpolate' ? complete[i]! : Number.NaN
    values[i] = after
    log.add(kind, absent ? -1 : row[i]!, dateOfPeriod(placed, i), null, Number.isNaN(after) ? null : after)
  }
}

function isSparse({ values, row }: Placed): boolean {
  let zeros = 0
  let absent = 0
  let observed = 0
  for (let i = 0; i < values.length; i++) {
    if (row[i]! < 0) absent++
    if (Number.isNaN(values[i])) continue
    if (values[i]! < 0) return false
    observed++
    if (values[i] === 0) zeros++
  }
  return observed > 0 && (zeros >= SPARSE_ZEROS * observed || absent > SPARSE_GAPS * values.length)
}
