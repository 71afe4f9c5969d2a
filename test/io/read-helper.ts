import assert from 'node:assert/strict'
import type { Portfolio } from '../../src/io/portfolio.ts'
import { type ReadOptions, readPortfolio } from '../../src/io/read-portfolio.ts'

/** Reads one file given as text or bytes, and checks what must hold for every answer. */
export async function readText(
  text: string | Uint8Array,
  options: ReadOptions = {},
  name = 'sales.csv',
): Promise<Portfolio> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const result = await readPortfolio([{ name, bytes }], options)
  balanced(result)
  return result
}

/** Nothing is lost: rows in = used + repaired + rejected, by file and in total. */
export function balanced({ files, totals, problems }: Portfolio): void {
  for (const file of [...files, totals]) {
    assert.equal(file.rowsIn, file.used + file.repaired + file.rejected)
    assert.ok(Math.min(file.used, file.repaired, file.rejected) >= 0)
  }
  assert.ok(totals.rejected === 0 || problems.length > 0)
}

export const codes = ({ problems }: Portfolio): string[] => problems.map((one) => one.code)
export const valuesOf = (portfolio: Portfolio, name: string): number[] => [
  ...(portfolio.items.find((item) => item.name === name)?.values ?? []),
]

/** `rows` days of 2024, written by `date`, from 1 January on. */
export const days = (rows: number, line: (day: Date, i: number) => string): string =>
  Array.from({ length: rows }, (_, i) => line(new Date(Date.UTC(2024, 0, 1 + i)), i)).join('\n')

export const dmy = (day: Date): string =>
  `${String(day.getUTCDate()).padStart(2, '0')}/${String(day.getUTCMonth() + 1).padStart(2, '0')}/${day.getUTCFullYear()}`
export const iso = (day: Date): string => day.toISOString().slice(0, 10)
