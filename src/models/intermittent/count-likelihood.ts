import { logGamma } from '../../math/distribution/log-gamma.ts'
import type { Demand } from './demand.ts'

/** Rates below this give a demand no chance. */
const LEAST_RATE = 1e-3

/** −2 log-likelihood of counts around their rates, by distribution. */
export interface CountLikelihood {
  poisson(): number
  negativeBinomial(size: number): number
  /** `zeros` from 0 to below 1. */
  zeroInflated(zeros: number): number
}

/**
 * The likelihood of a history of counts around `rates`, one period ahead, made ready so that one evaluation costs a logarithm
 * or an exponential for each change of the rate: Γ(y + r) / Γ(r) is a product over the whole numbers below y, and periods of
 * one rate add up. Periods without a value or a rate are left out.
 */
export function countLikelihood({ values }: Demand, rates: Float64Array): CountLikelihood {
  /** Runs of one rate: the rate, its periods, those without demand, the demand in the others. */
  const rate: number[] = []
  const periods: number[] = []
  const empty: number[] = []
  const sums: number[] = []
  /** Values above 0, above 1, … */
  const above: number[] = []
  let demands = 0
  let total = 0
  /** Σ y log μ − log y!: the same whatever the size. */
  let fixed = 0
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!
    const given = rates[t]!
    if (Number.isNaN(value) || Number.isNaN(given)) continue
    const mean = Math.max(LEAST_RATE, given)
    let run = rate.length - 1
    if (rate[run] !== mean) {
      run = rate.push(mean) - 1
      periods.push(0)
      empty.push(0)
      sums.push(0)
    }
    periods[run]!++
    if (value === 0) {
      empty[run]!++
      continue
    }
    sums[run]! += value
    demands++
    total += value
    fixed += value * Math.log(mean) - logGamma(value + 1)
    while (above.length < value) above.push(0)
    for (let k = 0; k < value; k++) above[k]!++
  }
  return {
    poisson() {
      let sum = fixed
      for (let i = 0; i < rate.length; i++) sum -= periods[i]! * rate[i]!
      return -2 * sum
    },
    negativeBinomial(size) {
      let sum = fixed
      for (let k = 1; k < above.length; k++) sum += above[k]! * Math.log1p(k / size)
      for (let i = 0; i < rate.length; i++) sum -= (periods[i]! * size + sums[i]!) * Math.log1p(rate[i]! / size)
      return -2 * sum
    },
    zeroInflated(zeros) {
      const share = 1 - zeros
      let sum = fixed + (demands - total) * Math.log(share)
      for (let i = 0; i < rate.length; i++) {
        const mean = rate[i]! / share
        sum += empty[i]! * Math.log(zeros + share * Math.exp(-mean)) - (periods[i]! - empty[i]!) * mean
      }
      return -2 * sum
    },
  }
}
