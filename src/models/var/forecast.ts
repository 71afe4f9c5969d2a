import { futureColumns } from '../design.ts'
import type { Forecast } from '../forecast.ts'
import { followed, responseTo } from '../response.ts'
import { lagsOf, type VarFit } from './fit.ts'

/**
 * The path without errors, and the covariance of the first variable's errors step by step from the moving average form
 * (Lütkepohl 2005, section 3.5); changes are summed where the series was differenced.
 */
export function forecast(fit: VarFit, horizon: number, future?: readonly Float64Array[]): Forecast {
  const { scales, differences, coefficients, design, observations, order } = fit
  const k = scales.length
  const columns = futureColumns(design.plan, design.kept, future, observations, horizon, 'var')
  const regressors = design.plan.regressors.length
  const count = 1 + columns.length
  const rows = fit.tail.map((row) => Float64Array.from(row))
  const mean = new Float64Array(horizon)
  let level = fit.lastLevels[0]!
  for (let h = 0; h < horizon; h++) {
    const outside = [
      1,
      ...columns.map((column, c) => {
        if (c >= regressors || differences[0] === 0) return column[h]!
        return column[h]! - (h === 0 ? fit.lastOutside[c]! : column[h - 1]!)
      }),
    ]
    const next = Float64Array.from({ length: k }, (_, i) => {
      const own = coefficients[i]!
      let value = 0
      for (const [c, x] of outside.entries()) value += own[c]! * x
      for (let l = 0; l < order; l++) for (let j = 0; j < k; j++) value += own[count + l * k + j]! * rows[l]![j]!
      return value
    })
    rows.unshift(next)
    rows.length = order
    if (differences[0] === 1) level += next[0]! * scales[0]!
    mean[h] = differences[0] === 1 ? level : next[0]! * scales[0]!
  }
  return { mean, ...spreadOf(fit, count, horizon) }
}

/** Effects of all errors on the first variable `h` steps on; summed where it was differenced. */
function effects({ coefficients, scales, order, differences }: VarFit, count: number, horizon: number): Float64Array[] {
  const k = scales.length
  const lags = lagsOf(coefficients, count, k, order)
  const impulse: Float64Array[] = []
  const rows: Float64Array[] = []
  for (let h = 0; h < horizon; h++) {
    const matrix = new Float64Array(k * k)
    if (h === 0) for (let i = 0; i < k; i++) matrix[i * k + i] = 1
    for (let l = 0; l < Math.min(order, h); l++)
      for (let i = 0; i < k; i++)
        for (let m = 0; m < k; m++) {
          const factor = lags[l]![i * k + m]!
          if (factor !== 0) for (let j = 0; j < k; j++) matrix[i * k + j]! += factor * impulse[h - 1 - l]![m * k + j]!
        }
    impulse.push(matrix)
    const own = matrix.slice(0, k)
    if (differences[0] === 1 && h > 0) for (let j = 0; j < k; j++) own[j]! += rows[h - 1]![j]!
    rows.push(own)
  }
  return rows
}

function spreadOf(fit: VarFit, count: number, horizon: number): Pick<Forecast, 'spread'> {
  const k = fit.scales.length
  const rows = effects(fit, count, horizon)
  const through = rows.map((row) =>
    Float64Array.from({ length: k }, (_, j) =>
      row.reduce((sum, value, i) => sum + value * fit.covariance[i * k + j]!, 0),
    ),
  )
  const product = (a: number, b: number): number => {
    let sum = 0
    for (let j = 0; j < k; j++) sum += through[a]![j]! * rows[b]![j]!
    return sum
  }
  const width = followed(horizon)
  const covariance = new Float64Array(horizon * width)
  const sd = new Float64Array(horizon)
  let variance = 0
  for (let h = 0; h < horizon; h++) {
    variance += product(h, h)
    sd[h] = Math.sqrt(variance * fit.widening) * fit.scales[0]!
  }
  for (let g = 0; g < width; g++) {
    // cov(h, g) = Σ over errors up to step g of their effects on both
    for (let h = g; h < horizon; h++) {
      let sum = 0
      for (let e = 0; e <= g; e++) sum += product(h - e, g - e)
      covariance[h * width + g] = sum
    }
  }
  return { spread: { kind: 'normal', sd, response: responseTo(covariance, horizon) } }
}
