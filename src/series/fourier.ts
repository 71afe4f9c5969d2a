/** A season written as waves: `harmonics` pairs of cosine and sine with periods `period`, `period` / 2, … */
export interface Waves {
  /** In steps of the series; not always whole. */
  readonly period: number
  readonly harmonics: number
}

/** Pairs that can be told apart: half the period, the last without its sine where the period is even. */
export const mostHarmonics = (period: number): number => Math.floor(period / 2)

/** Cosine and sine of each harmonic at steps `from` to `from` + `count` − 1, the lowest harmonic first. */
export function fourierTerms({ period, harmonics }: Waves, from: number, count: number): Float64Array[] {
  const columns: Float64Array[] = []
  for (let j = 1; j <= Math.min(harmonics, mostHarmonics(period)); j++) {
    // the phase is taken modulo the period first: j × t would lose digits far from the start
    const angle = (t: number): number => (2 * Math.PI * ((j * (t % period)) % period)) / period
    columns.push(Float64Array.from({ length: count }, (_, i) => Math.cos(angle(from + i))))
    if (2 * j !== period) columns.push(Float64Array.from({ length: count }, (_, i) => Math.sin(angle(from + i))))
  }
  return columns
}
