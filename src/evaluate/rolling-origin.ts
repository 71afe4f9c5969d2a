import type { Forecast } from '../models/forecast.ts'

/** Splits of a history: each model is fitted on the first `at` values and judged on the `steps` after them. */
export interface Origin {
  readonly at: number
  readonly steps: number
}

export interface OriginOptions {
  readonly horizon: number
  /** Share of the history kept for judging. */
  readonly validationSplit: number
  /** At most this many origins. */
  readonly count: number
  /** Fewest values to fit on. */
  readonly leastTraining: number
}

/**
 * Origins spread evenly over the last `validationSplit` of the history, oldest first; every one leaves at least half
 * of that part, or the horizon, to judge. Always at least one where `leastTraining` + 1 values exist, otherwise none.
 * Source: Tashman (2000), rolling-origin evaluation with recalibration.
 */
export function chooseOrigins(observations: number, options: OriginOptions): Origin[] {
  const { horizon, count, leastTraining } = options
  const window = Math.max(1, Math.min(Math.round(observations * options.validationSplit), observations - leastTraining))
  if (observations < leastTraining + 1) return []
  const first = observations - window
  const last = observations - Math.max(1, Math.min(horizon, Math.ceil(window / 2)))
  const ats = new Set<number>()
  for (let k = 0; k < count; k++) ats.add(count === 1 ? first : Math.round(first + ((last - first) * k) / (count - 1)))
  return [...ats].map((at) => ({ at, steps: Math.min(horizon, observations - at) }))
}

/** What one model said at one origin, and what came. */
export interface Trial {
  readonly origin: Origin
  readonly actual: Float64Array
  readonly mean: Float64Array
  /** All of what it said. */
  readonly forecast: Forecast
  /** Quantiles at the probabilities asked, one array a probability; null where the model has no bands. */
  readonly quantiles: readonly Float64Array[] | null
}

/**
 * Runs one model over the origins. It gets a copy of the values before each origin, never the rest: nothing can leak.
 * Null where the model cannot be fitted at an origin (`forecast` returns null).
 */
export function rollingOrigin(
  values: Float64Array,
  origins: readonly Origin[],
  forecast: (past: Float64Array, steps: number, index: number) => Forecast | null,
  quantiles: (forecast: Forecast) => readonly Float64Array[] | null,
): Trial[] | null {
  const trials: Trial[] = []
  for (const [index, origin] of origins.entries()) {
    const answer = forecast(values.slice(0, origin.at), origin.steps, index)
    if (answer === null) return null
    const actual = values.slice(origin.at, origin.at + origin.steps)
    trials.push({ origin, actual, mean: answer.mean, forecast: answer, quantiles: quantiles(answer) })
  }
  return trials
}

/** Sum of loss(error) at each origin, and how many values were there to judge. */
export function losses(trials: readonly Trial[], loss: (error: number) => number): { total: number; count: number }[] {
  return trials.map(({ actual, mean }) => {
    let total = 0
    let count = 0
    for (let i = 0; i < actual.length; i++) {
      if (Number.isNaN(actual[i]!)) continue
      total += loss(actual[i]! - mean[i]!)
      count++
    }
    return { total, count }
  })
}

/** Mean absolute error at each step ahead, over the origins that reach it; NaN where none does. */
export function errorBySteps(trials: readonly Trial[]): Float64Array {
  const steps = Math.max(0, ...trials.map((trial) => trial.actual.length))
  return Float64Array.from({ length: steps }, (_, h) => {
    let total = 0
    let count = 0
    for (const { actual, mean } of trials) {
      if (!(h < actual.length) || Number.isNaN(actual[h]!)) continue
      total += Math.abs(actual[h]! - mean[h]!)
      count++
    }
    return count === 0 ? Number.NaN : total / count
  })
}
