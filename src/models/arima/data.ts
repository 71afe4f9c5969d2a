import { orthogonalColumns } from '../../math/orthogonal-columns.ts'
import { difference } from '../../series/difference.ts'
import { interpolate } from '../../series/missing.ts'
import { type Explained, type Regression, regressionOf } from '../regression.ts'
import { type Integration, integrationOf } from './integration.ts'

/** A series made ready for ARMA orders: what regressors explain taken out, differenced, with what stands for its gaps. */
export interface ArimaData {
  readonly d: number
  readonly D: number
  readonly seasonLength: number
  readonly integration: Integration
  /** The differenced series, complete: gaps were filled by interpolation before. */
  readonly w: Float64Array
  /** Less its mean. */
  readonly centred: Float64Array
  /** The filled series before regression and differences. */
  readonly filled: Float64Array
  /** Values that the likelihood is of: the observations less those that the beginning takes. */
  readonly count: number
  /** Of the vectors of errors. */
  readonly length: number
  /**
   * Series that the mean depends on: first `nuisance` for what was not observed, then the regressors, then the constant.
   * Of the differenced series; on the way by levels, of the levels.
   */
  readonly columns: readonly Float64Array[]
  /** Where each column is no longer zero; 0 where its errors begin with levels before the first. */
  readonly begins: readonly number[]
  readonly nuisance: number
  readonly regression: Regression | null
  /** The last values that undoing the differences needs, of the filled series less regressors and of each column. */
  readonly tail: Float64Array
  readonly columnTails: readonly Float64Array[]
  /** The series is filtered by its levels; null: by its differences. */
  readonly levels: Levels | null
}

export interface Levels {
  /** NaN where missing. */
  readonly values: Float64Array
  /** Levels before the first, the latest first: the filled series continued. What no observation tells stays so. */
  readonly before: Float64Array
}

export interface Differences {
  readonly d: number
  readonly D: number
  readonly seasonLength: number
}

/**
 * Gaps are missing values between observations; `y` begins and ends with an observation. Two exact ways lead to the same
 * likelihood of what was observed:
 *
 * A few gaps: each is filled and given a pulse of its own, whose coefficient takes the filled value back out; with the
 * determinant's correction this is exact (Gómez, Maravall & Peña 1999), for differenced series alike. A pulse costs a
 * pass of the fast filter.
 *
 * Many gaps: the levels are filtered, a gap having no error, and the first values stand as regressors with the same
 * correction (de Jong 1991). This needs the covariance matrix of the state, whatever the number of gaps.
 *
 * `way` chooses between them; by default the cheaper one.
 */
export function prepareData(
  y: Float64Array,
  { d, D, seasonLength }: Differences,
  explained: Explained,
  way?: 'pulses' | 'levels',
): ArimaData {
  const gaps: number[] = []
  for (let t = 0; t < y.length; t++) if (Number.isNaN(y[t]!)) gaps.push(t)
  const filled = gaps.length === 0 ? y : interpolate(y, seasonLength)
  const differenced = (values: Float64Array): Float64Array => {
    let result = values
    for (let k = 0; k < D; k++) result = difference(result, seasonLength)
    for (let k = 0; k < d; k++) result = difference(result)
    return result
  }
  const regression = regressionOf(filled, explained, differenced)
  const basis = regression?.basis ?? []
  const level = regression === null ? filled : regression.residual
  const integration = integrationOf(d, D, seasonLength)
  const lost = d + D * seasonLength
  const w = differenced(level)
  const mean = w.reduce((sum, value) => sum + value / w.length, 0)
  const tailOf = (values: Float64Array): Float64Array => values.slice(values.length - lost)
  const shared = {
    ...{ d, D, seasonLength, integration, w, filled, regression },
    centred: w.map((value) => value - mean),
    tail: tailOf(level),
  }
  if ((way ?? (gaps.length <= mostPulses(seasonLength) ? 'pulses' : 'levels')) === 'pulses') {
    const pulses = gaps.map((at) => new Float64Array(y.length).with(at, 1))
    const columns = [...pulses, ...basis]
    const changes = columns.map(differenced)
    const ones = new Float64Array(w.length).fill(1)
    return {
      ...shared,
      count: w.length - orthogonalColumns(changes.slice(0, gaps.length)).kept.length,
      length: w.length,
      columns: [...changes, ones],
      begins: [...changes, ones].map(beginOf),
      nuisance: gaps.length,
      columnTails: [...columns, new Float64Array(y.length)].map(tailOf),
      levels: null,
    }
  }
  const none = new Float64Array(y.length)
  const ones = new Float64Array(y.length).fill(1)
  const columns = [...Array.from({ length: lost }, () => none), ...basis, integrated(integration, ones, none)]
  const seen = (column: Float64Array): Float64Array => column.filter((_, t) => !Number.isNaN(y[t]!))
  const beginnings = Array.from({ length: lost }, (_, i) =>
    seen(integrated(integration, none, new Float64Array(lost).with(i, 1))),
  )
  return {
    ...shared,
    count: y.length - gaps.length - orthogonalColumns(beginnings).kept.length,
    length: y.length,
    columns,
    begins: columns.map(() => 0),
    nuisance: lost,
    columnTails: columns.map(tailOf),
    levels: {
      values: level.map((value, t) => (Number.isNaN(y[t]!) ? Number.NaN : value)),
      before: Float64Array.from({ length: lost }, (_, k) => level[seasonLength - 1 - (k % seasonLength)]!),
    },
  }
}

/** The first time at which a column is not zero, or its end. */
function beginOf(column: Float64Array): number {
  const first = column.findIndex((value) => value !== 0)
  return first < 0 ? column.length : first
}

/** Up to here pulses are the cheaper way: their number times the state against the square of the state with its lags. */
const mostPulses = (seasonLength: number): number => 6 + 6 * seasonLength

/** Levels of a differenced series, from those before the first (the latest first). */
function integrated({ lags, weights }: Integration, w: Float64Array, before: Float64Array): Float64Array {
  const levels = new Float64Array(w.length)
  for (let t = 0; t < w.length; t++) {
    let value = w[t]!
    for (let i = 0; i < lags.length; i++) {
      const at = t - lags[i]!
      value += weights[i]! * (at >= 0 ? levels[at]! : before[-1 - at]!)
    }
    levels[t] = value
  }
  return levels
}
