import { upperGamma } from '../../math/distribution/incomplete-gamma.ts'
import { regress } from '../../math/linear-regression.ts'
import type { ArimaData } from './data.ts'
import { type FittedOrder, parametersOf } from './fit-order.ts'
import { likelihoodAt } from './likelihood.ts'
import { coefficientCount } from './order.ts'
import type { Workspace } from './workspace.ts'

/** How well an order describes the series. */
export interface Diagnostics {
  /** Of φ, θ, Φ, Θ in turn, from the Gauss–Newton information; null where it is singular (a coefficient too many). */
  readonly standardErrors: readonly (number | null)[]
  /** Are the standardised errors white? Ljung & Box (1978), with `lags` less the coefficients as degrees of freedom. */
  readonly ljungBox: { readonly lags: number; readonly statistic: number; readonly p: number } | null
}

/** Where nobody asked. */
export const UNDIAGNOSED: Diagnostics = { standardErrors: [], ljungBox: null }

const STEP = 1e-5

export function diagnose(data: ArimaData, { order, point }: FittedOrder, workspace: Workspace): Diagnostics {
  const { squares } = likelihoodAt(data, order, point, workspace)
  const at = (shifted: Float64Array): Float64Array => {
    likelihoodAt(data, order, shifted, workspace)
    return workspace.squares.trialResiduals.slice(0, data.length)
  }
  const errors = at(point)
  const columns = Array.from({ length: coefficientCount(order) }, (_, i) => {
    const moved = at(point.with(i, point[i]! - STEP))
    return moved.map((error, t) => (errors[t]! - error) / STEP)
  })
  const freedom = data.count - parametersOf(data, order) + 1
  const standardErrors = columns.map((column, i) => {
    const alone = regress(column, columns.toSpliced(i, 1)).squares
    const error = Math.sqrt(squares / freedom / alone)
    return Number.isFinite(error) ? error : null
  })
  return { standardErrors, ljungBox: ljungBox(errors, columns.length, data.seasonLength) }
}

function ljungBox(errors: Float64Array, coefficients: number, seasonLength: number): Diagnostics['ljungBox'] {
  const n = errors.length
  const lags = Math.min(seasonLength > 1 ? 2 * seasonLength : 10, Math.floor(n / 5))
  if (lags <= coefficients) return null
  let squares = 0
  for (const error of errors) squares += error * error
  if (!(squares > 0)) return null
  let statistic = 0
  for (let k = 1; k <= lags; k++) {
    let product = 0
    for (let t = k; t < n; t++) product += errors[t]! * errors[t - k]!
    statistic += (product / squares) ** 2 / (n - k)
  }
  statistic *= n * (n + 2)
  return { lags, statistic, p: upperGamma(statistic / 2, (lags - coefficients) / 2) }
}
