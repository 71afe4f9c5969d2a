import { readDate, serialKind } from './dates.ts'
import { isMissing, numeric } from './numbers.ts'
import { hintsOf, type NamedRole, rolesOf } from './role-names.ts'
import { truthOf } from './truth.ts'

/** What a column is called and what it holds, from a sample of its cells. */
export interface Column {
  readonly index: number
  readonly name: string
  readonly roles: readonly NamedRole[]
  readonly hints: readonly NamedRole[]
  /** Share of the cells that are not missing: of numbers, dates, whole numbers that may be dates, words of yes and no. */
  readonly numeric: number
  readonly dated: number
  readonly serial: number
  readonly truth: number
  readonly filled: number
  /** True where all numbers are whole and without sign, as codes are. */
  readonly whole: boolean
}

const SAMPLE = 1000

/** `spread`: records from all parts of the table. */
export function describeColumns(names: readonly string[], spread: readonly (readonly string[])[]): Column[] {
  const step = Math.max(1, Math.floor(spread.length / SAMPLE))
  const sample = spread.filter((_, i) => i % step === 0)
  return names.map((name, index) => {
    let filled = 0
    let whole = true
    const counts = { numeric: 0, dated: 0, serial: 0, truth: 0 }
    for (const row of sample) {
      const cell = row[index] ?? ''
      if (isMissing(cell)) continue
      filled++
      if (numeric(cell)) {
        counts.numeric++
        if (!/^\d+$/.test(cell)) whole = false
      }
      if (readDate(cell) !== null) counts.dated++
      if (serialKind(cell) !== null) counts.serial++
      if (!Number.isNaN(truthOf(cell))) counts.truth++
    }
    const share = (count: number): number => (filled === 0 ? 0 : count / filled)
    return {
      index,
      name,
      roles: rolesOf(name),
      hints: hintsOf(name),
      numeric: share(counts.numeric),
      dated: share(counts.dated),
      serial: share(counts.serial),
      truth: share(counts.truth),
      filled: sample.length === 0 ? 0 : filled / sample.length,
      whole,
    }
  })
}
