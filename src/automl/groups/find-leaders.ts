import { orthogonalColumns } from '../../math/orthogonal-columns.ts'
import type { Companions, Series } from '../../series/series.ts'
import { lineAndWaves } from '../line-and-waves.ts'
import { innovations } from './innovations.ts'
import { type Compared, type Link, linksOf } from './links.ts'

/** Series in one vector autoregression at most: its coefficients grow with the square. */
const MOST_MEMBERS = 5
/** Every pair is compared: beyond so many series of one frequency that would take longer than it can bring. */
export const MOST_COMPARED = 1000

/** Whom a series has beside it, and what shows that they lead it; the values themselves are the others' own. */
export type Led = Required<Pick<Companions, 'names' | 'links'>>

/**
 * Which series of a portfolio move after others, and what they move after, by name. `series` share one frequency and end
 * together. The surest links make groups of at most five; in a group each series that another one leads has all others
 * as companions. Does not depend on the order of the portfolio.
 */
export function findLeaders(series: readonly Series[]): Map<string, Led> {
  const found = new Map<string, Led>()
  if (series.length < 2 || series.length > MOST_COMPARED) return found
  const bases = new Map<string, readonly Float64Array[]>()
  // most have the same length: orthogonal columns are dear
  const basisOf = (n: number, seasonLength: number): readonly Float64Array[] => {
    const key = `${n} ${seasonLength}`
    const known = bases.get(key) ?? orthogonalColumns(lineAndWaves(n, seasonLength)).basis
    bases.set(key, known)
    return known
  }
  const compared = series.flatMap((each): Compared[] => {
    const white = innovations(each, basisOf)
    return white === null ? [] : [{ name: each.name, innovations: white }]
  })
  const links = linksOf(compared)
  for (const members of grouped(links))
    for (const name of members) {
      const led = links.filter(({ leader, follower }) => follower === name && members.has(leader))
      if (led.length === 0) continue
      const strength = (other: string): number => Math.abs(led.find(({ leader }) => leader === other)?.correlation ?? 0)
      const others = [...members]
        .filter((other) => other !== name)
        .sort((a, b) => strength(b) - strength(a) || (a < b ? -1 : 1))
      found.set(name, {
        names: others,
        links: led.map(({ leader, lag, correlation, p }) => ({ leader, lag, correlation, p })),
      })
    }
  return found
}

/** The values of the companions, over the periods of the one that is led. */
export function withColumns(series: readonly Series[], led: ReadonlyMap<string, Led>): Map<string, Companions> {
  const byName = new Map(series.map(({ name, values }) => [name, values]))
  return new Map(
    [...led].map(([name, { names, links }]) => {
      const { length } = byName.get(name)!
      return [name, { names, columns: names.map((other) => alignedAtEnd(byName.get(other)!, length)), links }]
    }),
  )
}

/** Names bound together, the surest link first; a link that would make a group too large is left. */
function grouped(links: readonly Link[]): Set<Set<string>> {
  const of = new Map<string, Set<string>>()
  for (const { leader, follower } of links) {
    const one = of.get(leader) ?? new Set([leader])
    const other = of.get(follower) ?? new Set([follower])
    if (one === other || one.size + other.size > MOST_MEMBERS) continue
    const together = new Set([...one, ...other])
    for (const name of together) of.set(name, together)
  }
  return new Set(of.values())
}

/** The last `length` values; missing ones in front where there are fewer. */
function alignedAtEnd(values: Float64Array, length: number): Float64Array {
  const aligned = new Float64Array(length).fill(Number.NaN)
  const taken = values.subarray(Math.max(0, values.length - length))
  aligned.set(taken, length - taken.length)
  return aligned
}
