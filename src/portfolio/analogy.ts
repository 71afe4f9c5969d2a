import { asScore, grade } from '../automl/grade.ts'
import type { Outcome, PublishedForecast } from '../automl/outcome.ts'
import { stockFigures } from '../automl/stock-figures.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { Totals } from '../inventory/stock.ts'
import { gammaCdf, gammaQuantile } from '../math/distribution/gamma.ts'
import { median } from '../math/quantile.ts'
import { code } from '../messages.ts'
import { gridSd } from '../models/grid.ts'
import { endOf, type Member } from './member.ts'
import { withFigures } from './revise.ts'

const ANALOGY = 'analogy'

/** A new item has fewer observations than this, or than one season of at most twelve periods. */
const NEW = 6
const MOST_NEW = 12
/** Neighbours that are asked, and that are needed. */
const MOST = 8
const LEAST = 3
/** Two seasons a neighbour must have, and so many periods beside those that both have. */
const LEAST_HISTORY = 12

const isNew = ({ values, seasonLength }: Member): boolean =>
  observed(values).length < Math.max(NEW, Math.min(seasonLength, MOST_NEW))

/**
 * New items by the course of items like them: the level of their own few periods, times what each neighbour is forecast to
 * be over its own level of the same periods (the median), with a spread made of what the neighbours disagree by, of their
 * own spread, and of how little few periods tell of a level. Others stay as they are.
 */
export function byAnalogy(members: readonly Member[]): SeriesResult[] {
  const fresh = members.map((member) => isNew(member))
  if (!fresh.includes(true)) return members.map(({ result }) => result)
  const together = Map.groupBy(
    members.filter((_, i) => !fresh[i]),
    (member) => endOf(member),
  )
  return members.map((member, i) => {
    const known = fresh[i] ? (together.get(endOf(member)) ?? []) : []
    return (known.length < LEAST ? null : alike(member, known)) ?? member.result
  })
}

interface Neighbour {
  readonly member: Member
  readonly forecast: PublishedForecast
  /** Its mean over the periods that the new item has. */
  readonly level: number
  /** Its standard deviation there, over the level. */
  readonly variation: number
  readonly distance: number
}

function alike(member: Member, known: readonly Member[]): SeriesResult | null {
  const { result, values } = member
  const { outcome } = result
  const own = observed(values)
  const level = mean(own)
  if (outcome === null || outcome.forecast === null || !(level > 0) || values.some((value) => value < 0)) return null
  const neighbours = known
    .flatMap((other) => neighbourOf(member, level, other))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
  if (neighbours.length < LEAST) return null
  const horizon = outcome.forecast.mean.length
  const growth = (h: number): Float64Array =>
    Float64Array.from(neighbours, ({ forecast, level: theirs }) => forecast.mean[h]! / theirs)
  const counts = values.every((value) => Number.isNaN(value) || Number.isInteger(value))
  // of the level: the neighbours' variation over as few periods, and of pieces what chance alone does
  const byFew = median(Float64Array.from(neighbours, ({ variation }) => variation)) ** 2
  const levelVariance = Math.max(byFew, counts ? 1 / level : 0) / own.length
  const point = new Float64Array(horizon)
  const relative = new Float64Array(horizon)
  const common = new Float64Array(horizon)
  const spreads = neighbours.map(({ forecast: { mean: theirs, bands } }) =>
    gridSd(bands!.probabilities, bands!.values, horizon).map((sd, h) => sd / Math.max(theirs[h]!, Number.MIN_VALUE)),
  )
  for (let h = 0; h < horizon; h++) {
    const ratios = growth(h)
    const middle = median(ratios)
    point[h] = level * middle
    const between = middle > 0 ? ratios.reduce((sum, each) => sum + (each / middle - 1) ** 2, 0) / ratios.length : 1
    const within = median(Float64Array.from(spreads, (spread) => spread[h]!)) ** 2
    const chance = counts && point[h]! > 0 ? Math.max(0, 1 / point[h]! - 1 / meanLevel(neighbours)) : 0
    common[h] = between + levelVariance
    relative[h] = Math.sqrt(common[h]! + within + chance)
  }
  const forecast = published(point, relative, common, outcome.forecast, neighbours[0]!.forecast, counts)
  const names = neighbours.map(({ member: { result: other } }) => other.name)
  return withFigures(
    { ...result, outcome: told(outcome, forecast, point, relative, common, names, own.length, counts) },
    {
      likeItems: names,
    },
  )
}

function neighbourOf(member: Member, level: number, other: Member): Neighbour[] {
  const forecast = other.result.outcome?.forecast ?? null
  const least = Math.max(2 * other.seasonLength, member.values.length + LEAST_HISTORY)
  if (forecast?.bands == null || other.values.length < least || other.values.some((value) => value < 0)) return []
  const same = observed(other.values.subarray(other.values.length - member.values.length))
  const theirs = mean(same)
  if (!(theirs > 0) || forecast.mean.length !== member.result.horizon) return []
  const sd = Math.sqrt(same.reduce((sum, value) => sum + (value - theirs) ** 2, 0) / Math.max(1, same.length - 1))
  const distance = unlike(member.group, other.group) + Math.abs(Math.log(theirs / level)) / Math.LN10
  return [{ member: other, forecast, level: theirs, variation: sd / theirs, distance }]
}

/** What two items do not share of their columns: as much as a level ten times higher for each. */
function unlike(a: Member['group'], b: Member['group']): number {
  return Object.keys(a).filter((column) => a[column] !== b[column]).length
}

/** Quantiles of a gamma at each step, on the grid of the others. */
function published(
  point: Float64Array,
  relative: Float64Array,
  common: Float64Array,
  own: PublishedForecast,
  like: PublishedForecast,
  counts: boolean,
): PublishedForecast {
  const probabilities = own.bands?.probabilities ?? like.bands!.probabilities
  const width = probabilities.length
  const values = Float64Array.from({ length: point.length * width }, (_, k) => {
    const h = Math.floor(k / width)
    const value = gammaAt(probabilities[k % width]!, point[h]!, relative[h]!)
    return counts ? Math.round(value) : value
  })
  // an error of the level stays: its share of the variance is how steps go together
  const shared = common[0]! / relative[0]! ** 2
  const response = point.map((_, h) => (h === 0 ? 1 : shared))
  return { mean: point, bands: { probabilities, values, response } }
}

const gammaAt = (p: number, centre: number, relative: number): number =>
  centre > 0 && relative > 0 ? gammaQuantile(p, 1 / relative ** 2, centre * relative ** 2) : centre

/** The answer under its own name: whoever reads it sees that it comes from others. */
function told(
  outcome: Outcome,
  forecast: PublishedForecast,
  point: Float64Array,
  relative: Float64Array,
  common: Float64Array,
  names: readonly string[],
  observations: number,
  counts: boolean,
): Outcome {
  const totals = totalsLike(point, relative, common)
  const { inventory, confidenceTolerance: tolerance } = outcome
  const whole = totals.mean(point.length)
  const near =
    whole > 0
      ? totals.chance(point.length, whole * (1 + tolerance)) - totals.chance(point.length, whole * (1 - tolerance))
      : 0
  const score = asScore(near)
  return {
    ...outcome,
    status: 'success',
    because: null,
    used: ANALOGY,
    label: `Analogy of ${names.length}`,
    members: [{ model: ANALOGY, label: `Analogy of ${names.length}`, weight: 1 }],
    forecast,
    confidenceScore: score,
    confidenceGrade: grade(score),
    beatsNaive: null,
    metrics: null,
    inventory: inventory && stockFigures(totals, { ...inventory, leadTimes: [] }, 'gamma', counts, 1),
    whyChosen: [code('by_analogy', { count: names.length, names: names.join(', '), observations })],
    risk: [
      ...outcome.risk.filter((each) => each.code !== 'risk_low_confidence'),
      code('risk_by_analogy', { observations }),
    ],
  }
}

/** Totals as gamma: what steps have in common adds up, the rest averages out. Beyond the horizon its last step goes on. */
function totalsLike(point: Float64Array, relative: Float64Array, common: Float64Array) {
  const last = point.length - 1
  const moments = (periods: number): { mean: number; relative: number } => {
    let total = 0
    let shared = 0
    let single = 0
    for (let h = 0; h < periods; h++) {
      const step = Math.min(h, last)
      total += point[step]!
      shared += point[step]! * Math.sqrt(common[step]!)
      single += point[step]! ** 2 * (relative[step]! ** 2 - common[step]!)
    }
    return { mean: total, relative: total > 0 ? Math.sqrt(shared ** 2 + single) / total : 0 }
  }
  return {
    mean: (periods: number) => moments(periods).mean,
    quantile(periods: number, p: number) {
      const { mean: total, relative: spread } = moments(periods)
      return gammaAt(p, total, spread)
    },
    chance(periods: number, limit: number) {
      const { mean: total, relative: spread } = moments(periods)
      return spread > 0 ? gammaCdf(limit, 1 / spread ** 2, total * spread ** 2) : Number(limit >= total)
    },
  } satisfies Totals & { chance(periods: number, limit: number): number }
}

const observed = (values: Float64Array): Float64Array => values.filter((value) => !Number.isNaN(value))
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
const meanLevel = (neighbours: readonly Neighbour[]): number =>
  neighbours.reduce((sum, { level }) => sum + level, 0) / neighbours.length
