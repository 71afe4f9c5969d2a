import type { Budget } from './budget.ts'

export interface LineMinimum {
  readonly point: number
  readonly value: number
  readonly evaluations: number
  /** False where the budget ended the search. */
  readonly converged: boolean
}

const GOLDEN = (3 - Math.sqrt(5)) / 2

/**
 * Minimum of a function of one variable on [low, high] by golden section and parabolas (Brent 1973, ch. 5, `localmin`).
 * Finds the minimum of a unimodal function, a local one otherwise; the ends themselves are never evaluated, so a
 * minimum at an end is met to within `tolerance`. NaN counts as Infinity.
 *
 * @param tolerance absolute, on the point; at least √ε·|x| is added. Default 1e-8.
 */
export function brentMinimum(
  objective: (x: number) => number,
  low: number,
  high: number,
  budget: Budget,
  tolerance = 1e-8,
): LineMinimum {
  let a = Math.min(low, high)
  let b = Math.max(low, high)
  let evaluations = 0
  const evaluate = (x: number): number => {
    evaluations++
    const value = objective(x)
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
  }
  let x = a + GOLDEN * (b - a) // best so far; w second best; v the previous w
  if (budget.maxEvaluations < 1) return { point: x, value: Number.POSITIVE_INFINITY, evaluations, converged: false }
  let fx = evaluate(x)
  let [w, v, fw, fv] = [x, x, fx, fx]
  let step = 0
  let previousStep = 0
  for (;;) {
    const middle = 0.5 * (a + b)
    const close = 1.4901161193847656e-8 * Math.abs(x) + tolerance / 3
    if (Math.abs(x - middle) <= 2 * close - 0.5 * (b - a)) return { point: x, value: fx, evaluations, converged: true }
    if (evaluations >= budget.maxEvaluations || budget.expired?.() === true)
      return { point: x, value: fx, evaluations, converged: false }
    let p = 0
    let q = 0
    let before = 0
    if (Math.abs(previousStep) > close) {
      const r = (x - w) * (fx - fv)
      q = (x - v) * (fx - fw)
      p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if (q > 0) p = -p
      else q = -q
      before = previousStep
      previousStep = step
    }
    // a parabola through infinite values is NaN: every comparison below then fails and the section is taken
    if (Math.abs(p) < Math.abs(0.5 * q * before) && p > q * (a - x) && p < q * (b - x)) {
      step = p / q
      const u = x + step
      if (u - a < 2 * close || b - u < 2 * close) step = x < middle ? close : -close
    } else {
      previousStep = x < middle ? b - x : a - x
      step = GOLDEN * previousStep
    }
    const u = Math.abs(step) >= close ? x + step : x + (step > 0 ? close : -close)
    const fu = evaluate(u)
    if (fu <= fx) {
      if (u < x) b = x
      else a = x
      v = w
      fv = fw
      w = x
      fw = fx
      x = u
      fx = fu
    } else {
      if (u < x) a = u
      else b = u
      if (fu <= fw || w === x) {
        v = w
        fv = fw
        w = u
        fw = fu
      } else if (fu <= fv || v === x || v === w) {
        v = u
        fv = fu
      }
    }
  }
}
