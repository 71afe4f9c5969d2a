import { brentMinimum } from '../math/optimize/brent.ts'

/** Limits of the search, and the precision of R's `optimize`. */
const LOWER = -1
const UPPER = 2
const TOLERANCE = Number.EPSILON ** 0.25
const BUDGET = { maxEvaluations: 1000 }

/**
 * The Box-Cox lambda that makes the spread of the seasons most independent of their level: the least coefficient of
 * variation of sd / mean^(1 - lambda) over whole seasons (pairs without a season). Between -1 and 2, from 0 with values
 * <= 0; 1 with fewer than two seasons and one value, or where nothing can be said. Missing values are left out.
 * Source: Guerrero (1993), J. Forecasting 12, 37-48; R `forecast::BoxCox.lambda`.
 */
export function guerreroLambda(values: ArrayLike<number>, seasonLength: number): number {
  const stretch = longestComplete(values)
  if (stretch.length <= 2 * seasonLength) return 1
  const blocks = blockMoments(stretch, Math.max(2, seasonLength))
  if (blocks.length < 2) return 1
  const positive = stretch.every((value) => value > 0)
  const lower = positive ? LOWER : Math.max(0, LOWER)
  const { point: lambda } = brentMinimum((l) => variation(blocks, l), lower, UPPER, BUDGET, TOLERANCE)
  return Number.isFinite(variation(blocks, lambda)) ? lambda : 1
}

/** The longest stretch without missing values, the first of equal ones. */
function longestComplete(values: ArrayLike<number>): Float64Array {
  let best = { from: 0, to: 0 }
  let from = 0
  for (let i = 0; i <= values.length; i++) {
    if (i < values.length && Number.isFinite(values[i])) continue
    if (i - from > best.to - best.from) best = { from, to: i }
    from = i + 1
  }
  return Float64Array.from({ length: best.to - best.from }, (_, i) => values[best.from + i])
}

interface Moments {
  readonly mean: number
  readonly sd: number
}

/** Mean and sample standard deviation of the whole blocks at the end of the series. */
function blockMoments(values: Float64Array, length: number): Moments[] {
  const count = Math.floor(values.length / length)
  return Array.from({ length: count }, (_, block) => {
    const from = values.length - (count - block) * length
    const part = values.subarray(from, from + length)
    return moments(part)
  })
}

function moments(values: ArrayLike<number>): Moments {
  const n = values.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i]
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i] - mean) ** 2
  return { mean, sd: Math.sqrt(squares / (n - 1)) }
}

function variation(blocks: readonly Moments[], lambda: number): number {
  const ratios: number[] = []
  for (const { mean, sd } of blocks) {
    const ratio = sd / mean ** (1 - lambda)
    if (!Number.isNaN(ratio)) ratios.push(ratio)
  }
  const { mean, sd } = moments(ratios)
  const result = sd / mean
  return Number.isNaN(result) ? Number.POSITIVE_INFINITY : result
}
