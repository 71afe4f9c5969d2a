import { interpolate } from './missing.ts'
import { stl } from './stl.ts'

/** Rounding is not a trend: a part whose variance is below this share of the squared level does not vary. */
const ROUNDING = 1e-20

export interface Strength {
  /** 0 (no trend) to 1: 1 - Var(remainder) / Var(trend + remainder). */
  readonly trend: number
  /** 0 (no season) to 1: 1 - Var(remainder) / Var(season + remainder); 0 without a season. */
  readonly seasonal: number
}

/**
 * Strength of trend and season of a decomposition whose parts add up. Parts of no variance have strength 0.
 * Source: Wang, Smith & Hyndman (2006), Data Mining and Knowledge Discovery 13; Hyndman & Athanasopoulos, FPP3, 4.3.
 */
export function strengthOf(parts: {
  readonly trend: ArrayLike<number>
  readonly seasonal: ArrayLike<number>
  readonly remainder: ArrayLike<number>
}): Strength {
  const { trend, seasonal, remainder } = parts
  const left = variance(remainder.length, (i) => remainder[i])
  const share = (part: ArrayLike<number>): number => {
    const whole = variance(remainder.length, (i) => part[i] + remainder[i])
    if (!(whole > ROUNDING * magnitude(trend) ** 2)) return 0
    return Math.min(1, Math.max(0, 1 - left / whole))
  }
  return { trend: share(trend), seasonal: share(seasonal) }
}

/** Strengths by periodic STL; missing values are interpolated. Null where there are too few values (2 seasons and 1). */
export function seasonalStrength(values: ArrayLike<number>, seasonLength: number): Strength | null {
  if (seasonLength < 2 || values.length <= 2 * seasonLength) return null
  const parts = stl(interpolate(values, seasonLength), seasonLength)
  return Number.isNaN(parts.trend[0]) ? null : strengthOf(parts)
}

function magnitude(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > most) most = Math.abs(values[i])
  return most
}

/** Sample variance, NaN left out; 0 with fewer than two values. */
function variance(n: number, at: (i: number) => number): number {
  let mean = 0
  let squares = 0
  let count = 0
  for (let i = 0; i < n; i++) {
    const value = at(i)
    if (Number.isNaN(value)) continue
    count++
    const delta = value - mean
    mean += delta / count
    squares += delta * (value - mean)
  }
  return count < 2 ? 0 : squares / (count - 1)
}
