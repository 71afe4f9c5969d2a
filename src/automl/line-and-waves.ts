import { fourierTerms } from '../series/fourier.ts'

/** Pairs of waves of one season at most. */
const MOST_PAIRS = 26

/** A constant, a line and the waves of the season, as columns over `n` periods: what a history is freed of before it is compared. */
export function lineAndWaves(n: number, seasonLength: number): Float64Array[] {
  const harmonics = Math.min(Math.floor(seasonLength / 2), Math.floor(n / 8), MOST_PAIRS)
  return [
    new Float64Array(n).fill(1),
    Float64Array.from({ length: n }, (_, t) => t / n),
    ...(seasonLength > 1 ? fourierTerms({ period: seasonLength, harmonics }, 0, n) : []),
  ]
}
