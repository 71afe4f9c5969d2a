import type { Spread } from '../forecast.ts'
import type { EtsFit, EtsMember } from './fit.ts'
import { parseForm, shapeOf } from './spec.ts'

/**
 * The exact normal spread of a form that is linear with additive errors (class 1: Hyndman et al. 2008, section 6.1):
 * sd_h² = σ² (1 + Σ c_j²), where the response c_j = alpha + beta (phi + … + phi^j) + gamma [j ≡ 0 mod m] is the
 * effect of an error j steps on; null for the other forms, which are simulated.
 */
export function exactSpread(
  member: EtsMember,
  fit: Pick<EtsFit, 'seasonLength' | 'scale'>,
  horizon: number,
): Spread | null {
  const shape = shapeOf(parseForm(member.form)!, fit.seasonLength)
  if (shape.multiplicativeError || shape.season === 2) return null
  const { alpha, beta, gamma, phi, variance } = member
  const sd = new Float64Array(horizon)
  const response = new Float64Array(horizon)
  const sigma = Math.sqrt(variance) * fit.scale
  let squares = 0
  let damped = 0
  let power = phi
  for (let j = 0; j < horizon; j++) {
    // The trend moves by beta per error and reaches the forecast damped once: phi + phi² + … + phi^j.
    if (j > 0) {
      damped += power
      power *= phi
    }
    const atSeason = shape.season === 1 && j % shape.seasonLength === 0
    response[j] = j === 0 ? 1 : alpha + (shape.trend ? beta * damped : 0) + (atSeason ? gamma : 0)
    squares += response[j]! ** 2
    sd[j] = sigma * Math.sqrt(squares)
  }
  return { kind: 'normal', sd, response }
}
