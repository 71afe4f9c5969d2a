import type { Random } from '../../math/random.ts'
import type { Forecast } from '../forecast.ts'
import type { EtsFit, EtsMember } from './fit.ts'
import { parseForm, shapeOf } from './spec.ts'

/**
 * Mean: the members' paths with zero errors, averaged by weight (the mean of the distribution for additive trend and
 * season; within O(variance) of it where season or error multiply). Spread: simulated futures, shared between the
 * members by weight, with errors in antithetic pairs scaled to unit variance at each step, so that few paths suffice.
 */
export function forecast(fit: EtsFit, horizon: number, random: Random): Forecast {
  const mean = new Float64Array(horizon)
  const path = new Float64Array(horizon)
  const noErrors = new Float64Array(horizon)
  const counts = fit.members.map(({ weight }) => 2 * Math.max(1, Math.round((weight * fit.paths) / 2)))
  const count = counts.reduce((sum, paths) => sum + paths, 0)
  const values = new Float64Array(count * horizon)
  let from = 0
  for (const [i, member] of fit.members.entries()) {
    const project = projector(member, fit, horizon)
    project(noErrors, 0, path, 0)
    for (let h = 0; h < horizon; h++) mean[h]! += member.weight * path[h]! * fit.scale
    const errors = antithetic(counts[i]!, horizon, random)
    for (let k = 0; k < counts[i]!; k++) project(errors, k * horizon, values, (from + k) * horizon)
    from += counts[i]!
  }
  for (let i = 0; i < values.length; i++) values[i]! *= fit.scale
  return { mean, spread: { kind: 'paths', count, values } }
}

/** With fewer pairs their own variance is too uncertain to scale by. */
const PAIRS_TO_SCALE = 10

/** Standard normal errors: path 2i + 1 mirrors path 2i, and each step has variance one over the paths. */
function antithetic(count: number, horizon: number, random: Random): Float64Array {
  const errors = new Float64Array(count * horizon)
  for (let k = 0; k < count; k += 2) for (let h = 0; h < horizon; h++) errors[k * horizon + h] = random.normal()
  for (let h = 0; h < horizon; h++) {
    let squares = 0
    for (let k = 0; k < count; k += 2) squares += errors[k * horizon + h]! ** 2
    const factor = count >= 2 * PAIRS_TO_SCALE ? Math.sqrt(count / 2 / squares) : 1
    for (let k = 0; k < count; k += 2) {
      const error = errors[k * horizon + h]! * factor
      errors[k * horizon + h] = error
      errors[(k + 1) * horizon + h] = -error
    }
  }
  return errors
}

/** A relative error below −1 would turn the sign of the series: it is cut here. */
const LOWEST_RELATIVE = -0.99

/** Writes one future of `horizon` steps, driven by standard errors, from an offset of one array to an offset of another. */
export type Project = (errors: Float64Array, errorsFrom: number, into: Float64Array, intoFrom: number) => void

/** Futures of one member on the scaled series; the memory is made once. */
export function projector(
  member: EtsMember,
  fit: Pick<EtsFit, 'seasonLength' | 'observations'>,
  horizon: number,
): Project {
  const { alpha, beta, gamma, phi, final } = member
  const { multiplicativeError, trend, season, seasonLength: m } = shapeOf(parseForm(member.form)!, fit.seasonLength)
  const sd = Math.sqrt(member.variance)
  const states = new Float64Array(final.length)
  const firstSlot = season === 0 ? 0 : fit.observations % m
  return (errors, errorsFrom, into, intoFrom) => {
    for (let i = 0; i < states.length; i++) states[i] = final[i]!
    let l = states[0]!
    let b = trend ? states[1]! : 0
    let slot = firstSlot
    for (let h = 0; h < horizon; h++) {
      const q = l + phi * b
      const s = season === 0 ? 0 : states[2 + slot]!
      const fitted = season === 2 ? q * s : q + s
      const error = sd * errors[errorsFrom + h]!
      const value = multiplicativeError ? fitted + Math.abs(fitted) * Math.max(error, LOWEST_RELATIVE) : fitted + error
      into[intoFrom + h] = value
      if (season === 0) {
        const d = value - q
        l = q + alpha * d
        if (trend) b = phi * b + beta * d
        continue
      }
      const d = season === 1 ? value - s - q : s === 0 ? 0 : value / s - q
      l = q + alpha * d
      if (trend) b = phi * b + beta * d
      const seen = season === 1 ? value - q : q === 0 ? s : value / q
      states[2 + slot] = s + gamma * (seen - s)
      if (++slot === m) slot = 0
    }
  }
}
