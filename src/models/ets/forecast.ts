import type { Random } from '../../math/random.ts'
import { futureColumns } from '../design.ts'
import type { Forecast } from '../forecast.ts'
import type { EtsFit, EtsMember } from './fit.ts'
import { projector, simulate } from './simulate.ts'
import { exactSpread } from './variance.ts'

/**
 * Mean: the members' paths with zero errors, averaged by weight (the mean of the distribution for additive trend and
 * season; within O(variance) of it where season or error multiply). Spread: exact and normal for one linear form with
 * additive errors, else simulated futures.
 */
export function forecast(fit: EtsFit, horizon: number, random: Random, future?: readonly Float64Array[]): Forecast {
  const { plan, kept } = fit.design
  const rows = futureColumns(plan, kept, future, fit.observations, horizon, 'ets')
  const mean = new Float64Array(horizon)
  const path = new Float64Array(horizon)
  const noErrors = new Float64Array(horizon)
  const projectors = fit.members.map((member) => projector(member, fit, horizon, effectsOf(member, rows, horizon)))
  for (const [i, project] of projectors.entries()) {
    project(noErrors, 0, path, 0)
    for (let h = 0; h < horizon; h++) mean[h]! += fit.members[i]!.weight * path[h]! * fit.scale
  }
  const exact = fit.members.length === 1 ? exactSpread(fit.members[0]!, fit, horizon) : null
  return { mean, spread: exact ?? { kind: 'paths', ...simulate(fit, horizon, random, projectors) } }
}

/** What the regressors add at each step. */
function effectsOf({ effects }: EtsMember, rows: readonly Float64Array[], horizon: number): Float64Array {
  const added = new Float64Array(horizon)
  for (const [c, coefficient] of effects.entries())
    for (let h = 0; h < horizon; h++) added[h]! += coefficient * rows[c]![h]!
  return added
}
