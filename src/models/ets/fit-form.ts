import { type BfgsScratch, bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { dot } from '../../math/vector.ts'
import { meanChange } from '../mean-change.ts'
import { coefficientsOf, type Regression } from '../regression.ts'
import { smallSample } from '../small-sample.ts'
import { chain, decode, encode, type Layout, layoutOf, logit } from './coordinates.ts'
import { adjoint, filter, loss, makeTrace, type Parameters, type SeasonKind, type Shape, type Trace } from './kernel.ts'
import { type Prior, penalty, priorOf, SHORT } from './prior.ts'
import { type Form, formName, parameterCount, shapeOf } from './spec.ts'
import { type Start, startOf } from './start.ts'
import { unitsOf } from './units.ts'

/** A fitted form as plain data, on the scaled series. */
export interface FormFit {
  readonly form: string
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly phi: number
  /** [l, b, s…] before the first observation. */
  readonly initial: readonly number[]
  /** After the last; the season continues at slot n mod m. */
  readonly final: readonly number[]
  /** Effects of the design's columns, additive in every form; none without regressors. */
  readonly effects: readonly number[]
  /** Variance of the (relative) one-step errors, over n less the parameters counted without it. */
  readonly variance: number
  /** As R's `ets`: −½ (n ln Σe² + 2 Σ ln ŷ), without the constant. Of the scaled series. */
  readonly logLikelihood: number
  /** AIC where the correction is undefined: fewer than five observations, and then one form only. */
  readonly aicc: number
  readonly evaluations: number
}

/** Memory for one series, shared by the forms fitted to it. */
export class Workspace {
  readonly trace: Trace
  readonly gradient: Float64Array
  readonly parameters: Parameters
  /** The series less what regressors explain at a point, and the loss by each of its values. */
  readonly unexplained: Float64Array
  readonly byValue: Float64Array
  readonly #scratch = new Map<number, BfgsScratch>()
  readonly #starts = new Map<SeasonKind, Start>()

  constructor(observations: number, seasonLength: number) {
    this.trace = makeTrace(observations)
    this.gradient = new Float64Array(6 + seasonLength)
    this.unexplained = new Float64Array(observations)
    this.byValue = new Float64Array(observations)
    this.parameters = { alpha: 0, beta: 0, gamma: 0, phi: 1, states: new Float64Array(2 + seasonLength) }
  }

  /** Heuristic initial states of `y`, found once for all forms with that kind of season. */
  start(y: Float64Array, seasonLength: number, season: SeasonKind): Start {
    const known = this.#starts.get(season)
    if (known !== undefined) return known
    const start = startOf(y, seasonLength, season)
    this.#starts.set(season, start)
    return start
  }

  scratch(size: number): BfgsScratch {
    const known = this.#scratch.get(size)
    if (known !== undefined) return known
    const scratch = bfgsScratch(size)
    this.#scratch.set(size, scratch)
    return scratch
  }
}

/** Starts of the smoothing parameters (alpha, beta/alpha, gamma/(1 − alpha), phi): the first serves `map`, all serve `ml`. */
const STARTS: readonly (readonly [number, number, number, number])[] = [
  [0.3, 0.1, 0.1, 0.9],
  [0.1, 0.1, 0.5, 0.97],
  [0.8, 0.1, 0.05, 0.95],
  [0.98, 0.5, 0.5, 0.97],
  [0.02, 0.5, 0.02, 0.85],
  [0.6, 0.02, 0.9, 0.97],
  // a trend that follows at once: beta close to alpha
  [0.6, 0.95, 0.05, 0.82],
]
/** Stopping early keeps short series from being over-fitted; longer ones may be followed further. */
const mapIterations = (observed: number): number => Math.round(25 * Math.max(1, observed / SHORT))
/** Up to so many observations it is felt where a search ends, and in which coordinates it goes there. */
const EARLY = 2 * SHORT
/** One observation says nothing of the errors. */
export const LEAST_OBSERVED = 2
const ML_ITERATIONS = 400
/** Relative gain in one step below which nothing that can be seen is left to gain. */
const MAP_TOLERANCE = 1e-5

/** Sum of squares below which a fit is exact: the likelihood has no finite optimum beyond. */
const EXACT = 1e-26

/**
 * Fits one form to the scaled series, or to what `regression` leaves of it, whose coefficients are then estimated with
 * all others; null where the form does not fit the data. `near`: an estimate on nearly the same history, of the same scale
 * and without regressors, that the search for `map` begins from.
 */
export function fitForm(
  y: Float64Array,
  observed: number,
  form: Form,
  seasonLength: number,
  regression: Regression | null,
  estimation: 'map' | 'ml',
  budget: Budget,
  workspace: Workspace,
  near: Parameters | null = null,
): FormFit | null {
  const shape = shapeOf(form, seasonLength)
  const regressors = regression?.basis.length ?? 0
  const count = parameterCount(form, seasonLength) + regressors
  if (!affordable(observed, form, count)) return null
  const layout = layoutOf(shape, form.trend === 'Ad', regressors)
  const start = workspace.start(y, seasonLength, shape.season)
  const point = startPoint(layout, shape, start, STARTS[0]!)
  const change = meanChange(y, shape.season === 0 ? 1 : seasonLength)
  const prior = estimation === 'map' ? priorOf(layout, point, change, shape.season === 2, start.level, observed) : null
  const explained = regression === null ? null : { basis: regression.basis, unit: change > 0 ? change : 1 }
  const objective = objectiveOf(y, shape, layout, seasonLength, prior, explained, workspace)
  let best = point
  let value = Number.POSITIVE_INFINITY
  let evaluations = 0
  const starts = estimation === 'map' ? STARTS.slice(0, 1) : STARTS
  for (const smoothing of starts) {
    const scratch = workspace.scratch(layout.size)
    const trial =
      (near === null || prior === null ? null : known(objective, layout, near, scratch)) ??
      admissibleStart(objective, layout, shape, start, smoothing, scratch)
    const left = { maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired }
    if (left.maxEvaluations <= 0 || (evaluations > 0 && budget.expired?.() === true)) break
    // regressors have units of their own
    const measured = prior !== null && regression === null && observed > EARLY
    const units = measured ? unitsOf(y, observed, shape, layout, trial, prior, workspace) : null
    const search = bfgs(
      objective,
      trial,
      scratch,
      left,
      estimation === 'map' ? MAP_TOLERANCE : 1e-10,
      estimation === 'map' ? mapIterations(observed) : ML_ITERATIONS,
      units,
    )
    evaluations += search.evaluations
    if (search.value < value) {
      value = search.value
      best = trial
    }
  }
  if (!(value < Number.POSITIVE_INFINITY)) return null
  const described = describe(
    y,
    observed,
    form,
    shape,
    layout,
    seasonLength,
    best,
    count,
    evaluations,
    explained,
    workspace,
  )
  if (described === null || regression === null || explained === null) return described
  const more = best.subarray(layout.regressors).map((value) => value * explained.unit)
  return { ...described, effects: coefficientsOf(regression, more) }
}

/** AICc must exist; two to four observations have none for any form, and get the plainest one. */
const affordable = (observed: number, form: Form, count: number): boolean =>
  observed - count - 1 > 0 || (formName(form) === 'ANN' && observed >= LEAST_OBSERVED)

function startPoint(layout: Layout, shape: Shape, start: Start, smoothing: readonly number[]): Float64Array {
  const point = new Float64Array(layout.size)
  point[0] = logit(smoothing[0]!)
  if (layout.beta >= 0) point[layout.beta] = logit(smoothing[1]!)
  if (layout.gamma >= 0) point[layout.gamma] = logit(smoothing[2]!)
  if (layout.phi >= 0) point[layout.phi] = logit((smoothing[3]! - 0.8) / 0.18)
  point[layout.level] = start.level
  if (layout.slope >= 0) point[layout.slope] = start.slope
  if (layout.season >= 0) point.set(start.season, layout.season)
  if (shape.multiplicativeError && shape.season !== 1) point[layout.level] = Math.max(point[layout.level]!, 1e-3)
  return point
}

/** Heuristic trend and season may lead below zero, where multiplicative errors cannot live: they are then flattened. */
const FLATTENING = [0.5, 0.2, 0]

function admissibleStart(
  objective: (point: Float64Array, gradient: Float64Array) => number,
  layout: Layout,
  shape: Shape,
  start: Start,
  smoothing: readonly number[],
  { gradient }: BfgsScratch,
): Float64Array {
  const neutral = shape.season === 2 ? 1 : 0
  let point = startPoint(layout, shape, start, smoothing)
  for (const share of FLATTENING) {
    const flattened: Start = {
      level: start.level + (1 - share) * (1 - start.level),
      slope: share * start.slope,
      season: start.season.map((figure) => neutral + share * (figure - neutral)),
    }
    if (Number.isFinite(objective(point, gradient))) break
    point = startPoint(layout, shape, flattened, smoothing)
  }
  return point
}

/** An estimate as a start; null where this history does not admit it. */
function known(
  objective: (point: Float64Array, gradient: Float64Array) => number,
  layout: Layout,
  near: Parameters,
  { gradient }: BfgsScratch,
): Float64Array | null {
  const point = new Float64Array(layout.size)
  encode(layout, near, point)
  return Number.isFinite(objective(point, gradient)) ? point : null
}

/** Columns whose effects are estimated, and the size that a coordinate of 1 stands for. */
interface Effects {
  readonly basis: readonly Float64Array[]
  readonly unit: number
}

/** The series less the effects at a point; the series itself without any. */
function unexplainedAt(
  y: Float64Array,
  point: Float64Array,
  { regressors }: Layout,
  effects: Effects | null,
  { unexplained }: Workspace,
): Float64Array {
  if (effects === null) return y
  for (let t = 0; t < y.length; t++) unexplained[t] = y[t]!
  for (const [c, column] of effects.basis.entries()) {
    const coefficient = point[regressors + c]! * effects.unit
    for (let t = 0; t < y.length; t++) unexplained[t]! -= coefficient * column[t]!
  }
  return unexplained
}

/** −2 log-likelihood as R's `ets` has it, plus the priors' penalty, and its gradient. */
function objectiveOf(
  y: Float64Array,
  shape: Shape,
  layout: Layout,
  seasonLength: number,
  prior: Prior | null,
  effects: Effects | null,
  workspace: Workspace,
): (point: Float64Array, gradient: Float64Array) => number {
  const { trace, parameters, gradient: byParameter, byValue } = workspace
  return (point, gradient) => {
    const x = unexplainedAt(y, point, layout, effects, workspace)
    decode(layout, point, seasonLength, parameters)
    if (!filter(shape, x, parameters, trace)) return Number.POSITIVE_INFINITY
    const { squares, logs, count } = loss(shape, x, trace.fitted)
    const bounded = Math.max(squares, EXACT)
    const value = count * Math.log(bounded) + 2 * logs
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY
    adjoint(shape, x, parameters, trace, bounded, count, byParameter, effects === null ? null : byValue)
    chain(layout, point, seasonLength, byParameter, gradient)
    for (let c = 0; effects !== null && c < effects.basis.length; c++)
      gradient[layout.regressors + c] = -effects.unit * dot(byValue, effects.basis[c]!)
    return prior === null ? value : value + penalty(prior, point, gradient)
  }
}

function describe(
  y: Float64Array,
  observed: number,
  form: Form,
  shape: Shape,
  layout: Layout,
  seasonLength: number,
  point: Float64Array,
  count: number,
  evaluations: number,
  effects: Effects | null,
  workspace: Workspace,
): FormFit | null {
  const { trace, parameters } = workspace
  const x = unexplainedAt(y, point, layout, effects, workspace)
  decode(layout, point, seasonLength, parameters)
  const used = 2 + (shape.season === 0 ? 0 : seasonLength)
  const initial = listOf(parameters.states, used)
  if (!filter(shape, x, parameters, trace)) return null
  const { squares, logs } = loss(shape, x, trace.fitted)
  const logLikelihood = -0.5 * (observed * Math.log(Math.max(squares, EXACT)) + 2 * logs)
  return {
    form: formName(form),
    alpha: parameters.alpha,
    beta: parameters.beta,
    gamma: parameters.gamma,
    phi: parameters.phi,
    initial,
    final: listOf(parameters.states, used),
    effects: [],
    variance: (squares / Math.max(1, observed - (count - 1))) * (1 + (count - 1) / observed),
    logLikelihood,
    aicc: -2 * logLikelihood + 2 * count + smallSample(observed, count),
    evaluations,
  }
}

/** The first numbers as a plain array, which JSON keeps. */
function listOf(values: Float64Array, count: number): number[] {
  const list: number[] = []
  for (let i = 0; i < count; i++) list.push(values[i]!)
  return list
}
