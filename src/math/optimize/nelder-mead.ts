import type { Budget } from './budget.ts'

export interface NelderMeadOptions {
  /** Length of the first simplex along each coordinate; a step out of the box is taken to the other side. */
  readonly step: Float64Array
  /** Ends when the spread of values is below `tolerance · (|best| + tolerance)`. Default 1e-8. */
  readonly tolerance?: number
  /** Fresh simplexes around the best point, while one still improves. Clamping can flatten a simplex. Default 2. */
  readonly restarts?: number
}

export interface NelderMeadResult {
  readonly point: Float64Array
  readonly value: number
  readonly evaluations: number
  /** False where the budget ended the search. */
  readonly converged: boolean
}

/**
 * Minimum of a function in a box by the simplex of Nelder & Mead (1965), with the adaptive coefficients of
 * Gao & Han (2012) above two dimensions; every trial point is clamped to the box. NaN counts as Infinity.
 * The objective gets a view it must neither keep nor change. Nothing is allocated after the start.
 */
export function nelderMead(
  objective: (point: Float64Array) => number,
  start: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  options: NelderMeadOptions,
  budget: Budget,
): NelderMeadResult {
  const n = start.length
  const tolerance = options.tolerance ?? 1e-8
  const dimension = Math.max(n, 2)
  const expand = 1 + 2 / dimension
  const contract = 0.75 - 1 / (2 * dimension)
  const shrink = 1 - 1 / dimension

  const vertices = Array.from({ length: n + 1 }, () => new Float64Array(n))
  const values = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
  const centroid = new Float64Array(n)
  const trial = new Float64Array(n)
  const other = new Float64Array(n)
  let evaluations = 0

  const exhausted = (): boolean => evaluations >= budget.maxEvaluations || budget.expired?.() === true
  const evaluate = (point: Float64Array): number => {
    evaluations++
    const value = objective(point)
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
  }
  /** centroid + factor · (centroid − worst), in the box, into `target`. */
  const move = (target: Float64Array, factor: number, worst: Float64Array): void => {
    for (let j = 0; j < n; j++)
      target[j] = clamp(centroid[j]! + factor * (centroid[j]! - worst[j]!), lower[j]!, upper[j]!)
  }
  /** Insertion sort of the vertices by value; ties keep their order. */
  const sort = (): void => {
    for (let i = 1; i <= n; i++) {
      const value = values[i]!
      const vertex = vertices[i]!
      let k = i
      for (; k > 0 && values[k - 1]! > value; k--) {
        values[k] = values[k - 1]!
        vertices[k] = vertices[k - 1]!
      }
      values[k] = value
      vertices[k] = vertex
    }
  }
  const replaceWorst = (point: Float64Array, value: number): void => {
    vertices[n]!.set(point)
    values[n] = value
  }
  const build = (): boolean => {
    for (let i = 1; i <= n; i++) {
      if (exhausted()) return false
      const vertex = vertices[i]!
      vertex.set(vertices[0]!)
      const j = i - 1
      const step = options.step[j]!
      vertex[j] = clamp(vertex[j]! + step, lower[j]!, upper[j]!)
      if (Math.abs(vertex[j]! - vertices[0]![j]!) < 0.5 * Math.abs(step))
        vertex[j] = clamp(vertices[0]![j]! - step, lower[j]!, upper[j]!)
      values[i] = evaluate(vertex)
    }
    return true
  }

  for (let j = 0; j < n; j++) vertices[0]![j] = clamp(start[j]!, lower[j]!, upper[j]!)
  if (!exhausted()) values[0] = evaluate(vertices[0]!)
  let converged = n === 0
  for (let round = 0; n > 0 && round <= (options.restarts ?? 2); round++) {
    const before = values[0]!
    values.fill(Number.POSITIVE_INFINITY, 1)
    converged = false
    if (!build()) break
    for (;;) {
      sort()
      if (values[n]! - values[0]! <= tolerance * (Math.abs(values[0]!) + tolerance)) {
        converged = true
        break
      }
      if (exhausted()) break
      centroid.fill(0)
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) centroid[j]! += vertices[i]![j]! / n
      const worst = vertices[n]!
      move(trial, 1, worst)
      const reflected = evaluate(trial)
      if (evaluations >= budget.maxEvaluations) {
        if (reflected < values[n]!) replaceWorst(trial, reflected)
        continue
      }
      if (reflected < values[0]!) {
        move(other, expand, worst)
        const expanded = evaluate(other)
        if (expanded < reflected) replaceWorst(other, expanded)
        else replaceWorst(trial, reflected)
        continue
      }
      if (reflected < values[n - 1]!) {
        replaceWorst(trial, reflected)
        continue
      }
      const outside = reflected < values[n]!
      move(other, outside ? contract : -contract, worst)
      const contracted = evaluate(other)
      if (contracted < Math.min(reflected, values[n]!)) {
        replaceWorst(other, contracted)
        continue
      }
      for (let i = 1; i <= n && !exhausted(); i++) {
        const vertex = vertices[i]!
        for (let j = 0; j < n; j++) vertex[j] = vertices[0]![j]! + shrink * (vertex[j]! - vertices[0]![j]!)
        values[i] = evaluate(vertex)
      }
    }
    sort()
    if (!converged || !(before - values[0]! > tolerance * (Math.abs(values[0]!) + tolerance))) break
  }
  sort()
  return { point: vertices[0]!.slice(), value: values[0]!, evaluations, converged }
}

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x
}
