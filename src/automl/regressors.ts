import { orthogonalColumns, residualOf, without } from '../math/orthogonal-columns.ts'
import { dot } from '../math/vector.ts'
import { type LocatedProblem, problem } from '../messages.ts'
import { interpolate } from '../series/missing.ts'
import type { Regressors } from '../series/regressors.ts'
import type { Series } from '../series/series.ts'
import { autoregression, filtered } from '../series/whiten.ts'
import { holidayColumns } from './holiday-columns.ts'
import { lineAndWaves } from './line-and-waves.ts'
import type { Holiday } from './outcome.ts'

/** More of a history without a regressor's value than this, and the regressor is left aside. */
const MOST_MISSING = 0.05
/** Observations that each regressor costs. */
const PER_REGRESSOR = 10
/** An effect smaller than this many standard errors is not told from chance. */
const LEAST_T = 2

export interface UsableRegressors {
  /** What may be used, known over the periods needed; null where nothing is. */
  readonly regressors: Regressors | null
  /** Periods ahead for which all of them are known. */
  readonly ahead: number
  readonly problems: readonly LocatedProblem[]
}

/**
 * The regressors of a series that can be used over `needed` periods ahead, and the holidays that show an effect. Every
 * regressor given and not used is listed: `regressor_future_missing`, `regressor_dropped`. Holidays without an effect are
 * left out in silence: nobody asked for each of them.
 */
export function usableRegressors(
  series: Series,
  holidays: readonly Holiday[],
  needed: number,
  steps: number,
): UsableRegressors {
  const { values, name: place, calendar } = series
  const n = values.length
  const problems: LocatedProblem[] = []
  const drop = (name: string, cause: string): void =>
    void problems.push(problem('regressor_dropped', { name, cause }, { series: place }))
  const given = series.regressors ?? { names: [], columns: [] }
  const kept: { name: string; column: Float64Array; asked: boolean }[] = []
  let ahead = Number.POSITIVE_INFINITY
  for (const [c, name] of given.names.entries()) {
    const column = given.columns[c]!
    let known = 0
    while (n + known < column.length && Number.isFinite(column[n + known]!)) known++
    const past = column.subarray(0, n)
    const missing = n - past.reduce((count, value) => count + Number(Number.isFinite(value)), 0)
    if (known < needed) problems.push(problem('regressor_future_missing', { name, known, needed }, { series: place }))
    else if (missing > MOST_MISSING * n || past.length < n) drop(name, 'missing')
    else if (past.every((value) => !Number.isFinite(value) || value === past[0])) drop(name, 'constant')
    else {
      kept.push({ name, column, asked: true })
      ahead = Math.min(ahead, known)
    }
  }
  if (holidays.length > 0 && calendar !== null) {
    const { names, columns } = holidayColumns(holidays, calendar, n + Math.max(steps, needed))
    for (const [c, name] of names.entries()) kept.push({ name, column: columns[c]!, asked: false })
  }
  if (kept.length === 0) return { regressors: null, ahead, problems }
  const verdicts = judge(
    series,
    kept.map(({ column }) => column),
  )
  const used = kept.filter(({ name, asked }, i) => {
    const verdict = verdicts[i]!
    if (verdict !== 'kept' && asked) drop(name, verdict)
    return verdict === 'kept'
  })
  const regressors = { names: used.map(({ name }) => name), columns: used.map(({ column }) => column) }
  return { regressors: used.length === 0 ? null : regressors, ahead, problems }
}

type Verdict = 'kept' | 'collinear' | 'too_many' | 'no_effect'

/**
 * Which columns show an effect: regression on a line, the season and the columns, whitened by the autoregression of what
 * is left; the column of the smallest t is taken out until all that stay count (backward elimination).
 */
function judge(series: Series, columns: readonly Float64Array[]): Verdict[] {
  const { values, seasonLength } = series
  const n = values.length
  const y = interpolate(values, seasonLength)
  const base = lineAndWaves(n, seasonLength)
  const verdicts = new Array<Verdict>(columns.length).fill('collinear')
  const most = Math.floor(n / PER_REGRESSOR)
  const filled = columns.map((column) => interpolate(column.subarray(0, n)))
  const ar = autoregression(residualOf(y, [...base, ...filled.slice(0, most)]), Math.min(10, Math.max(3, seasonLength)))
  const white = (column: Float64Array): Float64Array => filtered(column, ar)
  const whiteBase = base.map(white)
  const { basis } = orthogonalColumns(whiteBase)
  const target = without(white(y), basis)
  const { kept } = orthogonalColumns(filled.map(white), whiteBase)
  let alive = kept.slice(0, most)
  for (const at of kept.slice(most)) verdicts[at] = 'too_many'
  const free = new Map(alive.map((at) => [at, without(white(filled[at]!), basis)]))
  while (alive.length > 0) {
    const t = tStatistics(
      target,
      alive.map((at) => free.get(at)!),
      whiteBase.length,
    )
    let weakest = 0
    for (const [i, value] of t.entries()) if (Math.abs(value) < Math.abs(t[weakest]!)) weakest = i
    if (Math.abs(t[weakest]!) >= LEAST_T) break
    verdicts[alive[weakest]!] = 'no_effect'
    alive = alive.toSpliced(weakest, 1)
  }
  for (const at of alive) verdicts[at] = 'kept'
  return verdicts
}

/** t of each column in a regression on all of them, by the inverse of their products. */
function tStatistics(y: Float64Array, columns: readonly Float64Array[], spent: number): Float64Array {
  const k = columns.length
  const { basis, combination } = orthogonalColumns(columns)
  const n = y.length
  let squares = dot(y, y)
  const coefficients = new Float64Array(k)
  const variances = new Float64Array(k)
  for (const [j, column] of basis.entries()) {
    const share = dot(y, column) / n
    squares -= share * share * n
    for (const [i, weight] of combination[j]!.entries()) {
      coefficients[i]! += weight * share
      variances[i]! += (weight * weight) / n
    }
  }
  const variance = Math.max(squares, 1e-24 * dot(y, y)) / Math.max(1, n - k - spent)
  return coefficients.map((value, i) => value / Math.sqrt(variance * variances[i]!))
}
