import type { Entry } from './explain-text.ts'
import type { Report } from './finished-run.ts'

/** A finished run as its files tell it. */
export interface Told {
  readonly entries: ReadonlyMap<string, Entry>
  readonly report: Report
}

/** Why a forecast is another one: what of its making is another. */
export type Why =
  | { readonly code: 'new_periods'; readonly periods: number }
  | { readonly code: 'history_changed' }
  | { readonly code: 'updated_without_refit' }
  | { readonly code: 'other_model'; readonly before: string; readonly after: string }
  | { readonly code: 'other_status'; readonly before: string; readonly after: string }
  | { readonly code: 'other_settings' }
  | { readonly code: 'other_version' }

export interface Change {
  readonly name: string
  /** Totals over the periods that both forecast; null where one says nothing of any. */
  readonly before: number | null
  readonly after: number | null
  readonly periods: number
  /** after / before − 1; null without both, or with a total of 0. */
  readonly relative: number | null
  readonly why: readonly Why[]
}

export interface Comparison {
  readonly both: number
  readonly same: number
  readonly added: readonly string[]
  readonly gone: readonly string[]
  /** The largest relative change first. */
  readonly changed: readonly Change[]
  readonly settings: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[]
  readonly version: { readonly before: string; readonly after: string } | null
  /** Over all series that both forecast, and the periods that both do. */
  readonly total: { readonly before: number; readonly after: number }
}

/** What another run says otherwise, and what of its making was otherwise. */
export function compareRuns(before: Told, after: Told): Comparison {
  const settings = settingsOf(before.report, after.report)
  const { version } = before.report.engine
  const versions =
    version === after.report.engine.version ? null : { before: version, after: after.report.engine.version }
  const common = (settings.length > 0 ? [{ code: 'other_settings' }] : []) as Why[]
  if (versions !== null) common.push({ code: 'other_version' })
  const changed: Change[] = []
  const total = { before: 0, after: 0 }
  let both = 0
  for (const [name, now] of after.entries) {
    const then = before.entries.get(name)
    if (then === undefined) continue
    both++
    const totals = totalsOf(then, now)
    total.before += totals.before ?? 0
    total.after += totals.after ?? 0
    if (isSame(then, now)) continue
    const { before: was, after: is } = totals
    const relative = was === null || is === null || was === 0 ? null : is / was - 1
    changed.push({ name, ...totals, relative, why: [...whyOf(then, now, common.length > 0), ...common] })
  }
  // one that says nothing of any common period has changed most of all
  const size = ({ relative, before: was, after: is }: Change): number =>
    relative === null ? (was === 0 && is === 0 ? 0 : Number.POSITIVE_INFINITY) : Math.abs(relative)
  return {
    both,
    same: both - changed.length,
    added: [...after.entries.keys()].filter((name) => !before.entries.has(name)),
    gone: [...before.entries.keys()].filter((name) => !after.entries.has(name)),
    changed: changed.sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1)),
    settings,
    version: versions,
    total,
  }
}

const isSame = (a: Entry, b: Entry): boolean =>
  a.status === b.status &&
  a.model_label === b.model_label &&
  JSON.stringify([a.dates, a.forecast]) === JSON.stringify([b.dates, b.forecast])

function whyOf(before: Entry, after: Entry, otherwise: boolean): Why[] {
  const why: Why[] = []
  const periods = (after.observations ?? 0) - (before.observations ?? 0)
  const [first, now] = [before.dates?.[0] ?? null, after.dates?.[0] ?? null]
  const moved = periods !== 0 || (first !== null && now !== null && first !== now)
  if (moved) why.push({ code: 'new_periods', periods })
  if (after.problems?.some(({ code }) => code === 'updated_without_refit')) why.push({ code: 'updated_without_refit' })
  if (before.status !== after.status) why.push({ code: 'other_status', before: before.status, after: after.status })
  const [was, is] = [before.model_label ?? '', after.model_label ?? '']
  if (was !== is) why.push({ code: 'other_model', before: was, after: is })
  // the engine gives the same answer to the same question, where time and memory let it: then the values are others
  const whole = before.status === 'success' && after.status === 'success'
  if (whole && !moved && !otherwise) why.unshift({ code: 'history_changed' })
  return why
}

/** Totals over the dates that both forecast; without dates, over the steps that both have. */
function totalsOf(before: Entry, after: Entry): Pick<Change, 'before' | 'after' | 'periods'> {
  const nothing = { before: null, after: null, periods: 0 }
  if (before.forecast === null || after.forecast === null) return nothing
  const byDate = valuesByPeriod(before)
  let was = 0
  let is = 0
  let periods = 0
  for (const [period, value] of valuesByPeriod(after)) {
    const other = byDate.get(period)
    if (other === undefined) continue
    was += other
    is += value
    periods++
  }
  return periods === 0 ? nothing : { before: was, after: is, periods }
}

const valuesByPeriod = ({ dates = [], forecast }: Entry): Map<string, number> =>
  new Map((forecast ?? []).map((value, step) => [dates?.[step] ?? `step ${step + 1}`, value]))

function settingsOf(before: Report, after: Report): Comparison['settings'] {
  const names = new Set([...Object.keys(before.config), ...Object.keys(after.config)])
  return [...names].sort().flatMap((name) => {
    const [was, is] = [before.config[name]?.value ?? null, after.config[name]?.value ?? null]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ name, before: was, after: is }]
  })
}
