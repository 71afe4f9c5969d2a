import type { Budget } from '../../math/optimize/budget.ts'
import type { Waves } from '../../series/fourier.ts'
import { smallSample } from '../small-sample.ts'
import { curvatureFactor, stateEffects } from './curvature.ts'
import { type Ground, lineAndWaves } from './ground.ts'
import { adjoint, errorsFrom, filter, makeTrace, type Shape, smoothingSize, stateSize } from './kernel.ts'
import { search } from './search.ts'
import { shapeOf } from './shape.ts'
import type { Trend } from './spec.ts'
import { stationary } from './stationary.ts'

/** What is estimated: the trend, the waves of each season, and the order of the errors. */
export interface Form {
  readonly trend: Trend
  readonly waves: readonly Waves[]
  readonly ar: readonly number[]
  readonly ma: readonly number[]
  /** A level that hardly moves, with dependent errors around it, in place of one that follows: both are maxima of the likelihood. */
  readonly still: boolean
}

/** An estimated form as plain data. */
export interface FittedForm {
  readonly form: Form
  /** As `kernel.ts` orders them. */
  readonly parameters: readonly number[]
  readonly last: readonly number[]
  readonly lastD: readonly number[]
  readonly lastErrors: readonly number[]
  readonly squares: number
  readonly count: number
  /** n ln Σε² + 2k with the small-sample term, without what a transformation adds. */
  readonly aicc: number
  readonly evaluations: number
}

/** Of a numerical derivative by a smoothing parameter, in its coordinate. */
const NUDGE = 1e-4
/** Below this a sum of squares is rounding: the likelihood has no bound. */
const EXACT = 1e-26

/** Largest smoothing level, and the range of the damping. */
const MOST_ALPHA = 1.2
const DAMPING = { from: 0.8, range: 0.2 }
const logistic = (z: number): number => 1 / (1 + Math.exp(-z))
/** An estimate on the edge is moved this far inside. */
const INSIDE = 1e-4
const oddsWithin = (share: number): number => odds(Math.min(1 - INSIDE, Math.max(INSIDE, share)))
const odds = (share: number): number => Math.log(share / (1 - share))

/**
 * Centres and standard deviations of the normal priors: of the logistic coordinates of α, β/α and φ, of γ, of the
 * errors' coefficients around their start; of level and waves in mean changes, of the slope in a tenth of one.
 */
const PRIOR = {
  ...{ alpha: odds(0.1), stillAlpha: odds(0.002), beta: odds(0.05), phi: odds(0.75), smoothing: 1.5 },
  ...{ gamma: 0.001, error: 0.3, state: 2, slope: 0.1 },
}

/**
 * Estimates one form by likelihood times priors; null where the data are too few or the search finds nothing finite.
 * `near`: an estimate of the same form on nearly the same history that the search begins from.
 */
export function fitForm(
  ground: Ground,
  observed: number,
  form: Form,
  budget: Budget,
  near: Pick<FittedForm, 'parameters'> | null = null,
): FittedForm | null {
  const { y } = ground
  const trend = form.trend !== 'none'
  const damped = form.trend === 'damped'
  const shape = shapeOf(form.waves, trend, form.ar.length, form.ma.length)
  const smoothing = smoothingSize(shape)
  const size = smoothing + stateSize(shape)
  const waves = shape.cos.length
  const free: number[] = []
  for (let i = 0; i < size; i++) {
    if (!trend && (i === 1 || i === smoothing + 1)) continue
    if (!damped && i === 2) continue
    free.push(i)
  }
  const count = free.length + 1
  if (observed - count - 1 <= 0 && (waves > 0 || trend)) return null
  const { centre, deviation } = priorOf(ground, form, shape)
  const parameters = new Float64Array(size)
  const full = new Float64Array(size)
  const trace = makeTrace(y.length, shape)
  const place = (point: Float64Array): void => {
    parameters.fill(0)
    for (let i = 0; i < free.length; i++) {
      const at = free[i]!
      parameters[at] = centre[at]! + point[i]! * deviation[at]!
    }
    parameters[0] = MOST_ALPHA * logistic(parameters[0]!)
    parameters[1] = trend ? parameters[0]! * logistic(parameters[1]!) : 0
    parameters[2] = damped ? DAMPING.from + DAMPING.range * logistic(parameters[2]!) : 1
  }
  const arFrom = smoothing - form.ar.length - form.ma.length
  const admissible = (): boolean =>
    stationary(parameters.subarray(arFrom, arFrom + form.ar.length)) &&
    stationary(parameters.subarray(arFrom + form.ar.length, smoothing).map((x) => -x))
  const objective = (point: Float64Array, gradient: Float64Array): number => {
    place(point)
    if (!admissible()) return Number.POSITIVE_INFINITY
    const squares = Math.max(EXACT, filter(shape, y, parameters, trace))
    if (!(squares < Number.MAX_VALUE)) return Number.POSITIVE_INFINITY
    adjoint(shape, y, parameters, trace, (2 * observed) / squares, full)
    // by the logistic coordinates
    const share = parameters[0]! / MOST_ALPHA
    if (trend) {
      const beta = parameters[1]! / parameters[0]!
      full[0]! += full[1]! * beta
      full[1]! *= parameters[1]! * (1 - beta)
    }
    full[0]! *= parameters[0]! * (1 - share)
    const rest = (parameters[2]! - DAMPING.from) / DAMPING.range
    full[2]! *= DAMPING.range * rest * (1 - rest)
    let penalty = 0
    for (let i = 0; i < free.length; i++) {
      penalty += point[i]! * point[i]!
      gradient[i] = full[free[i]!]! * deviation[free[i]!]! + 2 * point[i]!
    }
    return observed * Math.log(squares) + penalty
  }
  const point = new Float64Array(free.length)
  if (near !== null) {
    const known = near.parameters
    const coordinates = Float64Array.from(known)
    coordinates[0] = oddsWithin(known[0]! / MOST_ALPHA)
    coordinates[1] = trend ? oddsWithin(known[1]! / known[0]!) : 0
    coordinates[2] = damped ? oddsWithin((known[2]! - DAMPING.from) / DAMPING.range) : 0
    for (const [i, at] of free.entries()) point[i] = (coordinates[at]! - centre[at]!) / deviation[at]!
  }
  /** The Cholesky factor of half the curvature at the start; null where it cannot start there. */
  const factorOf = (): Float64Array | null => {
    place(point)
    const squares = admissible() ? Math.max(EXACT, filter(shape, y, parameters, trace)) : Number.NaN
    if (!(squares < Number.MAX_VALUE)) return null
    const errors = trace.error.slice()
    const effects = stateEffects(shape, y.length, parameters)
    const columns: Float64Array[] = []
    for (let i = 0; free[i]! < smoothing; i++) {
      place(point.with(i, point[i]! + NUDGE))
      filter(shape, y, parameters, trace)
      columns.push(errors.map((error, t) => (trace.error[t]! - error) / NUDGE))
    }
    const states = free.slice(columns.length).map((at) => at - smoothing)
    const units = Float64Array.from(states, (state) => deviation[smoothing + state]!)
    return curvatureFactor(y, columns, effects, stateSize(shape), states, units, observed / squares)
  }
  const factor = factorOf()
  if (factor === null) return null
  const { value, evaluations } = search(objective, point, factor, budget)
  if (!Number.isFinite(value)) return null
  place(point)
  const end = carried(y, { form, parameters: Array.from(parameters) })
  if (!end.last.every(Number.isFinite)) return null
  const aicc = observed * Math.log(end.squares) + 2 * count + smallSample(observed, count)
  return { form, parameters: Array.from(parameters), ...end, count, evaluations, aicc }
}

/** Where some parameters lead at the end of a history. */
export function carried(y: Float64Array, { form, parameters }: Pick<FittedForm, 'form' | 'parameters'>) {
  const shape = shapeOf(form.waves, form.trend !== 'none', form.ar.length, form.ma.length)
  const trace = makeTrace(y.length, shape)
  const last = new Float64Array(stateSize(shape))
  const squares = Math.max(EXACT, filter(shape, y, Float64Array.from(parameters), trace, last))
  const tail = (values: Float64Array, length: number): number[] =>
    Array.from({ length }, (_, i) => values[values.length - 1 - i] ?? 0)
  const lastD = tail(trace.d, form.ar.length)
  return { last: Array.from(last), lastD, lastErrors: tail(trace.error, form.ma.length), squares }
}

/** What is left between one value and what the structure expected of it: what an order of the errors is chosen on. */
export function structuralErrors(y: Float64Array, { form, parameters }: FittedForm): Float64Array {
  const shape = shapeOf(form.waves, form.trend !== 'none', form.ar.length, form.ma.length)
  const trace = makeTrace(y.length, shape)
  filter(shape, y, Float64Array.from(parameters), trace)
  return trace.d
}

/** Centres and deviations of the coordinates; the states' from a regression on a line and the waves. */
function priorOf(ground: Ground, { trend, waves, ar, ma, still }: Form, shape: Shape) {
  const smoothing = smoothingSize(shape)
  const size = smoothing + stateSize(shape)
  const centre = new Float64Array(size)
  const deviation = new Float64Array(size)
  centre.set([still ? PRIOR.stillAlpha : PRIOR.alpha, PRIOR.beta, PRIOR.phi])
  deviation.fill(PRIOR.smoothing, 0, 3)
  deviation.fill(PRIOR.gamma, 3, smoothing)
  const arFrom = errorsFrom(shape)
  centre.set([...ar, ...ma], arFrom)
  deviation.fill(PRIOR.error, arFrom, smoothing)
  const change = Math.max(ground.change, 1e-6)
  deviation.fill(PRIOR.state * change, smoothing)
  deviation[smoothing + 1] = PRIOR.slope * change
  const regression = lineAndWaves(ground, trend !== 'none')
  centre[smoothing] = regression.level
  centre[smoothing + 1] = regression.slope
  let at = 0
  let wave = smoothing + 2
  for (const { period, harmonics } of waves)
    for (let j = 1; j <= harmonics; j++, wave++) {
      centre[wave] = regression.waves[at++]!
      // the fastest wave of an even season has no sine
      if (2 * j !== period) centre[shape.cos.length + wave] = regression.waves[at++]!
    }
  return { centre, deviation }
}
