import type { Code } from '../messages.ts'
import { causesOf, isSame, relativeOf, type Told, type Totals, totalsOf } from '../portfolio/changes.ts'
import type { Entry } from './explain-text.ts'
import type { Report } from './finished-run.ts'

/** A finished run as its files tell it. */
export interface ToldRun {
  readonly entries: ReadonlyMap<string, Entry>
  readonly report: Report
}

export interface Change extends Totals {
  readonly name: string
  /** after / before − 1; null without both, or with a total of 0. */
  readonly relative: number | null
  readonly why: readonly Code[]
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
export function compareRuns(before: ToldRun, after: ToldRun): Comparison {
  const settings = settingsOf(before.report, after.report)
  const { version } = before.report.engine
  const versions =
    version === after.report.engine.version ? null : { before: version, after: after.report.engine.version }
  const otherwise = { settings: settings.length > 0, version: versions !== null }
  const changed: Change[] = []
  const total = { before: 0, after: 0 }
  let both = 0
  for (const [name, now] of after.entries) {
    const then = before.entries.get(name)
    if (then === undefined) continue
    both++
    const [was, is] = [toldBy(then), toldBy(now)]
    const totals = totalsOf(was, is)
    total.before += totals.before ?? 0
    total.after += totals.after ?? 0
    if (isSame(was, is)) continue
    changed.push({ name, ...totals, relative: relativeOf(totals), why: causesOf(was, is, otherwise) })
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

const toldBy = ({ status, model_label: label, observations, dates, forecast, problems }: Entry): Told => ({
  ...{ status, label: label ?? null, observations: observations ?? 0, dates: dates ?? null, mean: forecast },
  updated: problems?.some(({ code }) => code === 'updated_without_refit') ?? false,
  history: null,
})

function settingsOf(before: Report, after: Report): Comparison['settings'] {
  const names = new Set([...Object.keys(before.config), ...Object.keys(after.config)])
  return [...names].sort().flatMap((name) => {
    const [was, is] = [before.config[name]?.value ?? null, after.config[name]?.value ?? null]
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ name, before: was, after: is }]
  })
}
