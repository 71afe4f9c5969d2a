import { difference, isConstant } from '../difference.ts'
import { adf } from './adf.ts'
import { kpss } from './kpss.ts'
import type { UnitRootTest } from './unit-root-test.ts'

export interface FirstDifferencesOptions {
  /** `kpss` (default): difference until stationarity is not rejected; `adf`: until a unit root is. */
  readonly unitRootTest?: 'kpss' | 'adf'
  /** Level of the test, within the tables: 0.01 to 0.10; default 0.05. */
  readonly level?: number
  /** Default 2. */
  readonly maxDifferences?: number
}

export interface FirstDifferences {
  readonly d: number
  /** One test for each number of differences tried. */
  readonly tests: readonly UnitRootTest[]
}

/**
 * How many first differences make a series stationary, as R's `ndiffs`: 0 for a series that does not vary, and none more
 * once the differenced series does not. Missing values are left out and their neighbours become adjacent, as in R.
 * `size` is the largest value before earlier differencing (default that of `values`): changes below its rounding are none.
 */
export function firstDifferences(
  values: ArrayLike<number>,
  options: FirstDifferencesOptions = {},
  size = largest(values),
): FirstDifferences {
  const { unitRootTest = 'kpss', maxDifferences = 2 } = options
  const level = Math.min(0.1, Math.max(0.01, options.level ?? 0.05))
  let x: Float64Array = Float64Array.from(values).filter((value) => !Number.isNaN(value))
  const tests: UnitRootTest[] = []
  for (let d = 0; ; d++) {
    if (isConstant(x, size)) return { d, tests }
    const { statistic, lags, p } = unitRootTest === 'kpss' ? kpss(x) : adf(x)
    const unitRoot = unitRootTest === 'kpss' ? p < level : p > level
    tests.push({ test: unitRootTest, differences: d, statistic, lags, p, unitRoot })
    // what cannot be tested was differenced once too often
    if (Number.isNaN(p)) return { d: Math.max(0, d - 1), tests }
    if (!unitRoot || d >= maxDifferences) return { d, tests }
    x = difference(x)
  }
}

export function largest(values: ArrayLike<number>): number {
  let most = 0
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) > most) most = Math.abs(values[i]!)
  return most
}
