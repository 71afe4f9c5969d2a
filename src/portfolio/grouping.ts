import { type Hierarchy, hierarchyOf } from '../hierarchy/hierarchy.ts'
import { type Keys, MOST_COLUMNS, totalName, totalsBy } from '../hierarchy/levels.ts'
import { keysByTemplate, keysOfNames } from '../hierarchy/names.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import type { Calendar } from '../series/calendar.ts'
import { interpolate, observedRange } from '../series/missing.ts'
import { endOf } from './member.ts'

/** A series that may be part of totals. */
export interface Part {
  readonly name: string
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly unit: string | null
  readonly group: Readonly<Record<string, string>>
}

/** A series to be forecast that is the sum of others. */
export interface TotalSeries {
  readonly name: string
  readonly values: Float64Array
  readonly calendar: Calendar | null
  readonly seasonLength: number
  readonly unit: string | null
}

export interface Grouping {
  readonly hierarchy: Hierarchy
  /** Positions of the hierarchy's parts among the series given. */
  readonly members: readonly number[]
  /** In the hierarchy's order. */
  readonly series: readonly TotalSeries[]
  /** Series that are in no total, with the reason. */
  readonly problems: readonly LocatedProblem[]
}

/**
 * Totals of a portfolio: `columns` by what columns tell of the series, `names` by the pieces of their names, `auto` by
 * columns where all series have them, else by names; anything else is a template for names. What ends at another period
 * than most, has no value, or does not fit the template is left out (`hierarchy_left_out`). Throws `config_invalid` where
 * nothing groups the series.
 */
export function groupingOf(parts: readonly Part[], how: string): Grouping {
  const problems: LocatedProblem[] = []
  const leaveOut = (i: number, cause: string): void => {
    problems.push(problem('hierarchy_left_out', { cause }, { series: parts[i]!.name }))
  }
  const ends = parts.map((part) => endOf(part))
  const usual = mostCommon(ends.filter((_, i) => observedRange(parts[i]!.values) !== null))
  const usable = [...parts.keys()].filter((i) => {
    if (observedRange(parts[i]!.values) === null) leaveOut(i, 'empty')
    else if (ends[i] !== usual) leaveOut(i, 'end')
    else return true
    return false
  })
  const { columns, rows } = keysFor(
    usable.map((i) => parts[i]!),
    how,
  )
  const fitting = usable.filter((i, k) => {
    if (rows[k] == null) leaveOut(i, 'name')
    return rows[k] != null
  })
  const keys: Keys = { columns, rows: rows.flatMap((row) => (row === null ? [] : [row])) }
  const found = totalsBy(keys)
  if (found.length === 0) throw refused(how, 'a_b')
  const hierarchy = hierarchyOf(fitting.length, found)
  const members = fitting.map((i) => parts[i]!)
  const complete = members.map(({ values, seasonLength }) => interpolate(values, seasonLength))
  const series = hierarchy.totals.map((total): TotalSeries => {
    const own = Array.from(total.parts, (part) => members[part]!)
    const longest = own.reduce((long, each) => (each.values.length > long.values.length ? each : long))
    const values = new Float64Array(longest.values.length)
    // before its first period a part has sold nothing
    for (const part of total.parts) {
      const from = values.length - complete[part]!.length
      for (const [t, value] of complete[part]!.entries()) values[from + t]! += value
    }
    const units = new Set(own.map(({ unit }) => unit))
    const { calendar, seasonLength } = longest
    return {
      name: totalName(total, columns),
      values,
      calendar,
      seasonLength,
      unit: units.size === 1 ? own[0]!.unit : null,
    }
  })
  return { hierarchy, members: fitting, series, problems }
}

function keysFor(
  parts: readonly Part[],
  how: string,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[] | null)[] } {
  const names = parts.map(({ name }) => name)
  if (how.includes('{')) return limited(keysByTemplate(names, how), how)
  const columns = Object.keys(parts[0]?.group ?? {}).filter((column) => parts.every(({ group }) => column in group))
  if (how === 'columns' || (how === 'auto' && columns.length > 1)) {
    if (columns.length === 0) throw refused(how, 'group')
    return limited({ columns, rows: parts.map(({ group }) => columns.map((column) => group[column]!)) }, how)
  }
  const keys = keysOfNames(names)
  if (keys === null) throw refused(how, 'a_b')
  return limited(keys, how)
}

function limited<Found extends { readonly columns: readonly string[] }>(found: Found, how: string): Found {
  if (found.columns.length > MOST_COLUMNS) throw refused(how, `≤ ${MOST_COLUMNS}`)
  return found
}

const refused = (how: string, expected: string): Problem =>
  new Problem(problem('config_invalid', { field: 'hierarchy', value: how, expected }))

function mostCommon(words: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
