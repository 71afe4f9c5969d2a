import type { Table } from './csv.ts'
import { readDate, serialKind } from './dates.ts'
import { isMissing, numeric } from './numbers.ts'
import { hintsOf, type NamedRole, rolesOf } from './role-names.ts'

/** What a column is called and what it holds, from a sample of its cells. */
export interface Column {
  readonly index: number
  readonly name: string
  readonly roles: readonly NamedRole[]
  readonly hints: readonly NamedRole[]
  /** Share of the cells that are not missing. */
  readonly numeric: number
  readonly dated: number
  readonly serial: number
  readonly filled: number
  /** True where all numbers are whole and without sign, as codes are. */
  readonly whole: boolean
}

const SAMPLE = 1000

export function describeColumns(names: readonly string[], { rows }: Table, from: number): Column[] {
  const step = Math.max(1, Math.floor((rows.length - from) / SAMPLE))
  const sample: string[][] = []
  for (let i = from; i < rows.length; i += step) if (rows[i].length >= names.length) sample.push(rows[i])
  return names.map((name, index) => {
    let filled = 0
    let numbers = 0
    let dates = 0
    let serials = 0
    let whole = true
    for (const row of sample) {
      const cell = row[index]
      if (isMissing(cell)) continue
      filled++
      if (numeric(cell)) {
        numbers++
        if (!/^\d+$/.test(cell)) whole = false
      }
      if (readDate(cell) !== null) dates++
      if (serialKind(cell) !== null) serials++
    }
    const share = (count: number): number => (filled === 0 ? 0 : count / filled)
    const roles = rolesOf(name)
    return {
      index,
      name,
      roles,
      hints: hintsOf(name),
      numeric: share(numbers),
      dated: share(dates),
      serial: share(serials),
      filled: sample.length === 0 ? 0 : filled / sample.length,
      whole,
    }
  })
}
