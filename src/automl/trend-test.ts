import { studentCdf } from '../math/distribution/student.ts'
import { mean } from '../math/sum.ts'
import { dot } from '../math/vector.ts'
import { explain } from './least-squares.ts'
import { line } from './season-test.ts'

export interface TrendTest {
  readonly p: number
  /** Change per period. */
  readonly slope: number
  /** Share of the variance that the line explains, 0 to 1. */
  readonly strength: number
}

/**
 * Is there a drift, whether the rest is stationary or a random walk? After Perron & Yabu (2009): the persistence of the
 * remainder of a line is estimated, corrected for its bias and set to 1 where it is near; the line is then tested by
 * quasi-differences with that persistence and a robust (Newey & West 1987) variance. With persistence 1 this is the
 * test of the mean difference, so that a random walk is not called a trend. `values` is complete and without season.
 */
export function testTrend(values: Float64Array): TrendTest {
  const n = values.length
  const { residual, squares } = explain(values, [line(n, 0), line(n, 1)])
  const strength = squares[1]! > 0 ? Math.max(0, 1 - squares[2]! / squares[1]!) : 0
  const constant = squares[1]! <= 1e-20 * squares[0]!
  const persistence = persistenceOf(residual)
  const slopes = quasi(persistence, n, (t) => t)
  const starts = quasi(persistence, n, () => 1)
  const z = quasi(persistence, n, (t) => values[t]!)
  // slope by partialling the constant out; with persistence 1 the constant is only in the first value
  const size = dot(starts, starts)
  const share = dot(slopes, starts) / size
  for (let t = 0; t < n; t++) slopes[t]! -= share * starts[t]!
  const level = dot(z, starts) / size
  const weight = dot(slopes, slopes)
  const slope = dot(z, slopes) / weight
  if (constant) return { p: 1, slope: 0, strength: 0 }
  if (squares[2]! <= 1e-20 * squares[1]!) return { p: 0, slope, strength: 1 }
  const error = Float64Array.from(z, (value, t) => value - level * starts[t]! - slope * slopes[t]!)
  const variance = longRunVariance(slopes.map((value, t) => value * error[t]!)) * (n / (n - 2))
  const t = slope / (Math.sqrt(n * variance) / weight)
  return { p: 2 * (1 - studentCdf(Math.abs(t), n - 2)), slope, strength }
}

function quasi(persistence: number, n: number, at: (t: number) => number): Float64Array {
  return Float64Array.from({ length: n }, (_, t) => (t === 0 ? at(0) : at(t) - persistence * at(t - 1)))
}

/** Sum of the autoregressive coefficients (two lags of differences), corrected for its bias of about -(4 + 2)/n; 1 where near. */
function persistenceOf(x: Float64Array): number {
  const n = x.length
  const from = n >= 30 ? 3 : 1
  const rows = n - from
  const y = Float64Array.from({ length: rows }, (_, i) => x[i + from]!)
  const before = Float64Array.from({ length: rows }, (_, i) => x[i + from - 1]!)
  const columns: Float64Array[] = []
  for (let k = 1; k < from; k++)
    columns.push(Float64Array.from({ length: rows }, (_, i) => x[i + from - k]! - x[i + from - k - 1]!))
  explain(
    before,
    columns.map((column) => column.slice()),
  )
  const left = explain(
    before,
    columns.map((column) => column.slice()),
  ).residual
  const size = dot(left, left)
  if (!(size > 0)) return 0
  const raw = dot(explain(y, columns).residual, left) / size
  const corrected = raw + 6 / n
  if (corrected > 1 - 2 / Math.sqrt(n)) return 1
  return Math.max(-0.9, raw)
}

/** Bartlett weights, bandwidth 4 (n/100)^(2/9), never below the plain variance: short series need the caution. */
function longRunVariance(x: Float64Array): number {
  const n = x.length
  const center = mean(x)
  const at = (k: number): number => {
    let total = 0
    for (let t = k; t < n; t++) total += (x[t]! - center) * (x[t - k]! - center)
    return total / n
  }
  const bandwidth = Math.max(1, Math.floor(4 * (n / 100) ** (2 / 9)))
  const plain = at(0)
  let total = plain
  for (let k = 1; k <= bandwidth; k++) total += 2 * (1 - k / (bandwidth + 1)) * at(k)
  return Math.max(total, plain)
}
