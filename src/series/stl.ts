import { type LoessShape, loess, loessAt } from './loess.ts'

export interface StlOptions {
  /** Odd window of the season in cycles, at least 7; default `periodic`: the same season every cycle. */
  readonly seasonalWindow?: number | 'periodic'
  /** Odd window of the trend in periods; default as R: next odd of 1.5 m / (1 - 1.5 / seasonal window). */
  readonly trendWindow?: number
  /** 15 robust rounds with 1 inner one instead of a single round with 2; default false. */
  readonly robust?: boolean
}

export interface Stl {
  readonly trend: Float64Array
  readonly seasonal: Float64Array
  readonly remainder: Float64Array
  /** Robustness weights, all 1 unless robust. */
  readonly weights: Float64Array
}

/**
 * Seasonal-trend decomposition by loess, with R's defaults (`stats::stl`). Values must be complete (`interpolate`);
 * all NaN with a missing value, `seasonLength` below 2, or not more than two full seasons (R refuses these).
 * Time is linear in the length. Source: Cleveland et al. (1990), see `loess.ts`.
 */
export function stl(values: ArrayLike<number>, seasonLength: number, options: StlOptions = {}): Stl {
  const y = values instanceof Float64Array ? values : Float64Array.from(values)
  const n = y.length
  if (
    !Number.isInteger(seasonLength) ||
    seasonLength < 2 ||
    n <= 2 * seasonLength ||
    y.some((v) => !Number.isFinite(v))
  )
    return { trend: nothing(n), seasonal: nothing(n), remainder: nothing(n), weights: nothing(n) }
  const { seasonalWindow = 'periodic', robust = false } = options
  const periodic = seasonalWindow === 'periodic'
  const season = shape(periodic ? 10 * n + 1 : Math.max(3, odd(seasonalWindow)), 0)
  const trendWindow = options.trendWindow ?? Math.ceil((1.5 * seasonLength) / (1 - 1.5 / season.window))
  const work = new Work(y, seasonLength, season, shape(odd(trendWindow), 1), shape(odd(seasonLength), 1))
  const outer = robust ? 15 : 0
  const weights = new Float64Array(n).fill(1)
  for (let round = 0; ; round++) {
    for (let inner = 0; inner < (robust ? 1 : 2); inner++) work.step(round === 0 ? null : weights)
    if (round >= outer) break
    robustness(y, work.trend, work.seasonal, weights)
  }
  const seasonal = periodic ? cycleMeans(work.seasonal, seasonLength) : work.seasonal
  const remainder = new Float64Array(n)
  for (let i = 0; i < n; i++) remainder[i] = y[i] - seasonal[i] - work.trend[i]
  return { trend: work.trend, seasonal, remainder, weights }
}

const nothing = (n: number): Float64Array => new Float64Array(n).fill(Number.NaN)
const odd = (window: number): number => (Math.round(window) % 2 === 0 ? Math.round(window) + 1 : Math.round(window))
const shape = (window: number, degree: 0 | 1): LoessShape => ({ window, degree, jump: Math.ceil(window / 10) })

/** The scratch of one decomposition and the inner loop on it. */
class Work {
  readonly trend: Float64Array
  readonly seasonal: Float64Array
  readonly #y: Float64Array
  readonly #m: number
  readonly #shapes: { season: LoessShape; trend: LoessShape; low: LoessShape }
  readonly #cycle: Float64Array
  readonly #a: Float64Array
  readonly #b: Float64Array
  readonly #scratch: Float64Array

  constructor(y: Float64Array, m: number, season: LoessShape, trend: LoessShape, low: LoessShape) {
    this.#y = y
    this.#m = m
    this.#shapes = { season, trend, low }
    this.trend = new Float64Array(y.length)
    this.seasonal = new Float64Array(y.length)
    this.#cycle = new Float64Array(y.length + 2 * m)
    this.#a = new Float64Array(y.length + 2 * m)
    this.#b = new Float64Array(y.length + 2 * m)
    this.#scratch = new Float64Array(y.length + 2 * m)
  }

  /** Detrend, smooth each phase, take its low-pass out, deseasonalise, smooth the trend. */
  step(weights: Float64Array | null): void {
    const y = this.#y
    const n = y.length
    const m = this.#m
    for (let i = 0; i < n; i++) this.#a[i] = y[i] - this.trend[i]
    this.#smoothPhases(weights)
    average(this.#cycle, n + 2 * m, m, this.#a)
    average(this.#a, n + m + 1, m, this.#b)
    average(this.#b, n + 2, 3, this.#a)
    loess(this.#a, n, this.#shapes.low, null, this.#b, 0, this.#scratch)
    for (let i = 0; i < n; i++) {
      this.seasonal[i] = this.#cycle[m + i] - this.#b[i]
      this.#a[i] = y[i] - this.seasonal[i]
    }
    loess(this.#a, n, this.#shapes.trend, weights, this.trend, 0, this.#scratch)
  }

  /** Each phase smoothed over the cycles, and carried one cycle beyond both ends. */
  #smoothPhases(weights: Float64Array | null): void {
    const n = this.#y.length
    const m = this.#m
    const { season } = this.#shapes
    const longest = Math.floor((n - 1) / m) + 1
    const values = new Float64Array(longest)
    const robust = weights === null ? null : new Float64Array(longest)
    const smooth = new Float64Array(longest + 2)
    for (let phase = 0; phase < m; phase++) {
      const k = Math.floor((n - 1 - phase) / m) + 1
      for (let i = 0; i < k; i++) {
        values[i] = this.#a[i * m + phase]
        if (robust !== null && weights !== null) robust[i] = weights[i * m + phase]
      }
      loess(values, k, season, robust, smooth, 1, this.#scratch)
      const to = Math.min(season.window, k) - 1
      const first = loessAt(values, k, season, -1, 0, to, robust, this.#scratch)
      smooth[0] = Number.isNaN(first) ? smooth[1] : first
      const last = loessAt(values, k, season, k, Math.max(0, k - season.window), k - 1, robust, this.#scratch)
      smooth[k + 1] = Number.isNaN(last) ? smooth[k] : last
      for (let i = 0; i < k + 2; i++) this.#cycle[i * m + phase] = smooth[i]
    }
  }
}

/** Moving average of `window` values; result has n - window + 1. */
function average(x: Float64Array, n: number, window: number, result: Float64Array): void {
  let sum = 0
  for (let i = 0; i < window; i++) sum += x[i]
  result[0] = sum / window
  for (let i = window; i < n; i++) {
    sum += x[i] - x[i - window]
    result[i - window + 1] = sum / window
  }
}

/** Bisquare weights of the residuals, 6 median absolute deviations wide. */
function robustness(y: Float64Array, trend: Float64Array, seasonal: Float64Array, weights: Float64Array): void {
  const n = y.length
  const size = y.map((value, i) => Math.abs(value - trend[i] - seasonal[i]))
  const sorted = size.toSorted()
  const middle = n >> 1
  const width = 3 * (sorted[middle] + sorted[n - 1 - middle])
  for (let i = 0; i < n; i++) {
    const ratio = size[i] / width
    weights[i] = size[i] <= 0.001 * width ? 1 : size[i] <= 0.999 * width ? (1 - ratio * ratio) ** 2 : 0
  }
}

function cycleMeans(seasonal: Float64Array, m: number): Float64Array {
  const sums = new Float64Array(m)
  const n = seasonal.length
  for (let i = 0; i < n; i++) sums[i % m] += seasonal[i]
  for (let phase = 0; phase < m; phase++) sums[phase] /= Math.floor((n - 1 - phase) / m) + 1
  const means = new Float64Array(n)
  for (let i = 0; i < n; i++) means[i] = sums[i % m]
  return means
}
