import type { CheckExample, CheckGroup } from '../../contract/check-groups.ts'
import type { ReadOptions } from '../../contract/job.ts'
import { render } from '../../i18n/render.ts'
import type { Portfolio, PortfolioItem } from '../../io/portfolio.ts'
import type { LocatedProblem, MessageCode, Params, Repair } from '../../messages.ts'
import type { CheckReport } from '../../processor/check-report.ts'
import { periodDate } from '../../series/calendar.ts'
import { finite } from '../stored-result.ts'
import { fixOf } from './check-fixes.ts'

const EXAMPLES = 5
/** Periods of a picture. */
const SHOWN = 60
const SEVERITIES = ['error', 'warning', 'info'] as const

interface Group {
  readonly code: MessageCode
  readonly kind: CheckGroup['kind']
  severity: CheckGroup['severity']
  count: number
  readonly series: Set<string>
  readonly params: Params
  readonly examples: CheckExample_[]
}
type CheckExample_ = (typeof CheckExample)['_output']

/** Problems and repairs of all files by code: errors first, then the most frequent. */
export function checkGroups(
  { items, problems: ofFiles }: Portfolio,
  report: CheckReport,
  read: ReadOptions,
  locale: string,
): CheckGroup[] {
  const groups = new Map<string, Group>()
  const group = (kind: Group['kind'], code: MessageCode, params: Params, severity: Group['severity']): Group => {
    const known = groups.get(code)
    if (known !== undefined) return known
    const made: Group = { code, kind, severity, count: 0, series: new Set(), params, examples: [] }
    groups.set(code, made)
    return made
  }
  const addProblem = (one: LocatedProblem): void => {
    const into = group('problem', one.code, one.params, one.severity)
    into.count++
    if (one.series !== undefined) into.series.add(one.series)
    if (one.severity === 'error') into.severity = 'error'
    if (into.examples.length < EXAMPLES) into.examples.push(problemExample(one, locale))
  }
  const addRepair = (one: Repair): void => {
    const into = group('repair', one.kind, {}, 'info')
    into.count++
    into.series.add(one.series)
    if (into.examples.length < EXAMPLES) {
      const { file, row, column, series, date, before, after } = one
      const text = render({ code: one.kind, params: {} }, locale)
      into.examples.push({ file, row, column, series, date, before, after, text })
    }
  }
  for (const one of ofFiles) addProblem(one)
  for (const [i, item] of items.entries()) {
    for (const one of report.series[i]?.problems ?? item.problems) addProblem(one)
    for (const one of item.repairs) addRepair(one)
  }
  const byName = new Map(items.map((item) => [item.name, item]))
  return [...groups.values()]
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.count - a.count)
    .map(({ code, kind, severity, count, series, params, examples }) => ({
      ...{ code, kind, severity, count, series_count: series.size },
      text: render({ code, params }, locale),
      fix: fixOf(code, params, read),
      examples,
      picture: kind === 'repair' ? pictureOf(examples, byName) : null,
    }))
}

const problemExample = (one: LocatedProblem, locale: string): CheckExample_ => ({
  file: one.file ?? null,
  row: one.row ?? null,
  column: one.column ?? null,
  series: one.series ?? null,
  date: null,
  before: null,
  after: null,
  text: render(one, locale),
})

/** The periods around the first example that lies on the grid of its series. */
function pictureOf(
  examples: readonly CheckExample_[],
  items: ReadonlyMap<string, PortfolioItem>,
): CheckGroup['picture'] {
  for (const { series, date } of examples) {
    const item = series === null ? undefined : items.get(series)
    if (item === undefined || item.calendar === null || date === null) continue
    const { calendar, values, repairs } = item
    const at = indexOf(date, item)
    if (at === null) continue
    const from = Math.max(0, Math.min(at - SHOWN / 2, values.length - SHOWN))
    const after = Array.from(values.subarray(from, from + SHOWN), finite)
    const dates = after.map((_, i) => periodDate(calendar, from + i))
    const before = [...after]
    const places = new Map(dates.map((day, i) => [day, i]))
    for (const one of repairs) {
      const i = places.get(one.date)
      if (i !== undefined && one.before !== one.after) before[i] = numberIn(one.before)
    }
    return { series: item.name, dates, before, after }
  }
  return null
}

/** A number that stands in a file; null for nothing, or for what is none. */
function numberIn(text: string | number | null): number | null {
  if (typeof text === 'number') return finite(text)
  return text === null || text.trim() === '' ? null : finite(Number(text.replace(',', '.')))
}

/** Dates ascend, so that halving finds one. */
function indexOf(date: string, { calendar, values }: PortfolioItem): number | null {
  let low = 0
  let high = values.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = periodDate(calendar!, middle) ?? ''
    if (found === date) return middle
    if (found < date) low = middle + 1
    else high = middle - 1
  }
  return null
}
