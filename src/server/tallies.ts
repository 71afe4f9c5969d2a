import type { countsOf, NewResult, Seen } from '../store/queries/series-result.ts'

/** Counts of the results of a job. */
export interface Tallies {
  readonly status: Record<string, number>
  readonly models: Record<string, number>
  readonly patterns: Record<string, number>
  readonly grades: Record<string, number>
}

export const noTallies = (): Tallies => ({ status: {}, models: {}, patterns: {}, grades: {} })

type Counted = Pick<Seen, 'status' | 'model' | 'pattern' | 'grade'>

function count(tallies: Tallies, { status, model, pattern, grade }: Counted, by: number): void {
  const add = (counts: Record<string, number>, name: string | null): void => {
    if (name === null) return
    const sum = (counts[name] ?? 0) + by
    if (sum === 0) delete counts[name]
    else counts[name] = sum
  }
  add(tallies.status, status)
  add(tallies.models, model)
  add(tallies.patterns, pattern)
  add(tallies.grades, grade)
}

/** Of what the store holds. */
export function talliesOf(rows: Awaited<ReturnType<typeof countsOf>>): Tallies {
  const tallies = noTallies()
  for (const row of rows) count(tallies, row, row.count)
  return tallies
}

/** The same with results added, each in place of what stood there. */
export function withResults(
  tallies: Tallies,
  added: readonly Pick<NewResult, 'status' | 'model' | 'pattern' | 'grade'>[],
  replaced: Iterable<Counted>,
): Tallies {
  const sum = structuredClone(tallies)
  for (const one of replaced) count(sum, one, -1)
  for (const { status, model = null, pattern = null, grade = null } of added)
    count(sum, { status, model, pattern, grade }, 1)
  return sum
}
