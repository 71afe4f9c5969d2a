import type { Random } from '../../math/random.ts'
import { futureColumns } from '../design.ts'
import type { Forecast } from '../forecast.ts'
import { followed, responseTo } from '../response.ts'
import type { Course, Doubt } from './describe.ts'
import type { ArimaFit, ArimaMember } from './fit.ts'
import { type Integration, integrationOf } from './integration.ts'
import { transientDoubts } from './transient.ts'

/**
 * Mean, standard deviation and response of each member from the filter's own state (never by running errors through a
 * moving average again, which explodes where that is not invertible), then their weighted averages. The standard
 * deviation knows what is uncertain at the end of the history: missing values, what the filter has not settled, and the
 * estimates of regressors and constant. The response is the one nearest to the covariance of all of it, for totals.
 */
export function forecast(fit: ArimaFit, horizon: number, _random?: Random, future?: readonly Float64Array[]): Forecast {
  const steps = fit.trailing + horizon
  const rows = designRows(fit, horizon, future)
  const integration = integrationOf(fit.d, fit.D, fit.seasonLength)
  const mean = new Float64Array(horizon)
  const sd = new Float64Array(horizon)
  const columns = followed(horizon)
  const covariance = new Float64Array(horizon * columns)
  for (const member of fit.members) {
    const path = pathOf(integration, member.phi, member.course, steps)
    for (const [c, coefficient] of member.effects.entries())
      if (coefficient !== 0) for (let h = 0; h < steps; h++) path[h]! += coefficient * rows[c]![h]!
    const effects = effectsOf(integration, member, steps)
    const variance = new Float64Array(steps)
    const size = member.weight * member.variance
    const together = (course: Float64Array, from: number): void => {
      for (let k = 0; k < columns; k++) {
        const share = size * (course[from + k] ?? 0)
        if (share !== 0)
          for (let h = k; h < horizon; h++) covariance[h * columns + k]! += share * (course[from + h] ?? 0)
      }
    }
    // an error at step j moves step h by effects[h − j]
    let squares = 0
    for (let j = 0; j < steps; j++) {
      squares += effects[j]! ** 2
      variance[j] = squares
      if (j < fit.trailing + columns) together(effects, fit.trailing - j)
    }
    const add = (doubt: Doubt): void => {
      const course = pathOf(integration, member.phi, doubt, steps)
      for (let i = 0; i < doubt.design.length; i++) {
        const row = rows[fit.design.kept[i]!]!
        for (let h = 0; h < steps; h++) course[h]! += doubt.design[i]! * row[h]!
      }
      for (let h = 0; h < steps; h++) variance[h]! += course[h]! ** 2
      together(course, fit.trailing)
    }
    for (const doubt of member.doubts) add(doubt)
    for (const doubt of transientDoubts(member)) add(doubt)
    for (let h = 0; h < horizon; h++) {
      mean[h]! += member.weight * path[fit.trailing + h]! * fit.scale
      sd[h]! += member.weight * Math.sqrt(member.variance * variance[fit.trailing + h]!) * fit.scale
    }
  }
  return { mean, spread: { kind: 'normal', sd, response: responseTo(covariance, horizon) } }
}

/** The design's columns from the period after the last observation on. */
function designRows({ design, length, trailing }: ArimaFit, horizon: number, future?: readonly Float64Array[]) {
  const { kept, plan, last } = design
  const known = plan.regressors.map((_, c) => Float64Array.from([...last[c]!, ...(future?.[c] ?? [])]))
  return futureColumns(plan, kept, known, length - trailing, trailing + horizon, 'arima')
}

function pathOf(
  { lags, weights }: Integration,
  phi: readonly number[],
  { state, constant, tail }: Course,
  steps: number,
): Float64Array {
  const needed = lags.at(-1) ?? 0
  const values = new Float64Array(needed + steps)
  values.set(tail, needed - tail.length)
  const r = state.length
  const current = new Float64Array(r + 1)
  current.set(state)
  for (let h = 0; h < steps; h++) {
    const level = current[0]!
    for (let i = 0; i < r; i++) current[i] = current[i + 1]!
    if (level !== 0) for (let i = 0; i < phi.length; i++) current[i]! += phi[i]! * level
    let value = level + constant
    for (let k = 0; k < lags.length; k++) value += weights[k]! * values[needed + h - lags[k]!]!
    values[needed + h] = value
  }
  return values.subarray(needed)
}

/** ψ: the effect of an error on the value j steps on, differences undone (Box & Jenkins 1970, section 5.1). */
function effectsOf({ lags, weights }: Integration, { phi, theta }: ArimaMember, steps: number): Float64Array {
  const terms = phi.flatMap((value, i) => (value === 0 ? [] : [i]))
  const arma = new Float64Array(steps)
  const effects = new Float64Array(steps)
  for (let j = 0; j < steps; j++) {
    let sum = j === 0 ? 1 : (theta[j - 1] ?? 0)
    for (const i of terms) if (i < j) sum += phi[i]! * arma[j - 1 - i]!
    arma[j] = sum
    for (let k = 0; k < lags.length; k++) if (lags[k]! <= j) sum += weights[k]! * effects[j - lags[k]!]!
    effects[j] = sum
  }
  return effects
}
