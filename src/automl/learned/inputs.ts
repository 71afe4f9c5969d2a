import { seasonalNaiveMae } from '../../evaluate/metrics.ts'
import type { Trial } from '../../evaluate/rolling-origin.ts'
import { quantileSorted } from '../../math/quantile.ts'
import { mean } from '../../math/sum.ts'
import type { Features, Traits } from '../features/index.ts'

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

/** Length, season, horizon, traits, and where the forecast goes from the last value. */
export function commonInputs(known: Known, centre: Float64Array, scale: number): number[] {
  const { values, observations: n, seasonLength: m, horizon } = known
  const last = values[values.length - 1]!
  return [
    ...[Math.log(n), Math.min(3, n / (m * 10)), flag(m > 1), flag(m >= 7), flag(m > 12), Math.log(m)],
    ...[Math.log(horizon), within(horizon / n, 2)],
    ...Object.values(known.traits as unknown as { [trait: string]: number }),
    signedLog((mean(centre) - last) / scale),
    signedLog((centre[horizon - 1]! - centre[0]!) / scale),
    within(Math.log(scale / (Math.abs(mean(values)) + 1e-300) + 1e-4), 10),
  ]
}

/** How far each member is from the centre, and how it did in the trials next to the others. */
export function memberInputs(
  paths: readonly Float64Array[],
  losses: readonly number[],
  centre: Float64Array,
  scale: number,
): number[] {
  const distances = paths.flatMap((path) => {
    const gaps = path.map((value, h) => (value - centre[h]!) / scale)
    return [signedLog(mean(gaps)), signedLog(mean(gaps.map(Math.abs)))]
  })
  const known = Float64Array.from(losses.filter((loss) => loss > 0)).sort()
  const typical = known.length === 0 ? Number.NaN : quantileSorted(known, 0.5)
  return [...distances, ...losses.map((loss) => (loss > 0 ? within(Math.log(loss / typical), 2) : 0))]
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
  const changes = Array.from({ length: RECENT }, (_, k) => change(values[n - 1 - k], values[n - 1 - k - m]))
  const next = ON_THE_WAY.map((share) => {
    const h = Math.round(share * last)
    return change(centre[h], values[n + h - m * Math.ceil((h + 1) / m)])
  })
  const rises = paths.map((path) => change(path[last]! - path[0]!, centre[last]! - centre[0]!))
  const errors = (trials ?? []).flatMap(({ actual, mean: path }) =>
    Array.from(actual, (value, h) => (value - path[h]!) / scale).filter(Number.isFinite),
  )
  return [...changes, ...next, ...rises, errors.length === 0 ? 0 : signedLog(mean(errors))]
}

/** Periods that count as lately, and at least so many seasons. */
const LATELY = 8
const LATELY_SEASONS = 2

/** How the sizes of changes, from one period to the next and over a season, are spread, and whether the last ones are calmer. */
export function calmInputs({ values, seasonLength: m }: Pick<Known, 'values' | 'seasonLength'>): number[] {
  return [1, m].flatMap((lag) => {
    const sizes = values.subarray(lag).map((value, t) => Math.abs(value - values[t]!))
    if (sizes.length < LATELY) return [0, 0, 0]
    const lately = mean(sizes.slice(-Math.max(LATELY, LATELY_SEASONS * m)))
    const all = mean(sizes)
    if (!(all > 0)) return [0, 0, 0]
    const sorted = sizes.sort()
    const relative = (size: number): number => Math.log(size / all + 0.01)
    return [relative(quantileSorted(sorted, 0.5)), relative(quantileSorted(sorted, 0.95)), relative(lately)]
  })
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
      const [low95, low, high, high95] = quantiles.map((each) => each[h]!) as [number, number, number, number]
      const side = actual[h]! > path[h]! ? high - path[h]! : path[h]! - low
      ratios.push(Math.abs(actual[h]! - path[h]!) / Math.max(side, 1e-9 * scale))
      inside95 += flag(actual[h]! >= low95 && actual[h]! <= high95)
    }
  const count = ratios.length
  if (count === 0) return [0, 0, 0, 0, 0, 0, 0]
  const sorted = Float64Array.from(ratios).sort()
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
  const errors = (known.trials ?? []).flatMap(({ actual, mean: path }) => {
    const whole = actual.reduce((sum, value) => sum + value, 0)
    const error = Math.abs(path.reduce((sum, value) => sum + value, 0) - whole) / Math.abs(whole)
    return Number.isFinite(error) ? [Math.log(error + 0.01)] : []
  })
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
export function sparseInputs({ zeros, observations, interval, cv2 }: Features): number[] {
  return [zeros / observations, within(Math.log(interval), 4), within(Math.log1p(cv2), 3)]
}
