import type { Random } from '../../math/random.ts'
import type { EtsFit, EtsMember } from './fit.ts'
import { parseForm, shapeOf } from './spec.ts'

/**
 * Simulated futures on the scale of the series, `values[path * horizon + step]`, shared between the members by weight,
 * with errors in antithetic pairs scaled to unit variance at each step, so that few paths suffice.
 */
export function simulate(
  fit: EtsFit,
  horizon: number,
  random: Random,
  projectors: readonly Project[] = fit.members.map((member) => projector(member, fit, horizon)),
): { count: number; values: Float64Array } {
  const counts = fit.members.map(({ weight }) => 2 * Math.max(1, Math.round((weight * fit.paths) / 2)))
  const count = counts.reduce((sum, paths) => sum + paths, 0)
  const values = new Float64Array(count * horizon)
  let from = 0
  for (const [i, project] of projectors.entries()) {
    const errors = antithetic(counts[i]!, horizon, random)
    for (let k = 0; k < counts[i]!; k++) project(errors, k * horizon, values, (from + k) * horizon)
    from += counts[i]!
  }
  for (let i = 0; i < values.length; i++) values[i]! *= fit.scale
  return { count, values }
}

/** With fewer pairs their own variance is too uncertain to scale by. */
const PAIRS_TO_SCALE = 10

/** Standard normal errors: path 2i + 1 mirrors path 2i, and each step has variance one over the paths. */
function antithetic(count: number, horizon: number, random: Random): Float64Array {
  const errors = new Float64Array(count * horizon)
  const factors = new Float64Array(horizon)
  for (let k = 0; k < count; k += 2)
    for (let h = 0; h < horizon; h++) {
      const error = random.normal()
      errors[k * horizon + h] = error
      factors[h]! += error * error
    }
  for (let h = 0; h < horizon; h++) factors[h] = count >= 2 * PAIRS_TO_SCALE ? Math.sqrt(count / 2 / factors[h]!) : 1
  for (let k = 0; k < count; k += 2)
    for (let h = 0, at = k * horizon; h < horizon; h++, at++) {
      const error = errors[at]! * factors[h]!
      errors[at] = error
      errors[at + horizon] = -error
    }
  return errors
}

/** A relative error below −1 would turn the sign of the series: it is cut here. */
const LOWEST_RELATIVE = -0.99

/** Writes one future of `horizon` steps, driven by standard errors, from an offset of one array to an offset of another. */
export type Project = (errors: Float64Array, errorsFrom: number, into: Float64Array, intoFrom: number) => void

/** Futures of one member on the scaled series, `effects` added to each; the memory is made once. */
export function projector(
  member: EtsMember,
  fit: Pick<EtsFit, 'seasonLength' | 'observations'>,
  horizon: number,
  effects: Float64Array = new Float64Array(horizon),
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
      into[intoFrom + h] = value + effects[h]!
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
