import { difference, isConstant } from '../difference.ts'
import { countMissing, interpolate } from '../missing.ts'
import { stl } from '../stl.ts'
import { strengthOf } from '../strength.ts'
import { largest } from './first-differences.ts'
import { ocsb } from './ocsb.ts'

export interface SeasonalDifferencesOptions {
  /** `strength` (default): strength of the season by STL above 0.64; `ocsb`: a seasonal unit root is not rejected at 5 %. */
  readonly seasonalTest?: 'strength' | 'ocsb'
  /** Default 1. */
  readonly maxSeasonalDifferences?: number
}

export interface SeasonalTest {
  readonly test: 'strength' | 'ocsb'
  readonly differences: number
  /** NaN where nothing could be tested. */
  readonly statistic: number
  /** The season is differenced where the statistic lies above. */
  readonly critical: number
  readonly seasonalRoot: boolean
}

export interface SeasonalDifferences {
  readonly D: number
  readonly tests: readonly SeasonalTest[]
}

/** Chosen in R for the accuracy of its automatic ARIMA on M3 and M4. */
const STRENGTH = 0.64
/** R's `mstl`: the season may change slowly. */
const SEASONAL_WINDOW = 11

/**
 * How many seasonal differences a series needs, as R's `nsdiffs`: none for a constant, without a season or with at most
 * two full ones. For the test missing values are interpolated with the season (and left out of the strength); the
 * differences themselves keep them.
 */
export function seasonalDifferences(
  values: ArrayLike<number>,
  seasonLength: number,
  options: SeasonalDifferencesOptions = {},
): SeasonalDifferences {
  const { seasonalTest = 'strength', maxSeasonalDifferences = 1 } = options
  const tests: SeasonalTest[] = []
  if (!Number.isInteger(seasonLength) || seasonLength < 2) return { D: 0, tests }
  const size = largest(values)
  let x: Float64Array = Float64Array.from(values)
  for (let D = 0; ; D++) {
    if (D >= maxSeasonalDifferences || x.length <= 2 * seasonLength || isConstant(x, size)) return { D, tests }
    const found =
      seasonalTest === 'strength' ? strength(x, seasonLength) : ocsb(interpolate(x, seasonLength), seasonLength)
    const { statistic, critical } = found
    tests.push({ test: seasonalTest, differences: D, statistic, critical, seasonalRoot: statistic > critical })
    if (!(statistic > critical)) return { D, tests }
    x = difference(x, seasonLength)
    if (countMissing(x) === x.length) return { D, tests }
  }
}

function strength(values: Float64Array, seasonLength: number): { statistic: number; critical: number } {
  // variances of huge or tiny values would leave the range of doubles
  const size = largest(values)
  const scaled = values.map((value) => value / size)
  const parts = stl(interpolate(scaled, seasonLength), seasonLength, { seasonalWindow: SEASONAL_WINDOW })
  const remainder = parts.remainder.map((value, i) => (Number.isNaN(values[i]!) ? Number.NaN : value))
  const statistic = Number.isNaN(parts.trend[0]!) ? Number.NaN : strengthOf({ ...parts, remainder }).seasonal
  return { statistic, critical: STRENGTH }
}
