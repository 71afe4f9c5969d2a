import { plainly } from '../../src/automl/combination/index.ts'
import { combined } from '../../src/automl/ensemble.ts'
import {
  bounded,
  type Coefficients,
  confidenceInputs,
  learnedMixture,
  mixtureOf,
  REFERENCE_TOLERANCE,
  slopeOf,
  spreadInputs,
  stepOf,
  widthFactors,
  withWidths,
} from '../../src/automl/learned/index.ts'
import { learnedWeighting } from '../../src/automl/together.ts'
import { quantilesAt } from '../../src/models/bands.ts'
import type { Forecast } from '../../src/models/forecast.ts'
import type { Example } from './learn.ts'
import { published, type Row } from './rows.ts'

/** Errors smaller than this, scaled, are treated as squares: the derivative of an absolute value has a step. */
const SMOOTH = 0.02
/** Pull towards equal weights, and of the move towards none: what is learned is uncertain. */
const EVENNESS = 0.02
const STILLNESS = 0.1
/** Share of each set's largest errors that count no more than the one below them. */
const CAPPED = 0.98

const meanError = (row: Row, path: Float64Array): number => {
  let total = 0
  let count = 0
  for (let h = 0; h < row.future.length; h++) {
    if (Number.isNaN(row.future[h]!)) continue
    total += Math.abs(row.future[h]! - path[h]!)
    count++
  }
  return total / count / row.known.scale
}

/** What a row counts for: each set's mean error is 1, and its largest errors are capped. */
export function importances(rows: readonly Row[]): Map<Row, number> {
  const result = new Map<Row, number>()
  for (const each of Map.groupBy(rows, ({ set }) => set).values()) {
    const errors = each.map((row) => meanError(row, row.centre))
    const cap = Math.max(1e-9, errors.toSorted((a, b) => a - b)[Math.floor(CAPPED * (errors.length - 1))]!)
    const typical = errors.reduce((sum, error) => sum + Math.min(error, cap) / errors.length, 0)
    for (const [i, row] of each.entries())
      result.set(row, Math.min(1, cap / Math.max(errors[i]!, 1e-9)) / Math.max(typical, 1e-9))
  }
  return result
}

/** The absolute error of the moved mean; that the answer goes only most of the way there is left out, or it would be bolder. */
export function mixtureExamples(rows: readonly Row[]): Example[] {
  const importance = importances(rows)
  return rows.flatMap((row) => {
    if (row.inputs === null) return []
    const paths = [...row.members, ...row.ballast].map(({ mean }) => mean)
    const k = paths.length
    const horizon = row.future.length
    const { scale } = row.known
    const distance = Float64Array.from({ length: horizon * k }, (_, i) => {
      const h = Math.floor(i / k)
      return (paths[i % k]![h]! - row.centre[h]!) / scale
    })
    const target = row.future.map((value, h) => (value - row.centre[h]!) / scale)
    const loss = (outputs: Float64Array, gradient: Float64Array): number => {
      const { weights, move } = mixtureOf(outputs, { steps: horizon, horizon })
      const slope = new Float64Array(k)
      let total = 0
      for (let h = 0; h < horizon; h++) {
        if (Number.isNaN(target[h]!)) continue
        let error = move[h]! - target[h]!
        for (let c = 0; c < k; c++) error += weights[c]! * distance[h * k + c]!
        total += Math.abs(error) / horizon
        const sign = Math.max(-1, Math.min(1, error / SMOOTH)) / horizon
        for (let c = 0; c < k; c++) slope[c]! += sign * distance[h * k + c]!
        gradient[k]! += sign
        gradient[k + 1]! += (sign * (h + 1)) / horizon
      }
      gradient[k]! += 2 * STILLNESS * outputs[k]!
      gradient[k + 1]! += 2 * STILLNESS * outputs[k + 1]!
      for (let c = 0; c < k; c++) slope[c]! += EVENNESS * Math.log(weights[c]! + 1e-12)
      let mean = 0
      for (let c = 0; c < k; c++) mean += slope[c]! * weights[c]!
      for (let c = 0; c < k; c++) gradient[c]! += weights[c]! * (slope[c]! - mean)
      return total
    }
    return [{ inputs: Float64Array.from(row.inputs), weight: importance.get(row)!, loss }]
  })
}

/** The default answer before its bands are widened, with the weights of some coefficients. */
export function answerOf(row: Row, coefficients: Pick<Coefficients, 'weights'>): Forecast {
  if (row.sparse) return row.members[0]!
  if (row.inputs === null) return combined(row.members, plainly(row.members.length), row.ballast)
  const path = { steps: row.future.length, horizon: row.future.length }
  const mixture = learnedMixture(row.inputs, path, coefficients as Coefficients)
  return combined(row.members, learnedWeighting(mixture, row.known.scale), row.ballast)
}

const ENDS = Float64Array.of(0.025, 0.1, 0.9, 0.975)

/** Quantile regression (Koenker & Bassett 1978) of the logarithm of error over half width, at 80 % and 95 %. */
export function spreadExamples(rows: readonly Row[], coefficients: Pick<Coefficients, 'weights'>): Example[] {
  return rows.flatMap((row) => {
    if (row.sparse) return []
    const forecast = answerOf(row, coefficients)
    const ends = quantilesAt(forecast, ENDS)
    const steps: { step: number; ratios: readonly [number, number] }[] = []
    for (let h = 0; h < row.future.length; h++) {
      const error = row.future[h]! - forecast.mean[h]!
      if (Number.isNaN(error)) continue
      const width = (lower: number, upper: number): number =>
        error > 0 ? ends[h * 4 + upper]! - forecast.mean[h]! : forecast.mean[h]! - ends[h * 4 + lower]!
      const ratio = (side: number): number =>
        Math.log(Math.max(1e-4, Math.abs(error) / Math.max(side, 1e-9 * row.known.scale)))
      steps.push({ step: stepOf(h), ratios: [ratio(width(1, 2)), ratio(width(0, 3))] })
    }
    if (steps.length === 0) return []
    const loss = (outputs: Float64Array, gradient: Float64Array): number => {
      let total = 0
      for (const { step, ratios } of steps)
        for (const [k, level] of [0.8, 0.95].entries()) {
          const at = outputs[2 * k]! + outputs[2 * k + 1]! * step
          const above = ratios[k]! - bounded(at)
          total += Math.max(level * above, (level - 1) * above)
          const tangent = 1 - (bounded(at) / Math.log(4)) ** 2
          const slope = ((above > 0 ? -level : 1 - level) * tangent) / steps.length
          gradient[2 * k]! += slope
          gradient[2 * k + 1]! += slope * step
        }
      return total / steps.length
    }
    return [{ inputs: Float64Array.from(spreadInputs(row.known, forecast)), weight: 1, loss }]
  })
}

/** As it is published, bands included. */
export function finalOf(row: Row, coefficients: Pick<Coefficients, 'weights' | 'spread'>): Forecast {
  const forecast = answerOf(row, coefficients)
  if (row.sparse) return published(row, forecast)
  const factors = widthFactors(
    spreadInputs(row.known, forecast),
    forecast.mean.length,
    coefficients as unknown as Coefficients,
  )
  return published(row, withWidths(forecast, factors))
}

/** Did the total end within a share of what came; where nothing came, within that share of the scaled error a step. */
export function isWithin(row: Row, forecast: Forecast, tolerance: number): boolean {
  let actual = 0
  let said = 0
  let count = 0
  for (let h = 0; h < row.future.length; h++) {
    if (Number.isNaN(row.future[h]!)) continue
    actual += row.future[h]!
    said += forecast.mean[h]!
    count++
  }
  return Math.abs(said - actual) <= tolerance * (actual === 0 ? row.known.scale * count : Math.abs(actual))
}

export const beatsNaive = (row: Row, forecast: Forecast): boolean =>
  meanError(row, forecast.mean) < meanError(row, row.naive)

const TOLERANCES = [0.1, 0.15, REFERENCE_TOLERANCE, 0.4] as const

/** Logistic regressions: of the total at several tolerances, and of beating the seasonal naive. */
export function confidenceExamples(
  rows: readonly Row[],
  coefficients: Pick<Coefficients, 'weights' | 'spread'>,
): Example[] {
  return rows.map((row) => {
    const forecast = finalOf(row, coefficients)
    const within = TOLERANCES.map((tolerance) => (isWithin(row, forecast, tolerance) ? 1 : 0))
    const beaten = beatsNaive(row, forecast) ? 1 : 0
    const loss = (outputs: Float64Array, gradient: Float64Array): number => {
      let total = 0
      const slope = slopeOf(outputs[1]!)
      for (const [i, tolerance] of TOLERANCES.entries()) {
        const lever = Math.log(tolerance / REFERENCE_TOLERANCE)
        const p = 1 / (1 + Math.exp(-(outputs[0]! + slope * lever)))
        const weight = tolerance === REFERENCE_TOLERANCE ? 1 : 0.25
        total -= weight * Math.log(Math.max(1e-12, within[i]! === 1 ? p : 1 - p))
        gradient[0]! += weight * (p - within[i]!)
        gradient[1]! += weight * (p - within[i]!) * slope * lever
      }
      const q = 1 / (1 + Math.exp(-outputs[2]!))
      gradient[2]! += 0.5 * (q - beaten)
      return total - 0.5 * Math.log(Math.max(1e-12, beaten === 1 ? q : 1 - q))
    }
    return { inputs: Float64Array.from(confidenceInputs(row.known, forecast)), weight: 1, loss }
  })
}
