/**
 * The local regression smoother inside STL, on the points 1 to n (kept 0-based here): a port of `stless` and `stlest`.
 * Source: Cleveland, Cleveland, McRae & Terpenning (1990), "STL: A seasonal-trend decomposition procedure based on
 * loess", J. Official Statistics 6, 3-73, and its Fortran on netlib.
 */
export interface LoessShape {
  /** Points in the window, odd. */
  readonly window: number
  readonly degree: 0 | 1
  /** Fitted at every `jump`-th point, linear between. */
  readonly jump: number
}

/**
 * The value at `x` (may lie outside) of a local fit to y[from..to]; NaN where all weights vanish.
 * `robustness` (null = 1) multiplies the distance weights; `scratch` has the length of y.
 */
export function loessAt(
  y: Float64Array,
  n: number,
  shape: Pick<LoessShape, 'window' | 'degree'>,
  x: number,
  from: number,
  to: number,
  robustness: Float64Array | null,
  scratch: Float64Array,
): number {
  if (!weigh(n, shape, x, from, to, robustness, scratch)) return Number.NaN
  let value = 0
  for (let j = from; j <= to; j++) value += scratch[j] * y[j]
  return value
}

/** Puts into `weights` what each of y[from..to] counts for at `x`; false where all of them vanish. */
function weigh(
  n: number,
  { window, degree }: Pick<LoessShape, 'window' | 'degree'>,
  x: number,
  from: number,
  to: number,
  robustness: Float64Array | null,
  weights: Float64Array,
): boolean {
  let reach = Math.max(x - from, to - x)
  if (window > n) reach += Math.floor((window - n) / 2)
  const near = 0.001 * reach
  const far = 0.999 * reach
  let total = 0
  for (let j = from; j <= to; j++) {
    const distance = Math.abs(j - x)
    let weight = 0
    if (distance <= far) {
      weight = 1
      if (distance > near) {
        const ratio = distance / reach
        const inside = 1 - ratio * ratio * ratio
        weight = inside * inside * inside
      }
      if (robustness !== null) weight *= robustness[j]
    }
    weights[j] = weight
    total += weight
  }
  if (!(total > 0)) return false
  for (let j = from; j <= to; j++) weights[j] /= total
  if (reach > 0 && degree > 0) tilt(weights, from, to, x, n)
  return true
}

/** Turns the weights of a local mean into those of a local line, where the points spread enough to carry one. */
function tilt(weights: Float64Array, from: number, to: number, x: number, n: number): void {
  let centre = 0
  for (let j = from; j <= to; j++) centre += weights[j] * j
  let spread = 0
  for (let j = from; j <= to; j++) spread += weights[j] * (j - centre) ** 2
  if (!(Math.sqrt(spread) > 0.001 * (n - 1))) return
  const slope = (x - centre) / spread
  for (let j = from; j <= to; j++) weights[j] *= slope * (j - centre) + 1
}

/** Smooths the first n values of y into `result` (from `at` on). */
export function loess(
  y: Float64Array,
  n: number,
  shape: LoessShape,
  robustness: Float64Array | null,
  result: Float64Array,
  at: number,
  scratch: Float64Array,
): void {
  if (n < 2) {
    result[at] = y[0]
    return
  }
  const { window } = shape
  const jump = Math.min(shape.jump, n - 1)
  const span = Math.min(window, n)
  const known = robustness === null ? weightsFor(n, shape, scratch) : null
  let place = 0
  for (let i = 0; ; i = Math.min(i + jump, n - 1), place++) {
    const from = startOf(i, n, window)
    let value = Number.NaN
    if (known === null) value = loessAt(y, n, shape, i, from, from + span - 1, robustness, scratch)
    else {
      value = 0
      for (let j = 0, k = place * span; j < span; j++, k++) value += known[k] * y[from + j]
    }
    result[at + i] = Number.isNaN(value) ? y[i] : value
    if (i === n - 1) break
  }
  if (jump === 1) return
  for (let i = 0; i < n - 1; i += jump) {
    const next = Math.min(i + jump, n - 1)
    const slope = (result[at + next] - result[at + i]) / (next - i)
    for (let j = i + 1; j < next; j++) result[at + j] = result[at + i] + slope * (j - i)
  }
}

/** First point of the window around `i`. */
const startOf = (i: number, n: number, window: number): number =>
  window < n ? Math.min(Math.max(0, i - ((window + 1) >> 1) + 1), n - window) : 0

/** Weights without robustness hang on the places alone: on those of every second pass, and of the next series of the length. */
const KEPT: { readonly n: number; readonly shape: LoessShape; readonly weights: Float64Array }[] = []
const MOST_KEPT = 16
/** Longer ones are made anew: so much memory is not worth it. */
const LARGEST_KEPT = 1 << 15

/** One row of the window's width for each place that is fitted. */
function weightsFor(n: number, shape: LoessShape, scratch: Float64Array): Float64Array {
  const { window, degree } = shape
  const jump = Math.min(shape.jump, n - 1)
  for (const one of KEPT)
    if (one.n === n && one.shape.window === window && one.shape.degree === degree && one.shape.jump === shape.jump)
      return one.weights
  const span = Math.min(window, n)
  const weights = new Float64Array((Math.ceil((n - 1) / jump) + 1) * span)
  for (let i = 0, row = 0; ; i = Math.min(i + jump, n - 1), row += span) {
    const from = startOf(i, n, window)
    const found = weigh(n, shape, i, from, from + span - 1, null, scratch)
    for (let j = 0; j < span; j++) weights[row + j] = found ? scratch[from + j] : Number.NaN
    if (i === n - 1) break
  }
  if (weights.length <= LARGEST_KEPT) {
    if (KEPT.length === MOST_KEPT) KEPT.shift()
    KEPT.push({ n, shape, weights })
  }
  return weights
}
