import { createHash } from 'node:crypto'
import { dateText, formatFor } from './date-text.ts'
import type { ErpProfile } from './profile.ts'
import { type ErpRow, numberText } from './rows.ts'

/** What the file holds in numbers, to be compared with what the target took. */
export interface ControlTotals {
  readonly profile: string
  readonly mode: ErpMode
  readonly rows: number
  readonly series: number
  readonly first_date: string | null
  readonly last_date: string | null
  readonly total_quantity: number
  /** Of the file's bytes. */
  readonly sha256: string
}

/** `replace`: whole quantities, for a target whose old ones are removed; `delta`: what differs from an earlier file. */
export type ErpMode = 'replace' | 'delta'

/** The file, and its totals. */
export function erpFile(
  rows: readonly ErpRow[],
  profile: ErpProfile,
  mode: ErpMode,
): { text: string; totals: ControlTotals } {
  const { bom, line_end: end } = profile.file
  const lines = profile.layout === 'wide' ? wideLines(rows, profile) : longLines(rows, profile)
  const text = `${bom ? '\ufeff' : ''}${lines.map((line) => line + end).join('')}`
  const dates = rows.map(({ date }) => date).sort()
  const scale = 10 ** profile.quantity.decimals
  return {
    text,
    totals: {
      profile: profile.name,
      mode,
      rows: profile.layout === 'wide' ? lines.length - 1 : rows.length,
      series: new Set(rows.map(({ series }) => series)).size,
      first_date: dates[0] ?? null,
      last_date: dates.at(-1) ?? null,
      // whole numbers add up exactly
      total_quantity: rows.reduce((sum, { quantity }) => sum + Math.round(quantity * scale), 0) / scale,
      sha256: createHash('sha256').update(text).digest('hex'),
    },
  }
}

const cellOf = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

const lineOf = (cells: readonly string[], { file: { delimiter } }: ErpProfile): string =>
  cells.map((cell) => cellOf(cell, delimiter)).join(delimiter)

function longLines(rows: readonly ErpRow[], profile: ErpProfile): string[] {
  const head = profile.file.header
    ? [
        lineOf(
          profile.columns.map(({ name }) => name),
          profile,
        ),
      ]
    : []
  const quantityAt = profile.columns.findIndex(({ from }) => from === 'quantity')
  return [
    ...head,
    ...rows.map(({ cells, quantity }) => {
      const all = [...cells]
      if (quantityAt >= 0) all[quantityAt] = numberText(quantity, profile)
      return lineOf(all, profile)
    }),
  ]
}

/** A row a series and a column a period: the columns of all dates, in order. */
function wideLines(rows: readonly ErpRow[], profile: ErpProfile): string[] {
  const title = (row: ErpRow): string => dateText(row.date, formatFor(profile.wide_column!, row.unit))
  const periods = [
    ...new Map(
      rows.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).map((row) => [title(row), row.date]),
    ).keys(),
  ]
  const bySeries = Map.groupBy(rows, ({ series }) => series)
  const lines = [lineOf([...profile.columns.map(({ name }) => name), ...periods], profile)]
  for (const own of bySeries.values()) {
    const quantities = new Map(own.map((row) => [title(row), numberText(row.quantity, profile)]))
    lines.push(lineOf([...own[0]!.cells, ...periods.map((period) => quantities.get(period) ?? '')], profile))
  }
  return lines
}

/** What differs from the rows of before, by key: new rows whole, gone ones taken back, equal ones left out. */
export function differences(now: readonly ErpRow[], before: readonly ErpRow[], decimals: number): ErpRow[] {
  const scale = 10 ** decimals
  const old = new Map(before.map((row) => [row.key, row]))
  const changed = now.flatMap((row) => {
    const quantity = (Math.round(row.quantity * scale) - Math.round((old.get(row.key)?.quantity ?? 0) * scale)) / scale
    old.delete(row.key)
    return quantity === 0 ? [] : [{ ...row, quantity }]
  })
  return [
    ...changed,
    ...[...old.values()].filter(({ quantity }) => quantity !== 0).map((row) => ({ ...row, quantity: -row.quantity })),
  ]
}
