import { normalQuantile } from '../src/math/distribution/normal.ts'
import { unlimited } from '../src/math/optimize/budget.ts'
import { randomStream } from '../src/math/random.ts'
import { theta } from '../src/models/theta/index.ts'

/** R's `thetaf` on one series. */
export interface ThetaCase {
  readonly season: number
  readonly values: readonly (number | null)[]
  readonly mean: readonly number[]
  readonly lower80: readonly number[]
}

/** R's search for alpha ends about this far from the optimum, relative to the forecast. */
export const SAME_FORECAST = 1e-4
/** A standard error larger by this much was not the smallest: R's search stopped short. */
const STOPPED_SHORT = 5e-4

const spec = theta.check({ variant: 'standard', estimation: 'ml', season: 'multiplicative' })

/**
 * Largest difference of our standard theta from R's forecasts, relative to the larger of forecast and standard error,
 * and R's one-step standard error over ours less 1 (R minimises the same squares: it cannot be below 0 but for rounding).
 */
export function compareTheta(item: ThetaCase): { difference: number; excess: number; stoppedShort: boolean } {
  const values = Float64Array.from(item.values, (value) => value ?? Number.NaN)
  const fit = theta.fit({ name: '', values, seasonLength: item.season, calendar: null }, spec, unlimited)
  const { mean } = theta.forecast(fit, item.mean.length, randomStream('unused'))
  const sd = Math.sqrt(fit.variance) * fit.scale
  const difference = item.mean.reduce(
    (most, value, h) => Math.max(most, Math.abs(mean[h]! - value) / Math.max(Math.abs(value), sd)),
    0,
  )
  const excess = (item.mean[0]! - item.lower80[0]!) / normalQuantile(0.9) / sd - 1
  return { difference, excess, stoppedShort: excess > STOPPED_SHORT }
}
