import { difference } from '../../series/difference.ts'
import { interpolate, observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { chooseDifferences } from '../../series/unit-root/choose-differences.ts'
import { chooseWaves } from '../choose-waves.ts'
import { type DesignPlan, designOf, withoutUnknown } from '../design.ts'
import { scaled } from '../scaled.ts'
import type { VarSpec } from './spec.ts'

/** What a vector autoregression is estimated on. The series itself is the first variable, its companions follow. */
export interface VarData {
  readonly names: readonly string[]
  /** Complete, over their scales, differenced where `differences` says so: one column a variable, all of one length. */
  readonly columns: readonly Float64Array[]
  /** Constant, then what is known from outside. */
  readonly outside: readonly Float64Array[]
  readonly scales: readonly number[]
  readonly differences: readonly number[]
  /** The last value of each variable before differencing. */
  readonly lastLevels: readonly number[]
  readonly plan: DesignPlan
  /** Periods of the series before the first row of the columns. */
  readonly skipped: number
}

/** Waves of each season beyond these are noise to a system of a few lags. */
const MOST_PAIRS = 6

/** From a series with its companions; null where no period holds all of them. */
export function dataOf(
  series: Series,
  { differences: wanted }: VarSpec,
  known: Pick<VarData, 'differences' | 'plan'> | null = null,
): VarData | null {
  const { name, values, companions = { names: [], columns: [] } } = series
  const n = values.length
  const design = designOf(series, known?.plan.waves ?? [])
  const raw = [withoutUnknown(values, design), ...companions.columns.map((column) => column.slice(0, n))]
  const ranges = raw.map((column) => observedRange(column))
  if (ranges.some((range) => range === null)) return null
  const first = Math.max(...ranges.map((range) => range!.first))
  if (first >= n) return null
  const complete = raw.map((column) => interpolate(column.subarray(first), series.seasonLength))
  const differences = known?.differences ?? complete.map((column) => (wanted === 'auto' ? needed(column) : wanted))
  const waves = known?.plan.waves ?? wavesOf(series, complete)
  const { plan, columns } = known === null ? designOf(series, waves) : design
  const lost = Math.max(...differences)
  const changed = complete.map((column, i) => (differences[i] === 1 ? difference(column) : column))
  const cut = changed.map((column) => column.subarray(column.length - (n - first - lost)))
  const sizes = cut.map(scaled)
  // a regressor explains the change of a series by its own change; waves are waves after differencing
  const regressors = columns
    .slice(0, plan.regressors.length)
    .map((column) => (differences[0] === 1 ? difference(column).subarray(first) : column.subarray(first)))
  const rows = n - first - lost
  const outside = [
    new Float64Array(rows).fill(1),
    ...regressors.map((column) => column.subarray(column.length - rows)),
    ...columns.slice(plan.regressors.length).map((column) => column.subarray(first + lost)),
  ]
  return {
    names: [name, ...companions.names],
    columns: sizes.map(({ y }) => y),
    outside,
    scales: sizes.map(({ scale }) => scale),
    differences,
    lastLevels: complete.map((column) => column.at(-1)!),
    plan,
    skipped: first + lost,
  }
}

const needed = (column: Float64Array): number => Math.min(1, chooseDifferences(column, 1).d)

/** Waves that any of the variables shows. */
function wavesOf(series: Series, columns: readonly Float64Array[]) {
  const { seasonLength, furtherSeasons } = series
  const most = new Map<number, number>()
  for (const column of columns) {
    const alone = { name: '', values: column, seasonLength, calendar: null, ...(furtherSeasons && { furtherSeasons }) }
    for (const { period, harmonics } of chooseWaves(alone, 'auto'))
      most.set(period, Math.max(most.get(period) ?? 0, Math.min(harmonics, MOST_PAIRS)))
  }
  const rows = columns[0]!.length
  return [...most].map(([period, harmonics]) => ({
    period,
    harmonics: Math.min(harmonics, Math.max(1, Math.floor(rows / 8))),
  }))
}
