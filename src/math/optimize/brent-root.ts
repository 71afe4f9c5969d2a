import type { Budget } from './budget.ts'

/**
 * Where a continuous function crosses zero between `low` and `high` (Brent 1973, ch. 4, `zero`): bisection, secant
 * and inverse quadratic steps. NaN where the two ends have the same sign or a value is NaN; the best end where the
 * budget ends the search.
 *
 * @param tolerance absolute, on the root; 4ε|root| is added, so 0 (the default) asks for full relative precision.
 */
export function brentRoot(f: (x: number) => number, low: number, high: number, budget: Budget, tolerance = 0): number {
  let a = low
  let b = high // best so far
  let fa = f(a)
  let fb = f(b)
  let evaluations = 2
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa < 0 !== fb < 0) || Number.isNaN(fa) || Number.isNaN(fb)) return Number.NaN
  let c = a // the root lies between b and c
  let fc = fa
  let step = b - a
  let previousStep = step
  for (;;) {
    if (fb > 0 === fc > 0) {
      c = a
      fc = fa
      step = b - a
      previousStep = step
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b
      b = c
      c = a
      fa = fb
      fb = fc
      fc = fa
    }
    const close = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance
    const middle = 0.5 * (c - b)
    if (Math.abs(middle) <= close || fb === 0) return b
    if (evaluations >= budget.maxEvaluations || budget.expired?.() === true) return b
    if (Math.abs(previousStep) >= close && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa
      let p: number
      let q: number
      if (a === c) {
        p = 2 * middle * s
        q = 1 - s
      } else {
        const r = fb / fc
        const t = fa / fc
        p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if (p > 0) q = -q
      else p = -p
      if (2 * p < Math.min(3 * middle * q - Math.abs(close * q), Math.abs(previousStep * q))) {
        previousStep = step
        step = p / q
      } else {
        step = middle
        previousStep = middle
      }
    } else {
      step = middle
      previousStep = middle
    }
    a = b
    fa = fb
    b += Math.abs(step) > close ? step : middle > 0 ? close : -close
    fb = f(b)
    evaluations++
    if (Number.isNaN(fb)) return Number.NaN
  }
}
