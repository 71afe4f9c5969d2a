import type { RepairLog } from './observation.ts'
import type { Placed } from './placed.ts'

/**
 * Writes `placed.values` and `placed.row`: the rows of one period become one value. Missing and infinite values are
 * listed; a present value beats a missing one. `how` null: equal values are one row entered twice, otherwise the last.
 */
export function mergePeriods(log: RepairLog, placed: Placed, how: 'sum' | 'mean' | 'last' | null): void {
  const { order, period, values, row } = placed
  values.fill(Number.NaN)
  row.fill(-1)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && period[to] === period[from]) to++
    mergeOne(log, placed, from, to, how)
    from = to
  }
}

function mergeOne(log: RepairLog, placed: Placed, from: number, to: number, how: 'sum' | 'mean' | 'last' | null): void {
  const { order, values, row } = placed
  const index = placed.period[from]
  const present: number[] = []
  for (let k = from; k < to; k++) {
    const { value, date } = log.observations[order[k]]
    if (Number.isFinite(value)) present.push(order[k])
    else if (Number.isNaN(value)) log.add('missing_value', order[k], date, null, null)
    else log.add('not_finite_treated_missing', order[k], date, String(value), null)
  }
  row[index] = order[from]
  if (present.length === 0) return
  const at = (i: number): number => log.observations[i].value
  const equal = present.every((i) => at(i) === at(present[0]))
  // the row that stays: the last where it decides, otherwise the first
  const kept = how === 'last' || (how === null && !equal) ? present[present.length - 1] : present[0]
  row[index] = kept
  let seen = at(kept)
  if ((how === 'sum' || how === 'mean') && present.length > 1) {
    let sum = 0
    for (const i of present) sum += at(i)
    seen = how === 'sum' ? sum : sum / present.length
  }
  values[index] = seen
  if (!Number.isFinite(seen)) {
    values[index] = Number.NaN
    log.add('not_finite_treated_missing', kept, log.observations[kept].date, String(seen), null)
  }
  for (const i of present) {
    if (i === kept) continue
    const dropped = how !== 'sum' && at(i) === at(kept)
    log.add(dropped ? 'duplicate_dropped' : 'duplicate_merged', i, log.observations[i].date, at(i), values[index])
  }
}
