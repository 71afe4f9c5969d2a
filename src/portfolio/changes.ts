import { type Code, code } from '../messages.ts'

/** What a run said of a series, as far as two runs are held against each other. */
export interface Told {
  readonly status: string
  readonly label: string | null
  readonly observations: number
  /** Of the periods forecast; null without a forecast, its parts null without a calendar. */
  readonly dates: readonly (string | null)[] | null
  readonly mean: ArrayLike<number> | null
  /** Whether the model before was kept, and new periods added to it. */
  readonly updated: boolean
  /** Of the history and what shaped it, where that is known. */
  readonly history: string | null
}

/** How two runs differ beside their series. */
export interface Otherwise {
  readonly settings: boolean
  readonly version: boolean
}

/** Totals over the periods that both forecast; null where one says nothing of any. */
export interface Totals {
  readonly before: number | null
  readonly after: number | null
  readonly periods: number
}

export const isSame = (a: Told, b: Told): boolean =>
  a.status === b.status && a.label === b.label && JSON.stringify(publishedBy(a)) === JSON.stringify(publishedBy(b))

const publishedBy = ({ dates, mean }: Told) => [dates, mean && Array.from(mean)]

/** Why a forecast is another one: what of its making is another. Empty where it is the same. */
export function causesOf(before: Told, after: Told, otherwise: Otherwise): Code[] {
  if (isSame(before, after)) return []
  const causes: Code[] = []
  const periods = after.observations - before.observations
  const [first, now] = [before.dates?.[0] ?? null, after.dates?.[0] ?? null]
  const moved = periods > 0 || (first !== null && now !== null && first !== now)
  if (moved) causes.push(code('compare_new_periods', { periods }))
  if (after.updated) causes.push(code('compare_updated_without_refit'))
  if (before.status !== after.status)
    causes.push(code('compare_status_changed', { before: before.status, after: after.status }))
  if (before.label !== after.label)
    causes.push(code('compare_model_changed', { before: before.label ?? '', after: after.label ?? '' }))
  // the engine gives the same answer to the same question, where time and memory let it: then the values are others
  const whole = before.status === 'success' && after.status === 'success'
  const known = before.history !== null && after.history !== null
  const other = known
    ? before.history !== after.history && !otherwise.settings
    : periods < 0 || (whole && !otherwise.settings && !otherwise.version)
  if (other && !moved) causes.unshift(code('compare_history_changed'))
  if (otherwise.settings) causes.push(code('compare_settings_changed'))
  if (otherwise.version) causes.push(code('compare_version_changed'))
  return causes
}

/** Totals over the dates that both forecast; without dates, over the steps that both have. */
export function totalsOf(before: Told, after: Told): Totals {
  if (before.mean === null || after.mean === null) return { before: null, after: null, periods: 0 }
  const byPeriod = valuesByPeriod(before)
  let was = 0
  let is = 0
  let periods = 0
  for (const [period, value] of valuesByPeriod(after)) {
    const other = byPeriod.get(period)
    if (other === undefined) continue
    was += other
    is += value
    periods++
  }
  return periods === 0 ? { before: null, after: null, periods } : { before: was, after: is, periods }
}

const valuesByPeriod = ({ dates, mean }: Told): Map<string, number> =>
  new Map(Array.from(mean ?? [], (value, step) => [dates?.[step] ?? `step ${step + 1}`, value]))

/** after / before − 1; null without both, or with a total of 0. */
export const relativeOf = ({ before, after }: Totals): number | null =>
  before === null || after === null || before === 0 ? null : after / before - 1
