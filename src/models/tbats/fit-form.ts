import { regress } from '../../math/linear-regression.ts'
import { bfgs, bfgsScratch } from '../../math/optimize/bfgs.ts'
import type { Budget } from '../../math/optimize/budget.ts'
import { residualOf } from '../../math/orthogonal-columns.ts'
import { fourierTerms, type Waves } from '../../series/fourier.ts'
import { interpolate } from '../../series/missing.ts'
import { meanChange } from '../mean-change.ts'
import { smallSample } from '../small-sample.ts'
import { adjoint, filter, makeTrace, type Shape, smoothingSize, stateSize } from './kernel.ts'
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

const TOLERANCE = 1e-6
const ITERATIONS = 150
/** Below this a sum of squares is rounding: the likelihood has no bound. */
const EXACT = 1e-26

/** Largest smoothing level, and the range of the damping. */
const MOST_ALPHA = 1.2
const DAMPING = { from: 0.8, range: 0.2 }
const logistic = (z: number): number => 1 / (1 + Math.exp(-z))
const odds = (share: number): number => Math.log(share / (1 - share))

/**
 * Centres and standard deviations of the normal priors: of the logistic coordinates of α, β/α and φ, of γ, of the
 * errors' coefficients around their start; of level and waves in mean changes, of the slope in a tenth of one.
 */
const PRIOR = {
  ...{ alpha: odds(0.1), stillAlpha: odds(0.002), beta: odds(0.05), phi: odds(0.75), smoothing: 1.5 },
  ...{ gamma: 0.001, error: 0.3, state: 2, slope: 0.1 },
}

/** Estimates one form by likelihood times priors; null where the data are too few or the search finds nothing finite. */
export function fitForm(
  y: Float64Array,
  observed: number,
  form: Form,
  seasonLength: number,
  budget: Budget,
): FittedForm | null {
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
  const { centre, deviation } = priorOf(y, form, shape, seasonLength)
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
  const { value, evaluations } = bfgs(objective, point, bfgsScratch(point.length), budget, TOLERANCE, ITERATIONS)
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

/** What a level that stays and waves that last leave of a series: dependence is all there. */
export function stillErrors(y: Float64Array, { waves }: Form, seasonLength: number): Float64Array {
  const columns = [new Float64Array(y.length).fill(1), ...waves.flatMap((each) => fourierTerms(each, 0, y.length))]
  return residualOf(interpolate(y, seasonLength), columns)
}

/** Centres and deviations of the coordinates; the states' from a regression on a line and the waves. */
function priorOf(y: Float64Array, { trend, waves, ar, ma, still }: Form, shape: Shape, seasonLength: number) {
  const smoothing = smoothingSize(shape)
  const size = smoothing + stateSize(shape)
  const centre = new Float64Array(size)
  const deviation = new Float64Array(size)
  centre.set([still ? PRIOR.stillAlpha : PRIOR.alpha, PRIOR.beta, PRIOR.phi])
  deviation.fill(PRIOR.smoothing, 0, 3)
  deviation.fill(PRIOR.gamma, 3, smoothing)
  const arFrom = smoothing - ar.length - ma.length
  centre.set([...ar, ...ma], arFrom)
  deviation.fill(PRIOR.error, arFrom, smoothing)
  const change = Math.max(meanChange(y, seasonLength), 1e-6)
  deviation.fill(PRIOR.state * change, smoothing)
  deviation[smoothing + 1] = PRIOR.slope * change
  const complete = interpolate(y, seasonLength)
  const n = y.length
  const ones = new Float64Array(n).fill(1)
  const line = trend === 'none' ? [] : [Float64Array.from({ length: n }, (_, t) => t)]
  const columns = waves.flatMap((each) => fourierTerms(each, 0, n))
  const { coefficients } = regress(complete, [ones, ...line, ...columns])
  centre[smoothing] = coefficients[0]!
  if (line.length > 0) centre[smoothing + 1] = coefficients[1]!
  let at = 1 + line.length
  let wave = 0
  for (const { period, harmonics } of waves)
    for (let j = 1; j <= harmonics; j++, wave++) {
      centre[smoothing + 2 + wave] = coefficients[at++]!
      // the fastest wave of an even season has no sine
      if (2 * j !== period) centre[smoothing + 2 + shape.cos.length + wave] = coefficients[at++]!
    }
  return { centre, deviation }
}
