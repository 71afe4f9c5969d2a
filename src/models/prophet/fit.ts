import type { Budget } from '../../math/optimize/budget.ts'
import { Problem, problem } from '../../messages.ts'
import { mostHarmonics, type Waves } from '../../series/fourier.ts'
import { guerreroLambda } from '../../series/guerrero.ts'
import type { Series } from '../../series/series.ts'
import { chooseWaves } from '../choose-waves.ts'
import { type DesignPlan, designOf, withoutUnknown } from '../design.ts'
import type { FitBase } from '../model.ts'
import { changepointsOf } from './changepoints.ts'
import { maximum } from './maximum.ts'
import { residuals, type Terms, trendSize } from './objective.ts'
import type { ProphetSpec } from './spec.ts'

/** A fit as plain data: the series less `floor`, over `scale`; time from 0 at the first observation to 1 at the last. */
export interface ProphetFit extends FitBase {
  readonly model: 'prophet'
  readonly growth: ProphetSpec['growth']
  readonly scale: number
  readonly floor: number
  /** Over `scale`; 0 where growth has none. */
  readonly capacity: number
  readonly first: number
  /** Periods from the first observation to the last. */
  readonly span: number
  readonly slope: number
  readonly offset: number
  readonly changepoints: readonly number[]
  readonly changes: readonly number[]
  readonly multiplicative: boolean
  readonly design: { readonly plan: DesignPlan; readonly kept: readonly number[] }
  /** A column of the design is (value − centre) / width. */
  readonly centres: readonly number[]
  readonly widths: readonly number[]
  readonly effects: readonly number[]
  /** Standard deviation of the noise at the maximum, and of an error to come. */
  readonly sigma: number
  readonly errorSd: number
  /** Minus the logarithm of likelihood times priors at the maximum, without constants. */
  readonly objective: number
  readonly observations: number
  readonly paths: number
}

const LEAST_OBSERVED = 2
const MOST_PAIRS = 10
/** Below this power of Box and Cox a season grows with the level rather than not. */
const LOGARITHMIC = 0.5

/** Maximises likelihood times priors; missing observations are left out. Throws `series_too_short`. */
export function fit(series: Series, spec: ProphetSpec, budget: Budget): ProphetFit {
  const waves = wavesOf(series, spec)
  const design = designOf(series, waves)
  const values = withoutUnknown(series.values, design)
  const rows: number[] = []
  for (const [i, value] of values.entries()) if (!Number.isNaN(value)) rows.push(i)
  if (rows.length < LEAST_OBSERVED) {
    const params = { observations: rows.length, needed: LEAST_OBSERVED }
    throw new Problem(problem('series_too_short', params, { model: 'prophet', stage: 'fit' }))
  }
  const first = rows[0]!
  const span = rows.at(-1)! - first
  const floor = spec.growth === 'logistic' ? spec.floor : 0
  const scale = rows.reduce((most, row) => Math.max(most, Math.abs(values[row]! - floor)), 0) || 1
  const y = Float64Array.from(rows, (row) => (values[row]! - floor) / scale)
  const times = Float64Array.from(rows, (row) => (row - first) / span)
  const multiplicative =
    spec.seasonality === 'auto'
      ? y.every((value) => value > 0) && guerreroLambda(series.values, series.seasonLength) < LOGARITHMIC
      : spec.seasonality === 'multiplicative'
  const regressors = design.plan.regressors.length
  const shapes = design.columns.map((column, c) => (c < regressors ? standard(column, rows) : { centre: 0, width: 1 }))
  const kept = shapes.flatMap(({ width }, c) => (width > 0 ? [c] : []))
  const flat = y.every((value) => value === y[0])
  const terms: Terms = {
    ...{ y, times, multiplicative, growth: spec.growth },
    capacity: spec.capacity === null ? 0 : (spec.capacity - floor) / scale,
    changepoints:
      spec.growth === 'flat' || flat
        ? new Float64Array(0)
        : changepointsOf(times, spec.changepoints, spec.changepointRange),
    changepointPrior: spec.changepointPrior,
    columns: kept.map((c) =>
      Float64Array.from(rows, (row) => (design.columns[c]![row]! - shapes[c]!.centre) / shapes[c]!.width),
    ),
    priors: Float64Array.from(kept, (c) => (c < regressors ? spec.regressorPrior : spec.seasonPrior)),
  }
  const from = trendSize(terms)
  const start = startOf(terms)
  const { point, sigma, value, evaluations } = maximum(terms, start, budget)
  const effects = new Array<number>(design.columns.length).fill(0)
  for (const [i, c] of kept.entries()) effects[c] = point[from + i]!
  const used = 2 + point.subarray(2, from).filter((change) => change !== 0).length + kept.length
  const spent = Math.min(used, rows.length / 2)
  const squares = residuals(terms, point, new Float64Array(rows.length), null)
  const periods = waves.map(({ period }) => period)
  const how = multiplicative && periods.length > 0 ? 'multiplicative, ' : ''
  const label = `Prophet(${how}${spec.growth})${periods.length > 0 ? `[${periods.join(', ')}]` : ''}`
  return {
    ...{
      model: 'prophet',
      label,
      evaluations,
      growth: spec.growth,
      scale,
      floor,
      capacity: terms.capacity,
      first,
      span,
    },
    ...{ slope: spec.growth === 'flat' ? 0 : point[0]!, offset: point[1]!, multiplicative, effects, sigma },
    ...{ changepoints: Array.from(terms.changepoints), changes: Array.from(point.subarray(2, from)) },
    design: { plan: design.plan, kept },
    centres: shapes.map(({ centre }) => centre),
    widths: shapes.map(({ width }) => width),
    errorSd: Math.sqrt((squares / (rows.length - spent)) * (1 + spent / rows.length)),
    ...{ objective: value, observations: series.values.length, paths: spec.paths },
  }
}

/** Waves of each season that the history shows twice; the shorter season's come first and are not repeated by a longer one's. */
function wavesOf(series: Series, { harmonics }: ProphetSpec): Waves[] {
  const most = harmonics === 'auto' ? MOST_PAIRS : harmonics
  return chooseWaves(series, most).map(({ period, harmonics: count }) => ({
    period,
    harmonics: Math.min(count, mostHarmonics(period)),
  }))
}

/** As the package: two values or fewer are left, more are given mean 0 and deviation 1; width 0 where all are the same. */
function standard(column: Float64Array, rows: readonly number[]): { centre: number; width: number } {
  const different = new Set(rows.map((row) => column[row]!))
  if (different.size < 2) return { centre: 0, width: 0 }
  if (different.size === 2 && different.has(0) && different.has(1)) return { centre: 0, width: 1 }
  const centre = rows.reduce((sum, row) => sum + column[row]! / rows.length, 0)
  const squares = rows.reduce((sum, row) => sum + (column[row]! - centre) ** 2, 0)
  return { centre, width: Math.sqrt(squares / (rows.length - 1)) }
}

/** The line, or the sigmoid, through the first and the last observation. */
function startOf(terms: Terms): Float64Array {
  const { y, growth, capacity } = terms
  const point = new Float64Array(trendSize(terms) + terms.columns.length)
  const [a, b] = [y[0]!, y.at(-1)!]
  if (growth === 'linear') {
    point[0] = b - a
    point[1] = a
  } else if (growth === 'flat') point[1] = y.reduce((sum, value) => sum + value / y.length, 0)
  else {
    const level = (value: number): number => Math.min(0.99, Math.max(0.01, value / capacity))
    const odds = (share: number): number => Math.log(share / (1 - share))
    let [from, to] = [odds(level(a)), odds(level(b))]
    if (Math.abs(to - from) < 0.01) to = from + 0.01
    point[0] = to - from
    point[1] = -from / (to - from)
  }
  return point
}
