import { normalised, type Record } from './contract.ts'

/** Values judged that the prior weighs as much as. */
const PRIOR_VALUES = 12
const ITERATIONS = 200

/**
 * Weights on the simplex with the least squares of the combined errors in the trials, drawn towards `prior` (those of the
 * cohort: series of the same frequency and pattern) by as much as a dozen values weigh (Breiman 1996, stacked regressions; van
 * der Laan 2007 for the simplex). Exponentiated gradient, which keeps the simplex by itself (Kivinen & Warmuth 1997).
 */
export function stackedWeights(records: readonly Record[], prior: Float64Array): Float64Array {
  const k = records.length
  const products = new Float64Array(k * k)
  let count = 0
  for (const [i, { actual }] of (records[0] ?? []).entries())
    for (let h = 0; h < actual.length; h++) {
      if (Number.isNaN(actual[h]!)) continue
      count++
      for (let a = 0; a < k; a++)
        for (let b = 0; b < k; b++)
          products[a * k + b]! += (records[a]![i]!.mean[h]! - actual[h]!) * (records[b]![i]!.mean[h]! - actual[h]!)
    }
  let size = 0
  for (let a = 0; a < k; a++) size += products[a * k + a]! / k
  const start = normalised(prior)
  if (count === 0 || !(size > 0) || !Number.isFinite(size)) return start
  const pull = PRIOR_VALUES / count
  let weights: Float64Array = start.map((weight) => Math.max(weight, 1e-6))
  for (let step = 0; step < ITERATIONS; step++) {
    const gradient = new Float64Array(k)
    let steepest = 0
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) gradient[a]! += (2 * products[a * k + b]! * weights[b]!) / size
      gradient[a]! += 2 * pull * (weights[a]! - start[a]!)
      steepest = Math.max(steepest, Math.abs(gradient[a]!))
    }
    if (steepest === 0) break
    const rate = 1 / (steepest * Math.sqrt(1 + step / 10))
    weights = normalised(weights.map((weight, a) => weight * Math.exp(-rate * gradient[a]!)))
  }
  return weights
}
