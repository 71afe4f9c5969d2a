import { type LocatedProblem, problem } from '../messages.ts'
import { type Calendar, periodDate } from '../series/calendar.ts'

/** A series that may continue another. */
export interface Linked {
  readonly name: string
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly predecessor?: string
}

export interface Joined {
  readonly values: Float64Array
  readonly calendar: Calendar | null
  /** Whose history stands in front, and how many periods of it; null where there is none. */
  readonly from: { readonly name: string; readonly periods: number } | null
  readonly problem: LocatedProblem | null
}

/**
 * Histories with those of their predecessors in front: all periods before the first of its own, and through the
 * predecessor's own predecessor too. Without dates the predecessor's whole history goes before. Series that name none, or
 * one that is not there or does not fit (`predecessor_unusable`), stay as they are.
 */
export function joinPredecessors(series: readonly Linked[]): Joined[] {
  const byName = new Map(series.map((each) => [each.name, each]))
  const done = new Map<string, Joined>()
  const inCircle = (one: Linked): boolean => {
    let at: Linked | undefined = one
    for (let i = 0; i <= series.length; i++) {
      at = at?.predecessor === undefined ? undefined : byName.get(at.predecessor)
      if (at === one) return true
    }
    return at !== undefined
  }
  const join = (one: Linked): Joined => {
    const known = done.get(one.name)
    if (known !== undefined) return known
    const alone = { values: one.values, calendar: one.calendar, from: null, problem: null }
    const { predecessor: name } = one
    if (name === undefined) return alone
    const refuse = (cause: string): Joined => ({
      ...alone,
      problem: problem('predecessor_unusable', { name, cause }, { series: one.name }),
    })
    const before = byName.get(name)
    if (before === undefined) return refuse('unknown')
    if (inCircle(one)) return refuse('circle')
    const joined = inFront(join(before), one)
    return joined === null ? refuse('frequency') : { ...joined, from: { name, periods: joined.periods }, problem: null }
  }
  return series.map((one) => {
    const joined = join(one)
    done.set(one.name, joined)
    return joined
  })
}

/** The later history behind the earlier one; a gap between them is missing. Null where their steps differ. */
function inFront(
  before: Pick<Joined, 'values' | 'calendar'>,
  { values, calendar }: Linked,
): { values: Float64Array; calendar: Calendar | null; periods: number } | null {
  if (calendar === null || before.calendar === null || values.length === 0) {
    if ((calendar === null) !== (before.calendar === null) && values.length > 0) return null
    return {
      values: Float64Array.from([...before.values, ...values]),
      calendar: before.calendar,
      periods: before.values.length,
    }
  }
  const { frequency } = calendar
  const earlier = before.calendar
  if (frequency.unit !== earlier.frequency.unit || frequency.step !== earlier.frequency.step) return null
  const periods = periodsBetween(earlier, calendar.start, before.values.length + values.length)
  if (periods === null) return null
  if (periods <= 0) return { values, calendar, periods: 0 }
  const joined = new Float64Array(periods + values.length).fill(Number.NaN)
  joined.set(before.values.subarray(0, periods))
  joined.set(values, periods)
  return { values: joined, calendar: earlier, periods }
}

/** Periods from the start of a calendar to a date on it; null where it is not within `most`. Negative dates are 0. */
function periodsBetween(calendar: Calendar, date: string, most: number): number | null {
  if (date <= calendar.start) return 0
  for (let i = 1; i <= 2 * most; i++) {
    const at = periodDate(calendar, i)
    if (at === null) return null
    if (at >= date) return i
  }
  return null
}
