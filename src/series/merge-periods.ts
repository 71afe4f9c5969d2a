import { type LocatedProblem, problem } from '../messages.ts'
import type { Duplicates, RepairLog } from './observation.ts'
import { dateOfPeriod, type Placed } from './placed.ts'

/**
 * Writes `placed.values` and `placed.row`: the rows of one period become one value. Missing and infinite values are
 * listed; a present value beats a missing one. `how` null: equal values are one row entered twice, otherwise the last.
 * `refuse` answers with the first period that has several.
 */
export function mergePeriods(log: RepairLog, placed: Placed, how: Duplicates | null): LocatedProblem | null {
  const { order, period, values, row } = placed
  values.fill(Number.NaN)
  row.fill(-1)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && period[to] === period[from]) to++
    if (how === 'refuse' && to > from + 1) return refusal(log, placed, from, to)
    if (to === from + 1) keepOne(log, placed, from)
    else mergeSeveral(log, placed, from, to, how)
    from = to
  }
  return null
}

function refusal(log: RepairLog, placed: Placed, from: number, to: number): LocatedProblem {
  const { rows, file } = log.observations
  const row = rows[placed.order[to - 1]!]!
  const params = { date: dateOfPeriod(placed, placed.period[from]!) ?? '', rows: to - from }
  return problem('duplicates_refused', params, {
    series: log.series,
    ...(file === null ? {} : { file }),
    ...(row > 0 && { row }),
  })
}

/** The common case: a period with one row. */
function keepOne(log: RepairLog, placed: Placed, at: number): void {
  const index = placed.order[at]!
  const value = log.observations.values[index]!
  placed.row[placed.period[at]!] = index
  if (Number.isFinite(value)) placed.values[placed.period[at]!] = value
  else listMissing(log, index, value)
}

function listMissing(log: RepairLog, index: number, value: number): void {
  if (Number.isNaN(value)) log.add('missing_value', index, log.dateOf(index), null, null)
  else log.add('not_finite_treated_missing', index, log.dateOf(index), String(value), null)
}

function mergeSeveral(log: RepairLog, placed: Placed, from: number, to: number, how: Duplicates | null): void {
  const { order, values, row } = placed
  const index = placed.period[from]!
  const at = (i: number): number => log.observations.values[i]!
  const present: number[] = []
  for (let k = from; k < to; k++) {
    const i = order[k]!
    if (Number.isFinite(at(i))) present.push(i)
    else listMissing(log, i, at(i))
  }
  row[index] = order[from]!
  if (present.length === 0) return
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
    log.add('not_finite_treated_missing', kept, log.dateOf(kept), String(seen), null)
  }
  for (const i of present) {
    if (i === kept) continue
    const dropped = how !== 'sum' && at(i) === at(kept)
    log.add(dropped ? 'duplicate_dropped' : 'duplicate_merged', i, log.dateOf(i), at(i), values[index]!)
  }
}
