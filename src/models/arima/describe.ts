import { coefficientsOf } from '../regression.ts'
import type { ArimaData } from './data.ts'
import { stateSize } from './exact-filter.ts'
import { type FittedOrder, parametersOf } from './fit-order.ts'
import { columnsOf, likelihoodAt } from './likelihood.ts'
import type { Order } from './order.ts'
import type { Workspace } from './workspace.ts'

/** A fitted order as plain data, on the scaled series. */
export interface MemberFit {
  readonly order: Order
  /** φ, θ, Φ, Θ. */
  readonly ar: readonly number[]
  readonly ma: readonly number[]
  readonly seasonalAr: readonly number[]
  readonly seasonalMa: readonly number[]
  /** Mean of the differenced series: the mean itself, or the drift a step (a season, after a seasonal difference). */
  readonly constant: number
  /** One a column of the design; 0 for those that say nothing. */
  readonly effects: readonly number[]
  /** Σ v²/F over n less the k coefficients, times 1 + k/n: of an error to come (final prediction error, Akaike 1969). */
  readonly variance: number
  /** Of the scaled series. */
  readonly logLikelihood: number
  /** The criterion asked for; Infinity becomes null. */
  readonly criterion: number | null
  /** Both polynomials multiplied out: coefficients of the lags from 1 on. */
  readonly phi: readonly number[]
  readonly theta: readonly number[]
  /** Where the series less its regressors goes on from. */
  readonly course: Course
  /**
   * What is not known for certain at the end of the history, in errors' standard deviations: the forecast moves by each of
   * these courses times an independent standard error. Estimated coefficients, constant and missing values make them.
   */
  readonly doubts: readonly Doubt[]
  /** What the filter has not yet settled: see `transientDoubts`. Null where it has, or where `doubts` hold it. */
  readonly transient: Transient | null
}

/** The forecast is linear in all of these. */
export interface Course {
  /** State of the filter after the last value: its first number is the next forecast of the differenced series. */
  readonly state: readonly number[]
  /** Added to each difference. */
  readonly constant: number
  /** The last values that undoing the differences needs. */
  readonly tail: readonly number[]
}

export interface Doubt extends Course {
  /** Weights of the design's columns that count. */
  readonly design: readonly number[]
}

/** How the one-step variance will still fall: the fast filter's own quantities. */
export interface Transient {
  readonly gain: readonly number[]
  readonly change: readonly number[]
  readonly variance: number
  readonly weight: number
}

/** What a forecast needs of a fitted order, and what a reader asks of it. */
export function describe(data: ArimaData, fitted: FittedOrder, workspace: Workspace): MemberFit {
  const { order, point } = fitted
  const { p, q, P, Q } = order
  const { logLikelihood, squares } = likelihoodAt(data, order, point, workspace)
  const { polynomials } = workspace
  const count = columnsOf(data, order)
  const coefficients = workspace.concentrate.coefficients.slice(0, count)
  const own = courseOf(data, -1, workspace)
  const state = own.state.slice()
  const tail = own.tail.slice()
  for (let c = 0; c < count; c++) {
    const column = courseOf(data, c, workspace)
    for (let i = 0; i < state.length; i++) state[i]! -= coefficients[c]! * column.state[i]!
    // a constant goes on from its actual levels, which are part of the series
    const stays = data.levels !== null && c >= data.columns.length - 1 ? data.columnTails[c]! : null
    for (let i = 0; i < tail.length; i++) tail[i]! -= coefficients[c]! * (column.tail[i]! - (stays?.[i] ?? 0))
  }
  const n = data.count
  const k = parametersOf(data, order) - 1
  const list = (from: number, length: number): number[] => Array.from(point.subarray(from, from + length))
  return {
    order,
    ar: list(0, p),
    ma: list(p, q),
    seasonalAr: list(p + q, P),
    seasonalMa: list(p + q + P, Q),
    constant: order.constant ? coefficients[count - 1]! : 0,
    effects: data.regression === null ? [] : coefficientsOf(data.regression, coefficients.subarray(data.nuisance)),
    variance: (squares / Math.max(1, n - k)) * (1 + k / n),
    logLikelihood,
    criterion: Number.isFinite(fitted.criterion) ? fitted.criterion : null,
    phi: Array.from(polynomials.phi.subarray(0, polynomials.arDegree)),
    theta: Array.from(polynomials.theta.subarray(0, polynomials.maDegree)),
    course: { state: [...state], constant: order.constant ? coefficients[count - 1]! : 0, tail: [...tail] },
    doubts: doubtsOf(data, order, workspace),
    transient: transientOf(workspace),
  }
}

/** Where the filter stands after the last value, for the series (−1) or a column, tail oldest first. */
function courseOf(
  data: ArimaData,
  column: number,
  { polynomials, filter, levels }: Workspace,
): { state: Float64Array; tail: Float64Array } {
  const r = stateSize(polynomials)
  if (levels === null) {
    const tail = column < 0 ? data.tail : data.columnTails[column]!
    return { state: filter.states[column + 1]!.slice(0, r), tail }
  }
  const all = levels.states[column + 1]!
  return { state: all.slice(0, r), tail: all.slice(r, r + data.tail.length).reverse() }
}

/** A doubt smaller than this, in standard deviations of one error, is not seen in any band. */
const NEGLIGIBLE = 1e-4

/**
 * Coefficients have the covariance σ² (L Lᵀ)⁻¹: with z = L⁻¹ × (their courses) the courses z are independent.
 * A course is how the forecast moves with a coefficient: what the column will be, less what the filter foresees of it.
 */
function doubtsOf(data: ArimaData, order: Order, workspace: Workspace): Doubt[] {
  const count = columnsOf(data, order)
  const { factor } = workspace.concentrate
  const { nuisance, regression } = data
  const width = regression?.kept.length ?? 0
  const made: { state: Float64Array; tail: Float64Array; design: Float64Array; constant: number }[] = []
  const doubts: Doubt[] = []
  for (let c = 0; c < count; c++) {
    const { state, tail } = courseOf(data, c, workspace)
    const isConstant = order.constant && c === count - 1
    const actual = data.columnTails[c]!
    const z = {
      state: state.map((value) => -value),
      // on the way by levels the tail of what was foreseen; a constant goes on from its actual levels
      tail: tail.map((value, i) => (isConstant && data.levels !== null ? actual[i]! : 0) - value),
      design: new Float64Array(width),
      constant: Number(isConstant),
    }
    if (c >= nuisance && !isConstant) {
      const weights = regression!.combination[c - nuisance]!
      for (const [i, weight] of weights.entries()) z.design[i]! += weight
    }
    for (let k = 0; k < c; k++) {
      const share = factor[c * count + k]!
      if (share === 0) continue
      const before = made[k]!
      for (let i = 0; i < z.state.length; i++) z.state[i]! -= share * before.state[i]!
      for (let i = 0; i < z.tail.length; i++) z.tail[i]! -= share * before.tail[i]!
      for (let i = 0; i < width; i++) z.design[i]! -= share * before.design[i]!
      z.constant -= share * before.constant
    }
    const root = factor[c * count + c]!
    const inverse = root > 0 ? 1 / root : 0
    for (const values of [z.state, z.tail, z.design]) for (let i = 0; i < values.length; i++) values[i]! *= inverse
    z.constant *= inverse
    made.push(z)
    const seen = z.constant !== 0 || z.design.some((value) => value !== 0)
    if (seen || [z.state, z.tail].some((values) => values.some((value) => Math.abs(value) > NEGLIGIBLE)))
      doubts.push({ state: [...z.state], tail: [...z.tail], design: [...z.design], constant: z.constant })
  }
  return data.levels === null ? doubts : [...doubts, ...levelDoubts(data, workspace)]
}

/** The covariance of the state less that of the error to come, as courses (pivoted Cholesky). */
function levelDoubts(data: ArimaData, { polynomials, levels }: Workspace): Doubt[] {
  if (levels === null) return []
  const r = stateSize(polynomials)
  const size = r + data.tail.length
  const rest = levels.covariance.slice(0, size * size)
  for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) rest[i * size + j]! -= levels.noise[i]! * levels.noise[j]!
  const doubts: Doubt[] = []
  for (let rank = 0; rank < size; rank++) {
    let pivot = 0
    for (let i = 1; i < size; i++) if (rest[i * size + i]! > rest[pivot * size + pivot]!) pivot = i
    const top = rest[pivot * size + pivot]!
    if (!(top > NEGLIGIBLE * NEGLIGIBLE)) break
    const column = Float64Array.from({ length: size }, (_, i) => rest[i * size + pivot]! / Math.sqrt(top))
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) rest[i * size + j]! -= column[i]! * column[j]!
    doubts.push({
      state: [...column.subarray(0, r)],
      tail: [...column.subarray(r).slice().reverse()],
      design: [],
      constant: 0,
    })
  }
  return doubts
}

function transientOf({ polynomials, filter, levels }: Workspace): Transient | null {
  if (levels !== null || filter.variance <= 1 + NEGLIGIBLE) return null
  const r = stateSize(polynomials)
  const { gain, change, variance, weight } = filter
  return { gain: [...gain.subarray(0, r)], change: [...change.subarray(0, r)], variance, weight }
}
