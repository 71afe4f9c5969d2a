import type { SeriesResult } from '../batch/run-result.ts'
import { finalMean } from '../export/overrides/override.ts'
import { familyName } from '../export/report/model-name.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf, fit, table, wrap } from './layout.ts'
import { paintFor, toStdout } from './output.ts'
import { readRun } from './read-run.ts'
import type { Say } from './words.ts'

/** How one series differs between two runs; totals over the dates (or periods) that both forecast. */
interface Difference {
  readonly series: string
  readonly change: 'new' | 'gone' | 'changed' | 'same'
  readonly before: number | null
  readonly after: number | null
  /** 0.12 is 12 % above; null where there is nothing to compare, or the base is zero or below. */
  readonly share: number | null
  readonly model_before: string | null
  readonly model_after: string | null
}

const SHOWN = 15

/** What changed from one run to another: the largest changes first. */
export function compare(
  beforeDir: string,
  afterDir: string,
  flags: { readonly json?: boolean },
  say: Say,
  locale: string,
): number {
  const [before, after] = [readRun(beforeDir, say).results, readRun(afterDir, say).results]
  const old = new Map(before.map((result) => [result.name, result]))
  const names = new Set(after.map(({ name }) => name))
  const all = [
    ...after.map((result) => difference(old.get(result.name), result)),
    ...before.filter(({ name }) => !names.has(name)).map((result) => difference(result, undefined)),
  ].sort((a, b) => Math.abs(b.share ?? 0) - Math.abs(a.share ?? 0))
  const count = (change: Difference['change']): number => all.filter((each) => each.change === change).length
  const counts = { new: count('new'), gone: count('gone'), changed: count('changed'), same: count('same') }
  if (flags.json) {
    toStdout(JSON.stringify({ counts, series: all }, null, 2))
    return EXIT.done
  }
  const paint = paintFor(process.stdout)
  const width = columnsOf(process.stdout)
  toStdout(paint('bold', wrap(say('compare.title', { before: beforeDir, after: afterDir }), width)))
  toStdout(wrap(say('compare.counts', counts), width, 2))
  const changed = all.filter(({ change }) => change === 'changed').slice(0, SHOWN)
  if (changed.length === 0) return EXIT.done
  const number = (value: number | null): string =>
    value === null ? '' : value.toLocaleString(locale, { maximumFractionDigits: Math.abs(value) >= 100 ? 0 : 2 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', signDisplay: 'exceptZero' })
  const model = (name: string | null): string => (name === null ? '' : familyName(name, locale))
  const rows = changed.map((each) => [
    fit(each.series, Math.max(12, width - 60)),
    number(each.before),
    number(each.after),
    each.share === null ? '' : percent.format(each.share),
    each.model_before === each.model_after ? '' : fit(`${model(each.model_before)} → ${model(each.model_after)}`, 26),
  ])
  const head = ['series', 'before', 'after', 'change', 'model'].map((key) => paint('dim', say(`compare.${key}`)))
  toStdout('')
  toStdout(table([head, ...rows], ['left', 'right', 'right', 'right', 'left']))
  if (counts.changed > SHOWN) toStdout(wrap(say('compare.more', { count: counts.changed - SHOWN }), width, 2))
  return EXIT.done
}

function difference(before: SeriesResult | undefined, after: SeriesResult | undefined): Difference {
  const [old, now] = [before && finalMean(before), after && finalMean(after)]
  const models = { model_before: before?.outcome?.used ?? null, model_after: after?.outcome?.used ?? null }
  const series = (after ?? before)!.name
  if (!old || !now) {
    const change = old ? 'gone' : now ? 'new' : 'same'
    return { series, change, before: old ? sum(old) : null, after: now ? sum(now) : null, share: null, ...models }
  }
  // periods are compared by date, or by number where there are none
  const key = (result: SeriesResult, step: number): string => result.dates[step] ?? String(step)
  const known = new Map(Array.from(old, (value, step) => [key(before!, step), value]))
  let [was, is] = [0, 0]
  for (const [step, value] of now.entries()) {
    const other = known.get(key(after!, step))
    if (other === undefined) continue
    was += other
    is += value
  }
  const share = was > 0 ? is / was - 1 : null
  return { series, change: was === is ? 'same' : 'changed', before: was, after: is, share, ...models }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
