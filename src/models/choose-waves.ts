import { gains, type NormalEquations, normalEquations, remainder } from '../math/normal-equations.ts'
import { dot } from '../math/vector.ts'
import { centredLine, fourierTerms, mostHarmonics, type Waves } from '../series/fourier.ts'
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
  const { ones, line, waves: columns, equations } = columnsFor(all, range.first, y.length)
  const ar = autoregression(remainder(equations, y), MOST_LAGS)
  const white = (column: Float64Array): Float64Array => filtered(column, ar)
  const taken: Float64Array[] = [white(ones), white(line)]
  let rest = remainder(normalEquations(taken), white(y))
  const chosen: Waves[] = []
  for (const [i, waves] of all.entries()) {
    const own = columns[i]!.map(white)
    const all = normalEquations([...taken, ...own])
    const best = bestCount(rest, taken.length, all, waves, admit === 'aicc')
    if (best === 0) continue
    chosen.push({ period: waves.period, harmonics: best })
    rest = remainder(all, rest, taken.length + Math.min(own.length, 2 * best))
    taken.push(...own.slice(0, 2 * best))
  }
  return chosen
}

/** What a series is explained by, and the normal equations of all of it. */
interface Columns {
  readonly ones: Float64Array
  readonly line: Float64Array
  /** Of each season. */
  readonly waves: readonly (readonly Float64Array[])[]
  readonly equations: NormalEquations
}

/** Series after series is as long and has the same seasons. */
let known: { readonly key: string; readonly columns: Columns } | null = null

function columnsFor(all: readonly Waves[], first: number, length: number): Columns {
  const key = JSON.stringify([all, first, length])
  if (known?.key === key) return known.columns
  const ones = new Float64Array(length).fill(1)
  const line = centredLine(length)
  const waves = all.map((each) => fourierTerms(each, first, length))
  const equations = normalEquations([ones, line, ...waves.flat()])
  known = { key, columns: { ones, line, waves, equations } }
  return known.columns
}

/** The number of pairs with the smallest AICc; 0 where no number has a smaller BIC than none: slow drifts look like waves. */
function bestCount(
  y: Float64Array,
  taken: number,
  equations: NormalEquations,
  { harmonics }: Waves,
  lenient: boolean,
): number {
  const n = y.length
  const { columns, factor } = equations
  const gained = gains(equations, y)
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
  for (let at = 0; at < columns.length; at++) {
    if (factor[at * columns.length + at] === 0) continue
    const pair = at < taken ? 0 : Math.floor((at - taken) / 2) + 1
    if (pair > pairs) judge()
    pairs = pair
    squares -= gained[at]!
    rank++
  }
  judge()
  return shown ? Math.min(best, harmonics) : 0
}
