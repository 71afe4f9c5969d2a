import type { Record as Trials } from '../../src/automl/combination/contract.ts'
import { equalWeights } from '../../src/automl/combination/contract.ts'
import { stackedWeights } from '../../src/automl/combination/stacked.ts'
import { type Coefficients, cohortOf } from '../../src/automl/learned/index.ts'
import type { Row } from './rows.ts'

const LEAST_ROWS = 100
/** Scaled errors beyond this count as so much: squares would listen to nothing else. */
const MOST = 10

/** The weights on the simplex with the least scaled squares over all windows of a cohort. */
export function cohortsOf(rows: readonly Row[]): Coefficients['cohorts'] {
  const mixed = rows.filter(({ inputs }) => inputs !== null)
  const groups = Map.groupBy(mixed, ({ known }) => cohortOf(known.seasonLength, known.observations))
  const found: [string, Record<string, number>][] = []
  for (const [cohort, each] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (each.length < LEAST_ROWS) continue
    const names = each[0]!.names.slice(0, each[0]!.members.length)
    const records = names.map(
      (_, i): Trials =>
        each.map((row) => {
          const cap = (value: number): number => Math.max(-MOST, Math.min(MOST, value / row.known.scale))
          const actual = row.future.map((value, h) => cap(value - row.centre[h]!))
          const mean = actual.map((_, h) => cap(row.members[i]!.mean[h]! - row.centre[h]!))
          return { origin: { at: 0, steps: actual.length }, actual, mean, forecast: row.members[i]!, quantiles: null }
        }),
    )
    const weights = stackedWeights(records, equalWeights(names.length))
    found.push([cohort, Object.fromEntries(names.map((name, i) => [name, Number(weights[i]!.toPrecision(4))]))])
  }
  return Object.fromEntries(found)
}
