import type { Forecast } from '../forecast.ts'
import type { ArimaFit, ArimaMember } from './fit.ts'

/**
 * Mean, standard deviation and response of each member from the filter's own state (never by running errors through a
 * moving average again, which explodes where that is not invertible), then their weighted averages. The constant's own
 * uncertainty is in the standard deviation, not in the response.
 */
export function forecast(fit: ArimaFit, horizon: number): Forecast {
  const steps = fit.trailing + horizon
  const mean = new Float64Array(horizon)
  const sd = new Float64Array(horizon)
  const response = new Float64Array(horizon)
  for (const member of fit.members) {
    const path = pathOf(fit, member, steps)
    const byConstant = pathOf(fit, unitConstant(member), steps)
    const effects = effectsOf(fit, member, steps)
    const sigma = Math.sqrt(member.variance)
    let squares = 0
    for (let h = 0; h < steps; h++) {
      squares += effects[h]! ** 2
      const at = h - fit.trailing
      if (at < 0) continue
      mean[at]! += member.weight * path[h]! * fit.scale
      const variance = sigma * sigma * squares + member.constantVariance * byConstant[h]! ** 2
      sd[at]! += member.weight * Math.sqrt(variance) * fit.scale
    }
    for (let h = 0; h < horizon; h++) response[h]! += member.weight * effects[h]!
  }
  return { mean, spread: { kind: 'normal', sd, response } }
}

/** Coefficients of (1 − B)^d (1 − Bᵐ)^D as the weights of past values: y_t = w_t + Σ weights[i] y_{t − 1 − i}. */
function integration({ d, D, seasonLength: m }: ArimaFit): Float64Array {
  let polynomial = [1]
  const times = (lag: number): void => {
    const next = [...polynomial, ...new Array<number>(lag).fill(0)]
    for (const [i, value] of polynomial.entries()) next[i + lag]! -= value
    polynomial = next
  }
  for (let k = 0; k < D; k++) times(m)
  for (let k = 0; k < d; k++) times(1)
  return Float64Array.from(polynomial.slice(1), (value) => -value)
}

type Course = Pick<ArimaMember, 'state' | 'phi' | 'constant' | 'tail'>

/** The forecast is linear in the constant: this is its course for one more of it. */
const unitConstant = ({ constantState, phi, tail }: ArimaMember): Course => ({
  state: constantState.map((value) => -value),
  phi,
  constant: 1,
  tail: tail.map(() => 0),
})

function pathOf(fit: ArimaFit, { state, phi, constant, tail }: Course, steps: number): Float64Array {
  const weights = integration(fit)
  const needed = weights.length
  const values = new Float64Array(needed + steps)
  values.set(tail)
  const current = Float64Array.from([...state, 0])
  for (let h = 0; h < steps; h++) {
    const level = current[0]!
    for (let i = 0; i < state.length; i++) current[i] = (phi[i] ?? 0) * level + current[i + 1]!
    let value = level + constant
    for (let i = 0; i < needed; i++) value += weights[i]! * values[needed + h - 1 - i]!
    values[needed + h] = value
  }
  return values.subarray(needed)
}

/** ψ: the effect of an error on the value j steps on, differences undone (Box & Jenkins 1970, section 5.1). */
function effectsOf(fit: ArimaFit, { phi, theta }: ArimaMember, steps: number): Float64Array {
  const weights = integration(fit)
  const arma = new Float64Array(steps)
  const effects = new Float64Array(steps)
  for (let j = 0; j < steps; j++) {
    let sum = j === 0 ? 1 : (theta[j - 1] ?? 0)
    for (let i = 0; i < Math.min(j, phi.length); i++) sum += phi[i]! * arma[j - 1 - i]!
    arma[j] = sum
    for (let i = 0; i < Math.min(j, weights.length); i++) sum += weights[i]! * effects[j - 1 - i]!
    effects[j] = sum
  }
  return effects
}
