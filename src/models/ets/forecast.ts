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
  const none = new Float64Array(horizon)
  for (const member of fit.members) {
    project(member, fit, horizon, none, 0, path, 0)
    for (let h = 0; h < horizon; h++) mean[h]! += member.weight * path[h]! * fit.scale
  }
  const counts = share(fit.members, fit.paths)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const values = new Float64Array(total * horizon)
  let from = 0
  for (const [i, member] of fit.members.entries()) {
    const count = counts[i]!
    const errors = antithetic(count, horizon, random)
    for (let k = 0; k < count; k++) project(member, fit, horizon, errors, k * horizon, values, (from + k) * horizon)
    from += count
  }
  for (let i = 0; i < values.length; i++) values[i]! *= fit.scale
  return { mean, spread: { kind: 'paths', count: total, values } }
}

/** Even numbers of paths in proportion to the weights, at least two each. */
function share(members: readonly EtsMember[], paths: number): number[] {
  return members.map(({ weight }) => 2 * Math.max(1, Math.round((weight * paths) / 2)))
}

/** Standard normal errors: path 2i + 1 mirrors path 2i, and each step has variance one over the paths. */
function antithetic(count: number, horizon: number, random: Random): Float64Array {
  const errors = new Float64Array(count * horizon)
  for (let k = 0; k < count; k += 2)
    for (let h = 0; h < horizon; h++) {
      const error = random.normal()
      errors[k * horizon + h] = error
      errors[(k + 1) * horizon + h] = -error
    }
  if (count < 20) return errors
  for (let h = 0; h < horizon; h++) {
    let squares = 0
    for (let k = 0; k < count; k += 2) squares += errors[k * horizon + h]! ** 2
    const factor = Math.sqrt(count / 2 / squares)
    for (let k = 0; k < count; k++) errors[k * horizon + h]! *= factor
  }
  return errors
}

/** A relative error below −1 would turn the sign of the series: it is cut there. */
const LOWEST_RELATIVE = -0.99

/** One future of a member, driven by given standard errors. */
export function project(
  member: EtsMember,
  fit: Pick<EtsFit, 'seasonLength' | 'observations'>,
  horizon: number,
  errors: Float64Array,
  errorsFrom: number,
  into: Float64Array,
  intoFrom: number,
): void {
  const { alpha, beta, gamma, phi, final } = member
  const { multiplicativeError, trend, season, seasonLength: m } = shapeOf(parseForm(member.form)!, fit.seasonLength)
  const sd = Math.sqrt(member.variance)
  const states = final.slice()
  let l = states[0]!
  let b = trend ? states[1]! : 0
  let slot = season === 0 ? 0 : fit.observations % m
  for (let h = 0; h < horizon; h++) {
    const q = l + phi * b
    const s = season === 0 ? 0 : states[2 + slot]!
    const fitted = season === 2 ? q * s : q + s
    const standard = sd * errors[errorsFrom + h]!
    const value = multiplicativeError
      ? fitted + Math.abs(fitted) * Math.max(standard, LOWEST_RELATIVE)
      : fitted + standard
    into[intoFrom + h] = value
    const d = (season === 2 ? (s === 0 ? q : value / s) : value - s) - q
    l = q + alpha * d
    if (trend) b = phi * b + beta * d
    if (season !== 0) {
      states[2 + slot] = s + gamma * ((season === 2 ? (q === 0 ? s : value / q) : value - q) - s)
      if (++slot === m) slot = 0
    }
  }
}
