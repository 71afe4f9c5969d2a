import { normalised, type Record, type Weigh } from './contract.ts'

/**
 * Exponentially weighted average (Hedge): after each value, weights are multiplied by exp(−rate × loss), the loss being
 * the member's absolute error as a share of the largest. With losses in [0, 1] and rate √(8 ln k / T) the weighted loss
 * after T values is at most √(T ln k / 2) above that of the best member (Cesa-Bianchi & Lugosi 2006, theorem 2.2).
 */
export function hedge(losses: readonly Float64Array[]): { weights: Float64Array; regret: number; bound: number } {
  const k = losses.length
  const steps = losses[0]?.length ?? 0
  const rate = Math.sqrt((8 * Math.log(Math.max(k, 2))) / Math.max(steps, 1))
  const sums = new Float64Array(k)
  let own = 0
  let weights: Float64Array = new Float64Array(k).fill(1 / k)
  for (let t = 0; t < steps; t++) {
    for (let i = 0; i < k; i++) {
      own += weights[i]! * losses[i]![t]!
      sums[i]! += losses[i]![t]!
    }
    const least = Math.min(...sums)
    weights = normalised(sums.map((sum) => Math.exp(-rate * (sum - least))))
  }
  return { weights, regret: own - Math.min(...sums), bound: Math.sqrt((steps * Math.log(k)) / 2) }
}

/** Members weighted by how they did over the trials in the order of time, the latest known value included. */
export const dynamic: Weigh = (records) => hedge(lossesOf(records)).weights

/** One row a member: absolute errors over the largest of all, step by step through the trials. */
function lossesOf(records: readonly Record[]): Float64Array[] {
  const rows: number[][] = records.map(() => [])
  let largest = 0
  for (const [i, { actual }] of (records[0] ?? []).entries())
    for (let h = 0; h < actual.length; h++) {
      if (Number.isNaN(actual[h]!)) continue
      for (const [a, record] of records.entries()) {
        const error = Math.abs(record[i]!.mean[h]! - actual[h]!)
        largest = Math.max(largest, error)
        rows[a]!.push(error)
      }
    }
  return rows.map((row) => Float64Array.from(row, (error) => (largest > 0 ? error / largest : 0)))
}
