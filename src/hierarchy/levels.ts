import type { Total } from './hierarchy.ts'

/** What tells parts apart: columns, and for each part what it has there. */
export interface Keys {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** More columns would make more levels (2^columns) than anybody reads. */
export const MOST_COLUMNS = 5

/**
 * Totals by every choice of columns: of all parts, by each column, by each pair of them, and so on. A choice that groups
 * the parts as a smaller one does (a state beside its region), or that leaves each part alone, adds no level; a group of
 * one part is that part, and no total.
 */
export function totalsBy({ columns, rows }: Keys): Total[] {
  const seen = new Set<string>()
  const totals: Total[] = []
  for (const chosen of choicesOf(columns.length)) {
    const groups = Map.groupBy(rows.keys(), (i) => JSON.stringify(chosen.map((k) => rows[i]![k])))
    const all = [...groups.values()]
    const partition = JSON.stringify(all)
    if (seen.has(partition) || all.length === rows.length) continue
    seen.add(partition)
    for (const parts of all)
      if (parts.length > 1)
        totals.push({
          level: chosen.map((k) => columns[k]!),
          group: chosen.map((k) => rows[parts[0]!]![k]!),
          parts: Int32Array.from(parts),
        })
  }
  return totals
}

/** Choices of 0 … count columns, the smaller first. */
function choicesOf(count: number): number[][] {
  const choices = Array.from({ length: 2 ** count }, (_, mask) =>
    Array.from({ length: count }, (__, k) => k).filter((k) => (mask >> k) & 1),
  )
  return choices.sort((a, b) => a.length - b.length)
}

/** `*_Victoria_*`: what the parts share, and a star for what they do not; the total of all is one star. */
export function totalName({ level, group }: Total, columns: readonly string[]): string {
  if (level.length === 0) return '*'
  return columns.map((column) => (level.includes(column) ? group[level.indexOf(column)] : '*')).join('_')
}
