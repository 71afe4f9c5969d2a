import type { Doubt, MemberFit } from './describe.ts'

/** All of it changes a band by less than half a hundredth: far less than is known of the band. */
const UNSEEN = 1e-2
/** What is left of it changes a band by less than a thousandth. */
const SETTLED = 1e-3
/** Near a unit root of the moving average the filter settles like 1 / t: what comes after so many steps is left out. */
const MOST_TERMS = 300

/**
 * What the end of a history leaves open of the errors before its beginning. The covariance of the state is that of the
 * error to come plus Σ |M_t| L_t L_tᵀ over the steps after the end, were the Chandrasekhar recursions (see `exactFilter`)
 * to run on: each term is a course of its own.
 */
export function* transientDoubts({ transient, phi }: MemberFit): Generator<Doubt> {
  if (transient === null || transient.variance - 1 < UNSEEN) return
  const r = transient.gain.length
  const gain = Float64Array.from(transient.gain)
  const change = new Float64Array(r + 1)
  change.set(transient.change)
  let { variance, weight } = transient
  for (let t = 0; t < MOST_TERMS && variance - 1 > SETTLED; t++) {
    const size = Math.sqrt(-weight)
    yield { state: Array.from(change.subarray(0, r), (value) => size * value), tail: [], design: [], constant: 0 }
    const first = change[0]!
    const ratio = first / variance
    const tilt = weight * first
    for (let i = 0; i < r; i++) {
      const u = (phi[i] ?? 0) * first + change[i + 1]!
      const k = gain[i]!
      change[i] = u - ratio * k
      gain[i] = k + tilt * u
    }
    const next = variance + tilt * first
    weight *= variance / next
    variance = next
  }
}
