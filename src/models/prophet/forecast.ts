import type { Random } from '../../math/random.ts'
import { futureColumns } from '../design.ts'
import type { Forecast } from '../forecast.ts'
import type { ProphetFit } from './fit.ts'
import { bent, trendFrom } from './objective.ts'

/**
 * The trend goes on with its last slope. Futures: the slope may change at each step, as often as changepoints were
 * possible in the history and by Laplace steps of the size of the changes found (Taylor & Letham 2018, section 3.1.4),
 * and noise comes on top; every second future mirrors the one before it.
 */
export function forecast(fit: ProphetFit, horizon: number, random: Random, future?: readonly Float64Array[]): Forecast {
  const { scale, floor, capacity, growth, multiplicative, first, span, observations, design, paths } = fit
  const columns = futureColumns(design.plan, design.kept, future, observations, horizon, 'prophet')
  const shape = { growth, capacity, changepoints: Float64Array.from(fit.changepoints) }
  const point = Float64Array.of(fit.slope, fit.offset, ...fit.changes)
  const line = new Float64Array(horizon)
  const effect = new Float64Array(horizon)
  for (let h = 0; h < horizon; h++) {
    line[h] = bent(shape, point, (observations + h - first) / span)
    for (const c of design.kept) effect[h]! += ((columns[c]![h]! - fit.centres[c]!) / fit.widths[c]!) * fit.effects[c]!
  }
  const valueAt = (h: number, bend: number, noise: number): number => {
    const trend = trendFrom(shape, line[h]! + bend)
    const fitted = multiplicative ? trend * (1 + effect[h]!) : trend + effect[h]!
    return floor + scale * (fitted + noise)
  }
  const mean = Float64Array.from({ length: horizon }, (_, h) => valueAt(h, 0, 0))
  const count = 2 * Math.ceil(paths / 2)
  const values = new Float64Array(count * horizon)
  const changes = fit.changes.length
  const size = changes === 0 ? 0 : fit.changes.reduce((sum, change) => sum + Math.abs(change) / changes, 0)
  const chance = Math.min(1, changes / span)
  for (let path = 0; path < count; path += 2) {
    let slope = 0
    let bend = 0
    for (let h = 0; h < horizon; h++) {
      // a change just before this step bends it already
      if (size > 0 && random.uniform() < chance) slope += laplace(random.uniform()) * size
      bend += slope / span
      const noise = random.normal() * fit.errorSd
      values[path * horizon + h] = valueAt(h, bend, noise)
      values[(path + 1) * horizon + h] = valueAt(h, -bend, -noise)
    }
  }
  return { mean, spread: { kind: 'paths', count, values } }
}

/** Laplace number of scale 1 from a uniform one. */
const laplace = (u: number): number => (u < 0.5 ? Math.log(2 * u) : -Math.log(2 * (1 - u)))
