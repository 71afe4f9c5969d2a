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
    const cosine = new Float64Array(count)
    const sine = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      // the phase is taken modulo the period first: j × t would lose digits far from the start
      const angle = (2 * Math.PI * ((j * ((from + i) % period)) % period)) / period
      cosine[i] = Math.cos(angle)
      sine[i] = Math.sin(angle)
    }
    columns.push(cosine)
    if (2 * j !== period) columns.push(sine)
  }
  return columns
}

/** A line around its middle, in units of half its length: of like size as waves. */
export const centredLine = (length: number): Float64Array => {
  const line = new Float64Array(length)
  for (let t = 0; t < length; t++) line[t] = (2 * t + 1) / length - 1
  return line
}
