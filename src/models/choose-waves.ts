import { orthogonalColumns, residualOf, without } from '../math/orthogonal-columns.ts'
import { dot } from '../math/vector.ts'
import { fourierTerms, mostHarmonics, type Waves } from '../series/fourier.ts'
import { interpolate, observedRange } from '../series/missing.ts'
import type { Series } from '../series/series.ts'
import { autoregression, filtered } from '../series/whiten.ts'
import { scaled } from './scaled.ts'

/** Pairs of waves tried for one season by `auto`. */
const MOST_PAIRS = 30
/** Full seasons that have to be seen. */
const LEAST_SEASONS = 2
/** Order of the autoregression that whitens what is left, at most. */
const MOST_LAGS = 10

/** Seasons of a series that its length shows at least twice, the main one first. */
export const seasonsOf = ({ values, seasonLength, furtherSeasons = [] }: Series): number[] =>
  [seasonLength, ...furtherSeasons].filter((period) => period > 1 && LEAST_SEASONS * period <= values.length)

/**
 * Waves for each season of a series: `harmonics` pairs, or by `auto` the number of the smallest AICc of a regression on
 * them, on a series whitened by the autoregression of what all of them leave, so that a slow drift is no season.
 * A season whose waves another's already hold (7 and 28) gives only the others. `admit`: a season has to lower the BIC as
 * well, since slow drifts look like waves; or the AICc alone, for models whose waves may fade.
 */
export function chooseWaves(series: Series, harmonics: number | 'auto', admit: 'bic' | 'aicc' = 'bic'): Waves[] {
  const seasons = seasonsOf(series)
  if (harmonics !== 'auto')
    return seasons.map((period) => ({ period, harmonics: Math.min(harmonics, mostHarmonics(period)) }))
  const range = observedRange(series.values)
  if (range === null || seasons.length === 0) return []
  const complete = interpolate(series.values.slice(range.first, range.last + 1), series.seasonLength)
  const { y } = scaled(complete)
  const most = Math.max(1, Math.floor(Math.min(MOST_PAIRS, y.length / (4 * seasons.length))))
  const all = seasons.map((period) => ({ period, harmonics: Math.min(most, mostHarmonics(period)) }))
  const { ones, line, waves: columns, basis } = columnsFor(all, range.first, y.length)
  const ar = autoregression(without(y, basis), MOST_LAGS)
  const white = (column: Float64Array): Float64Array => filtered(column, ar)
  let rest = residualOf(white(y), [white(ones), white(line)])
  const chosen: Waves[] = []
  const taken: Float64Array[] = [white(ones), white(line)]
  for (const [i, waves] of all.entries()) {
    const own = columns[i]!.map(white)
    const best = bestCount(rest, taken, own, waves, admit === 'aicc')
    if (best === 0) continue
    chosen.push({ period: waves.period, harmonics: best })
    taken.push(...own.slice(0, 2 * best))
    rest = residualOf(rest, taken)
  }
  return chosen
}

/** What a series is explained by, and an orthogonal basis of all of it. */
interface Columns {
  readonly ones: Float64Array
  readonly line: Float64Array
  /** Of each season. */
  readonly waves: readonly (readonly Float64Array[])[]
  readonly basis: readonly Float64Array[]
}

/** Series after series is as long and has the same seasons. */
let known: { readonly key: string; readonly columns: Columns } | null = null

function columnsFor(all: readonly Waves[], first: number, length: number): Columns {
  const key = JSON.stringify([all, first, length])
  if (known?.key === key) return known.columns
  const ones = new Float64Array(length).fill(1)
  const line = Float64Array.from({ length }, (_, t) => t)
  const waves = all.map((each) => fourierTerms(each, first, length))
  const { basis } = orthogonalColumns([ones, line, ...waves.flat()])
  known = { key, columns: { ones, line, waves, basis } }
  return known.columns
}

/** The number of pairs with the smallest AICc; 0 where no number has a smaller BIC than none: slow drifts look like waves. */
function bestCount(
  y: Float64Array,
  taken: readonly Float64Array[],
  columns: readonly Float64Array[],
  { harmonics }: Waves,
  lenient: boolean,
): number {
  const n = y.length
  const { kept, basis } = orthogonalColumns([...taken, ...columns])
  let squares = dot(y, y)
  const criterion = (k: number): number =>
    n - k - 2 > 0 ? n * Math.log(Math.max(squares, 1e-300)) + (2 * (k + 1) * n) / (n - k - 2) : Number.POSITIVE_INFINITY
  let best = 0
  let lowest = Number.POSITIVE_INFINITY
  let strict = Number.POSITIVE_INFINITY
  let shown = lenient
  let rank = 0
  let pairs = 0
  const judge = (): void => {
    const value = criterion(rank)
    const bayesian = n * Math.log(Math.max(squares, 1e-300)) + rank * Math.log(n)
    if (pairs === 0) strict = bayesian
    else if (bayesian < strict) shown = true
    if (value < lowest) {
      lowest = value
      best = pairs
    }
  }
  for (const [j, at] of kept.entries()) {
    const pair = at < taken.length ? 0 : Math.floor((at - taken.length) / 2) + 1
    if (pair > pairs) judge()
    pairs = pair
    squares -= dot(y, basis[j]!) ** 2 / n
    rank++
  }
  judge()
  return shown ? Math.min(best, harmonics) : 0
}
