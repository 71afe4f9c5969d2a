/** Periods forecast where the series have no season and nobody said how many. */
const WITHOUT_SEASON = 6

/** One season of the majority of the series; equal counts give the longer season. */
export function majorityHorizon(seasonLengths: readonly number[]): {
  readonly horizon: number
  readonly seasonal: boolean
} {
  const counts = new Map<number, number>()
  for (const length of seasonLengths) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [majority = 1] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
  return majority > 1 ? { horizon: majority, seasonal: true } : { horizon: WITHOUT_SEASON, seasonal: false }
}
