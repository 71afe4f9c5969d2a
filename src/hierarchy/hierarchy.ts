import { eliminationOf, type LowerPattern } from '../math/sparse-ldl.ts'

/** A series that is the sum of others. */
export interface Total {
  /** Names of the columns that its parts share: `['state', 'purpose']`; none for the total of all. */
  readonly level: readonly string[]
  /** What its parts have there: `['Victoria', 'Holiday']`. */
  readonly group: readonly string[]
  /** Positions of the parts, ascending; two or more. */
  readonly parts: Int32Array
}

/**
 * Parts and their totals. Nodes are numbered parts first, then totals from the one of fewest parts to that of most, so that
 * what a total shares with another lies before it.
 */
export interface Hierarchy {
  readonly partCount: number
  readonly totals: readonly Total[]
  readonly overlaps: Overlaps
}

/** Which totals share parts: the pattern of what ties their errors together, and for each part the places it adds to. */
export interface Overlaps {
  readonly elimination: ReturnType<typeof eliminationOf>
  /** Totals of part i: `totals[begins[i] … begins[i + 1] − 1]`, ascending. */
  readonly begins: Int32Array
  readonly totals: Int32Array
  /** Place in the pattern of each pair of totals of each part, in the order of the pairs. */
  readonly pairs: Int32Array
}

/** `ordered`: the totals keep the order given, at the price of entries that are filled in where it is not by size. */
export function hierarchyOf(partCount: number, given: readonly Total[], ordered = false): Hierarchy {
  const totals = ordered ? given : given.toSorted((a, b) => a.parts.length - b.parts.length)
  return { partCount, totals, overlaps: overlapsOf(partCount, totals) }
}

function overlapsOf(partCount: number, totals: readonly Total[]): Overlaps {
  const begins = new Int32Array(partCount + 1)
  for (const { parts } of totals) for (const part of parts) begins[part + 1]!++
  for (let i = 0; i < partCount; i++) begins[i + 1]! += begins[i]!
  const of = new Int32Array(begins[partCount]!)
  const next = begins.slice(0, partCount)
  for (const [j, { parts }] of totals.entries()) for (const part of parts) of[next[part]!++] = j
  const size = totals.length
  const places = new Map<number, number>()
  const keys: number[] = []
  const pairKeys: number[] = []
  for (let i = 0; i < partCount; i++)
    for (let p = begins[i]!; p < begins[i + 1]!; p++)
      for (let q = begins[i]!; q < p; q++) {
        const key = of[p]! * size + of[q]!
        if (!places.has(key)) {
          places.set(key, 0)
          keys.push(key)
        }
        pairKeys.push(key)
      }
  keys.sort((a, b) => a - b)
  const starts = new Int32Array(size + 1)
  const columns = new Int32Array(keys.length)
  for (const [place, key] of keys.entries()) {
    places.set(key, place)
    starts[Math.floor(key / size) + 1]!++
    columns[place] = key % size
  }
  for (let k = 0; k < size; k++) starts[k + 1]! += starts[k]!
  const pattern: LowerPattern = { size, starts, columns }
  const pairs = Int32Array.from(pairKeys, (key) => places.get(key)!)
  return { elimination: eliminationOf(pattern), begins, totals: of, pairs }
}

/** Adds the rows of the parts into those of the totals: `values[node * width + j]`. Whatever the parts are, it adds up after. */
export function addUp({ partCount, totals }: Hierarchy, values: Float64Array, width = 1): void {
  for (const [k, { parts }] of totals.entries()) {
    const into = (partCount + k) * width
    values.fill(0, into, into + width)
    for (const part of parts) for (let j = 0; j < width; j++) values[into + j]! += values[part * width + j]!
  }
}
