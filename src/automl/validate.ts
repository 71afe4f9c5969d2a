import { coverage, mase, rmsse, seasonalNaiveMae, seasonalNaiveMse, smape } from '../evaluate/metrics.ts'
import { chooseOrigins, losses, type Origin, rollingOrigin, type Trial } from '../evaluate/rolling-origin.ts'
import { randomStream } from '../math/random.ts'
import type { Code } from '../messages.ts'
import { quantilesAt } from '../models/bands.ts'
import type { Forecast } from '../models/forecast.ts'
import type { Series } from '../series/series.ts'
import {
  attempt,
  type Candidate,
  estimated,
  type Fitted,
  forecastOf,
  NAIVE,
  type Pool,
  yardstick,
} from './candidates.ts'
import { type Combination, plainly, weightsByTrials } from './combination/index.ts'
import { combined, ENSEMBLE, SETTLED } from './ensemble.ts'
import { cohortPrior } from './learned/index.ts'
import type { ForecastOptions, Metrics } from './outcome.ts'
import type { Bounded } from './watch.ts'

const ORIGINS = { fast: 1, balanced: 3, thorough: 6 } as const

/** Probabilities kept of each trial: the ends of 80 % and 95 %. */
const ENDS = Float64Array.of(0.025, 0.1, 0.9, 0.975)

/** Absolute errors; squared ones for sparse demand, whose best absolute forecast would be zero. */
export type Loss = 'absolute' | 'squared'

export interface Trialled {
  /** Registry name, or `ensemble`. */
  readonly name: string
  /** Null for the ensemble. */
  readonly candidate: Candidate | null
  readonly trials: readonly Trial[] | null
  /** As fitted at the last origin; null where refused, and for the ensemble. */
  readonly fitted: Fitted | null
  readonly refused: Code | null
  readonly evaluations: number
  /** As fitted at the last origin; null where refused. */
  readonly label: string | null
  /** Mean loss at each origin, and over all values judged (on the scale of the series: root for squared). */
  readonly perOrigin: readonly number[]
  readonly loss: number
}

export interface Validation {
  readonly origins: readonly Origin[]
  /** The ensemble first, where there is one; then the candidates in their order. */
  readonly tried: readonly Trialled[]
  /** Loss of the seasonal naive (naive without a season), and of the better of both naives. */
  readonly yardstickLoss: number
  readonly naiveLoss: number
  /** Mean absolute value over the periods judged. */
  readonly level: number
}

/**
 * Judges candidates, and the combination of `members`, on the end of the history; null where it is too short to hold
 * anything back. A model is estimated at the first origin and carried through the later ones, or, where that is no
 * cheaper, estimated anew near its last estimate; with effort `thorough` it is estimated at each.
 */
export function validate(
  series: Series,
  { candidates, members }: Pool,
  loss: Loss,
  key: string,
  options: ForecastOptions,
  watch: Bounded,
): Validation | null {
  const { values, seasonLength } = series
  const known = yardstick(seasonLength)
  const origins = chooseOrigins(values.length, {
    horizon: options.horizon,
    validationSplit: options.validationSplit,
    count: ORIGINS[options.effort],
    leastTraining: Math.max(6, seasonLength + 1),
  }).filter(({ at, steps }) => observed(values, 0, at) >= 4 && observed(values, at, at + steps) > 0)
  if (origins.length === 0) return null
  const run = (candidate: Candidate): Trialled => tryOne(candidate, series, origins, loss, key, options, watch)
  const alone = candidates.map(run)
  const lossOf = (candidate: Candidate): number =>
    (alone.find((one) => one.candidate === candidate) ?? run(candidate)).loss
  const yardstickLoss = lossOf(known)
  const naiveLoss = known === NAIVE ? yardstickLoss : least(yardstickLoss, lossOf(NAIVE))
  const together = tryTogether(
    alone.filter(({ candidate }) => candidate !== null && members.includes(candidate)),
    loss,
    options.combination,
    cohortPrior(
      members.map(({ name }) => name),
      seasonLength,
      values.length,
    ),
  )
  let level = 0
  let count = 0
  for (const { at, steps } of origins)
    for (const value of values.subarray(at, at + steps))
      if (!Number.isNaN(value)) {
        level += Math.abs(value)
        count++
      }
  const tried = together === null ? alone : [together, ...alone]
  return { origins, tried, yardstickLoss, naiveLoss, level: level / count }
}

/** The smaller one that exists. */
const least = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b))

function observed(values: Float64Array, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (!Number.isNaN(values[i]!)) count++
  return count
}

function tryOne(
  candidate: Candidate,
  series: Series,
  origins: readonly Origin[],
  loss: Loss,
  key: string,
  { seed, effort }: ForecastOptions,
  watch: Bounded,
): Trialled {
  let refused: Code | null = null
  let evaluations = 0
  let fitted: Fitted | null = null
  const trials = rollingOrigin(
    series.values,
    origins,
    (values, steps, index) => {
      const random = randomStream(`${seed}|trial|${candidate.name}|${index}|${key}`)
      const past = { ...series, values }
      const result = attempt(candidate.name, watch, () => {
        const carry = effort === 'thorough' ? null : (fitted?.carry ?? null)
        const again = effort === 'thorough' || values.length <= SETTLED ? null : (fitted?.refit ?? null)
        const now =
          carry === null
            ? estimated(candidate, past, `trial ${index}`, watch, () =>
                again === null ? candidate.fit(past, watch.budget) : again(past, watch.budget),
              )
            : carry(past)
        return { now, forecast: forecastOf(now, candidate.name, steps, random) }
      })
      if ('refused' in result) {
        refused = result.refused
        return null
      }
      fitted = result.answer.now
      evaluations += fitted.evaluations
      return result.answer.forecast
    },
    endsOf,
  )
  const last = trials === null ? null : (fitted as Fitted | null)
  const label = (fitted as Fitted | null)?.label ?? null
  const { name } = candidate
  return { name, candidate, trials, fitted: last, refused, evaluations, label, ...judge(trials, loss) }
}

function endsOf(forecast: Forecast): readonly Float64Array[] | null {
  if (forecast.spread.kind === 'none') return null
  const values = quantilesAt(forecast, ENDS)
  const width = ENDS.length
  return Array.from(ENDS, (_, k) => {
    const end = new Float64Array(forecast.mean.length)
    for (let h = 0; h < end.length; h++) end[h] = values[h * width + k]!
    return end
  })
}

/**
 * The combination at each origin, from what its members said there, with weights from the trials before it alone; ways
 * that learn on other series are judged by the median they are built around. Null where fewer than two have trials.
 */
function tryTogether(
  members: readonly Trialled[],
  loss: Loss,
  kind: Combination,
  prior: Float64Array | null,
): Trialled | null {
  const parts = members.flatMap(({ trials }) => (trials === null ? [] : [trials]))
  const [first] = parts
  if (first === undefined || parts.length < 2) return null
  const known = prior?.length === parts.length ? prior : null
  const trials = first.map((trial, i) => {
    const before = parts.map((each) => each.slice(0, i))
    const forecast = combined(
      parts.map((each) => each[i]!.forecast),
      weightsByTrials(kind, before, known) ?? plainly(parts.length),
      [],
      false,
    )
    return { ...trial, mean: forecast.mean, forecast, quantiles: endsOf(forecast) }
  })
  const label = `Ensemble of ${parts.length}`
  return {
    name: ENSEMBLE,
    candidate: null,
    trials,
    fitted: null,
    refused: null,
    evaluations: 0,
    label,
    ...judge(trials, loss),
  }
}

function judge(trials: readonly Trial[] | null, loss: Loss): { perOrigin: number[]; loss: number } {
  if (trials === null) return { perOrigin: [], loss: Number.NaN }
  const size = loss === 'absolute' ? Math.abs : (error: number): number => error * error
  const sums = losses(trials, size)
  const total = sums.reduce((sum, each) => sum + each.total, 0) / sums.reduce((sum, each) => sum + each.count, 0)
  const root = loss === 'absolute' ? (x: number): number => x : Math.sqrt
  return { perOrigin: sums.map((each) => root(each.total / each.count)), loss: root(total) }
}

/**
 * Measures of one model's trials: averages over the origins where they exist, NaN where they exist nowhere. `factors`:
 * what the bands are widened by before they are published, and so before they are judged.
 */
export function metricsOf(
  trials: readonly Trial[],
  series: Series,
  loss: number,
  yardstickLoss: number,
  factors: { readonly at80: Float64Array; readonly at95: Float64Array } | null,
): Metrics {
  const each = (measure: (trial: Trial, past: Float64Array) => number): number => {
    const values = trials
      .map((trial) => measure(trial, series.values.subarray(0, trial.origin.at)))
      .filter((value) => Number.isFinite(value))
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const covered = (lower: number, upper: number, widths: Float64Array | undefined): number =>
    each(({ actual, quantiles, mean }) => {
      if (quantiles === null) return Number.NaN
      const end = (k: number): Float64Array =>
        widths === undefined
          ? quantiles[k]!
          : mean.map((centre, h) => centre + widths[h]! * (quantiles[k]![h]! - centre))
      return coverage(actual, end(lower), end(upper))
    })
  const ratio = loss / yardstickLoss
  return {
    mase: each(({ actual, mean }, past) => mase(actual, mean, seasonalNaiveMae(past, series.seasonLength))),
    rmsse: each(({ actual, mean }, past) => rmsse(actual, mean, seasonalNaiveMse(past, series.seasonLength))),
    smape: each(({ actual, mean }) => smape(actual, mean)),
    coverage80: covered(1, 2, factors?.at80),
    coverage95: covered(0, 3, factors?.at95),
    skill: Number.isFinite(ratio) ? 1 - ratio : loss === 0 ? 0 : Number.NaN,
    ...leaning(trials),
  }
}

/** Trials without which it is no pattern that all lean to one side. */
const LEANING = 3

/** To which side the forecasts of all origins erred, on the whole. */
function leaning(trials: readonly Trial[]): Pick<Metrics, 'bias' | 'trackingSignal' | 'oneSided'> {
  let sum = 0
  let size = 0
  let level = 0
  let count = 0
  const sides = new Set<number>()
  for (const { actual, mean } of trials) {
    const before = sum
    for (const [h, value] of actual.entries()) {
      if (Number.isNaN(value)) continue
      sum += mean[h]! - value
      size += Math.abs(mean[h]! - value)
      level += Math.abs(value)
      count++
    }
    sides.add(Math.sign(sum - before))
  }
  return {
    bias: level > 0 ? sum / level : Number.NaN,
    trackingSignal: size > 0 ? (sum * count) / size : 0,
    oneSided: trials.length >= LEANING && sides.size === 1 && !sides.has(0),
  }
}
