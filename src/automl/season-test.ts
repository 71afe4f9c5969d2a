import { normalCdf } from '../math/distribution/normal.ts'
import { fourierTerms } from '../series/fourier.ts'
import { autoregression, filtered } from '../series/whiten.ts'
import { explain } from './least-squares.ts'
import { THRESHOLDS } from './thresholds.ts'

export interface SeasonTest {
  /** Probability of so much season by chance, corrected for the several questions asked. */
  readonly p: number
  /** The series without its season: line and remainder stay. */
  readonly adjusted: Float64Array
  /** 1 - Var(remainder) / Var(season + remainder), of the regression on a line and harmonics; 0 to 1. */
  readonly strength: number
}

/**
 * Is there a season around a line, whatever the autocorrelation? The remainder of a regression on a line and harmonics
 * gives an autoregression (Burg); it whitens the series, which leaves a season a season and a line a line; then plain
 * F tests of the first harmonic, the first two and all, at Bonferroni's correction. Neither a trend nor a random walk
 * passes, unlike with autocorrelations of the series itself. `values` is complete. Null with too few seasons.
 */
export function testSeason(values: Float64Array, seasonLength: number): SeasonTest | null {
  const m = seasonLength
  if (!Number.isInteger(m) || m < 2 || values.length < THRESHOLDS.seasons * m) return null
  const n = values.length
  const waves = { period: m, harmonics: THRESHOLDS.testedHarmonics }
  const base = explain(values, [line(n, 0), line(n, 1)])
  const raw = explain(values, [line(n, 0), line(n, 1), ...fourierTerms(waves, 0, n)])
  const left = raw.squares[raw.squares.length - 1]!
  const adjusted = values.map((value, i) => value - (base.residual[i]! - raw.residual[i]!))
  const whole = raw.squares[2]!
  if (!(whole > 1e-20 * raw.squares[0]!)) return { p: 1, adjusted: values, strength: 0 }
  const strength = Math.max(0, 1 - left / whole)
  if (left <= 1e-12 * whole) return { p: 0, adjusted, strength }
  const white = filtered(values, autoregression(raw.residual, 3))
  const { squares, ranks } = explain(white, [
    line(white.length, 0),
    line(white.length, 1),
    ...fourierTerms(waves, 0, white.length),
  ])
  const last = squares.length - 1
  const degrees = white.length - ranks[last]!
  const ends = [...new Set([4, 6, last].filter((end) => end <= last))]
  let p = 1
  for (const end of ends) {
    const wanted = ranks[end]! - ranks[2]!
    if (wanted === 0 || degrees < 4) continue
    // against the remainder of the full regression, so that a sharp season does not hide its own smooth part
    const f = (squares[2]! - squares[end]!) / wanted / (squares[last]! / degrees)
    p = Math.min(p, ends.length * fisherTail(f, wanted, degrees))
  }
  return { p, adjusted, strength }
}

/** P(F > f) by Paulson's (1942) cube-root approximation: three digits where it matters here. */
function fisherTail(f: number, d1: number, d2: number): number {
  const a = 2 / (9 * d1)
  const b = 2 / (9 * d2)
  const root = Math.cbrt(f)
  return normalCdf((1 - a - (1 - b) * root) / Math.sqrt(b * root * root + a))
}

/** 1, t, t^2 ... around the middle, within [-1, 1]. */
export function line(n: number, power: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (n === 1 ? 1 : (2 * i) / (n - 1) - 1) ** power)
}
