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
  { window, degree }: { readonly window: number; readonly degree: number },
  x: number,
  from: number,
  to: number,
  robustness: Float64Array | null,
  scratch: Float64Array,
): number {
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
    scratch[j] = weight
    total += weight
  }
  if (!(total > 0)) return Number.NaN
  for (let j = from; j <= to; j++) scratch[j] /= total
  if (reach > 0 && degree > 0) tilt(scratch, from, to, x, n)
  let value = 0
  for (let j = from; j <= to; j++) value += scratch[j] * y[j]
  return value
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
  const jump = Math.min(shape.jump, n - 1)
  const { window } = shape
  const before = (window + 1) >> 1
  let from = 0
  let to = Math.min(window, n) - 1
  const fit = (x: number): void => {
    const value = loessAt(y, n, shape, x, from, to, robustness, scratch)
    result[at + x] = Number.isNaN(value) ? y[x] : value
  }
  for (let i = 0; i < n; i += jump) {
    if (window < n) {
      from = Math.min(Math.max(0, i - before + 1), n - window)
      to = from + window - 1
    }
    fit(i)
  }
  if (jump === 1) return
  const lastFitted = Math.floor((n - 1) / jump) * jump
  if (lastFitted !== n - 1) fit(n - 1)
  for (let i = 0; i < n - 1; i += jump) {
    const next = Math.min(i + jump, n - 1)
    const slope = (result[at + next] - result[at + i]) / (next - i)
    for (let j = i + 1; j < next; j++) result[at + j] = result[at + i] + slope * (j - i)
  }
}
