import { seasonalNaiveMae } from '../../evaluate/metrics.ts'
import type { Trial } from '../../evaluate/rolling-origin.ts'
import { medianInPlace, quantileSorted } from '../../math/quantile.ts'
import { sortNumbers } from '../../math/sort.ts'
import { mean } from '../../math/sum.ts'
import type { Demand, Traits } from '../features/index.ts'

/** What is known before the future of one series, as the networks see it; numbers without the level and size of the series. */
export interface Known {
  /** Complete, the last ones alone where there are very many. */
  readonly values: Float64Array
  readonly traits: Traits
  readonly observations: number
  readonly seasonLength: number
  readonly horizon: number
  /** Trials of the default answer; null where the history is too short for them. */
  readonly trials: readonly Pick<Trial, 'actual' | 'mean' | 'quantiles'>[] | null
  /** Mean loss in the trials of the seasonal naive. */
  readonly yardstickLoss: number
}

/** Values that describe a history; more would cost time and change little. */
const DESCRIBED = 600

/** The same history, cut to what is described. */
export const described = (values: Float64Array): Float64Array => values.slice(-DESCRIBED)

/** Mean absolute change over a season, over a period where there is none or it is 0: what errors are scaled by. */
export function scaleOf(values: Float64Array, seasonLength: number): number {
  const seasonal = seasonalNaiveMae(values, seasonLength)
  const scale = seasonal > 0 ? seasonal : seasonalNaiveMae(values, 1)
  return scale > 0 ? scale : 1
}

const signedLog = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x))
const within = (x: number, most: number): number => (Number.isFinite(x) ? Math.max(-most, Math.min(most, x)) : 0)
const flag = (holds: boolean): number => (holds ? 1 : 0)

/** Length, season, horizon and traits: what hangs on the series alone. */
export function shapeInputs({ observations: n, seasonLength: m, horizon, traits }: Known): number[] {
  return [
    ...[Math.log(n), Math.min(3, n / (m * 10)), flag(m > 1), flag(m >= 7), flag(m > 12), Math.log(m)],
    ...[Math.log(horizon), within(horizon / n, 2)],
    ...Object.values(traits as unknown as { [trait: string]: number }),
  ]
}

/** How large errors are next to the level. */
export const levelInput = ({ values }: Known, scale: number): number =>
  within(Math.log(scale / (Math.abs(mean(values)) + 1e-300) + 1e-4), 10)

/** Where the forecast goes from the last value. */
export function courseInputs({ values, horizon }: Known, centre: Float64Array, scale: number): number[] {
  const last = values[values.length - 1]!
  return [signedLog((mean(centre) - last) / scale), signedLog((centre[horizon - 1]! - centre[0]!) / scale)]
}

/** How far each member is from the centre, and how it did in the trials next to the others. */
export function memberInputs(
  paths: readonly Float64Array[],
  losses: readonly number[],
  centre: Float64Array,
  scale: number,
): number[] {
  const inputs: number[] = []
  const gaps = new Float64Array(centre.length)
  for (const path of paths) {
    for (let h = 0; h < gaps.length; h++) gaps[h] = (path[h]! - centre[h]!) / scale
    inputs.push(signedLog(mean(gaps)))
    for (let h = 0; h < gaps.length; h++) gaps[h] = Math.abs(gaps[h]!)
    inputs.push(signedLog(mean(gaps)))
  }
  const known = new Float64Array(losses.filter((loss) => loss > 0))
  const typical = known.length === 0 ? Number.NaN : medianInPlace(known)
  for (const loss of losses) inputs.push(loss > 0 ? within(Math.log(loss / typical), 2) : 0)
  return inputs
}

/** How many of the last changes over a season are looked at. */
const RECENT = 8
/** Where on the way to the horizon the centre is held against the last season. */
const ON_THE_WAY = [0, 0.5, 1] as const

/**
 * What the weights do not show and a move of the whole answer may make good: the last changes over a season, what the centre
 * says of the next ones, how far each member rises beside it, and to which side the trials of the default answer erred.
 */
export function recentInputs(
  { values, seasonLength: m, trials }: Known,
  paths: readonly Float64Array[],
  centre: Float64Array,
  scale: number,
): number[] {
  const n = values.length
  const last = centre.length - 1
  const change = (later: number | undefined, earlier: number | undefined): number =>
    later === undefined || earlier === undefined ? 0 : signedLog((later - earlier) / scale)
  const inputs: number[] = []
  for (let k = 0; k < RECENT; k++) inputs.push(change(values[n - 1 - k], values[n - 1 - k - m]))
  for (const share of ON_THE_WAY) {
    const h = Math.round(share * last)
    inputs.push(change(centre[h], values[n + h - m * Math.ceil((h + 1) / m)]))
  }
  for (const path of paths) inputs.push(change(path[last]! - path[0]!, centre[last]! - centre[0]!))
  const errors: number[] = []
  for (const { actual, mean: path } of trials ?? [])
    for (let h = 0; h < actual.length; h++) {
      const error = (actual[h]! - path[h]!) / scale
      if (Number.isFinite(error)) errors.push(error)
    }
  inputs.push(errors.length === 0 ? 0 : signedLog(mean(errors)))
  return inputs
}

/** Periods that count as lately, and at least so many seasons. */
const LATELY = 8
const LATELY_SEASONS = 2

/** How the sizes of changes, from one period to the next and over a season, are spread, and whether the last ones are calmer. */
export function calmInputs({ values, seasonLength: m }: Pick<Known, 'values' | 'seasonLength'>): number[] {
  return [...calmAt(values, 1, m), ...calmAt(values, m, m)]
}

function calmAt(values: Float64Array, lag: number, m: number): number[] {
  const n = Math.max(0, values.length - lag)
  if (n < LATELY) return [0, 0, 0]
  const sizes = new Float64Array(n)
  for (let t = 0; t < n; t++) sizes[t] = Math.abs(values[t + lag]! - values[t]!)
  const lately = mean(sizes.subarray(Math.max(0, n - Math.max(LATELY, LATELY_SEASONS * m))))
  const all = mean(sizes)
  if (!(all > 0)) return [0, 0, 0]
  sortNumbers(sizes)
  const relative = (size: number): number => Math.log(size / all + 0.01)
  return [relative(quantileSorted(sizes, 0.5)), relative(quantileSorted(sizes, 0.95)), relative(lately)]
}

/** What the trials of the default answer say of its errors and its bands. */
export function trialInputs({ trials, yardstickLoss }: Known, scale: number): number[] {
  const ratios: number[] = []
  let inside95 = 0
  let total = 0
  for (const { actual, mean: path, quantiles } of trials ?? [])
    for (let h = 0; h < actual.length; h++) {
      if (Number.isNaN(actual[h]!)) continue
      total += Math.abs(actual[h]! - path[h]!)
      if (quantiles === null) continue
      // the ends of 95 % and of 80 %
      const side = actual[h]! > path[h]! ? quantiles[2]![h]! - path[h]! : path[h]! - quantiles[1]![h]!
      ratios.push(Math.abs(actual[h]! - path[h]!) / Math.max(side, 1e-9 * scale))
      inside95 += flag(actual[h]! >= quantiles[0]![h]! && actual[h]! <= quantiles[3]![h]!)
    }
  const count = ratios.length
  if (count === 0) return [0, 0, 0, 0, 0, 0, 0]
  const sorted = sortNumbers(new Float64Array(ratios))
  const loss = total / count
  return [
    1,
    Math.log(1 + count),
    within(Math.log(quantileSorted(sorted, 0.5) + 0.05), 3),
    within(Math.log(quantileSorted(sorted, 0.8) + 0.05), 3),
    inside95 / count,
    within(Math.log(loss / scale + 1e-3), 4),
    within(Math.log(loss / yardstickLoss), 2),
  ]
}

/** Of the total over the horizon: its spread and its errors in the trials, relative to it. */
export function totalInputs(known: Known, total: number, sd: number, scale: number): number[] {
  const errors: number[] = []
  for (const { actual, mean: path } of known.trials ?? []) {
    let whole = 0
    let said = 0
    for (let h = 0; h < actual.length; h++) whole += actual[h]!
    for (let h = 0; h < path.length; h++) said += path[h]!
    const error = Math.abs(said - whole) / Math.abs(whole)
    if (Number.isFinite(error)) errors.push(Math.log(error + 0.01))
  }
  const relative = (size: number): number => within(Math.log(size / Math.abs(total) + 1e-3), 7)
  return [
    relative(sd),
    relative(scale * known.horizon),
    flag(errors.length > 0),
    errors.length === 0 ? 0 : mean(errors),
    errors.length === 0 ? 0 : Math.max(...errors),
  ]
}

/** How sparse the demand is. */
export function sparseInputs({ zeros, observations, interval, cv2 }: Demand): number[] {
  return [zeros / observations, within(Math.log(interval), 4), within(Math.log1p(cv2), 3)]
}
