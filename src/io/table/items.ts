import { problem } from '../../messages.ts'
import type { Frequency } from '../../series/calendar.ts'
import { frequencyName } from '../../series/frequency-name.ts'
import type { NameRegister } from '../names.ts'
import type { PortfolioItem } from '../portfolio.ts'
import type { ProblemList } from '../problem-list.ts'
import type { ReadOptions } from '../read-options.ts'
import { type Made, makeItem, type ReadTable } from './item.ts'

/** Series that must agree before one of few dates takes their frequency, and the share of them. */
const LEAST_AGREEING = 3
const MAJORITY = 0.6
/** Dates below which, or share of neighbours one step apart below which, a frequency is a guess. */
const FEW_DATES = 6
const FEW_ADJACENT = 0.5

const keyOf = ({ unit, step }: Frequency): string => `${step}${unit}`

/**
 * All series of a table. A series of few or scattered dates takes the frequency that most others have: a part sold four
 * times is no yearly series. One that clearly has another frequency keeps it (`frequency_differs`).
 */
export function itemsOf(
  table: ReadTable,
  names: NameRegister,
  options: ReadOptions,
  problems: ProblemList,
): PortfolioItem[] {
  const { read, file } = table
  const made: Made[] = []
  for (let series = 0; series < read.rows.series; series++)
    made.push(makeItem(table, series, names.give(read.names[series]!, file), options))
  const common = options.frequency === undefined ? commonFrequency(made) : null
  if (common !== null)
    for (const [series, { item, evidence }] of made.entries()) {
      const own = item.calendar?.frequency
      if (own !== undefined && keyOf(own) === keyOf(common)) continue
      const weak = evidence.dates < FEW_DATES || evidence.adjacent < FEW_ADJACENT
      if (weak && item.values.length > 0) made[series] = makeItem(table, series, item.name, options, common)
      else if (own !== undefined) {
        const params = { frequency: frequencyName(own), common: frequencyName(common) }
        problems.add(problem('frequency_differs', params, { file, series: item.name }))
      }
    }
  tellUnknownFuture(made, table, problems)
  return made.map(({ item }) => item)
}

function commonFrequency(made: readonly Made[]): Frequency | null {
  const counts = new Map<string, { frequency: Frequency; count: number }>()
  let dated = 0
  for (const { item, evidence } of made) {
    const frequency = item.calendar?.frequency
    if (frequency === undefined || evidence.dates < FEW_DATES || evidence.adjacent < FEW_ADJACENT) continue
    dated++
    const entry = counts.get(keyOf(frequency)) ?? { frequency, count: 0 }
    entry.count++
    counts.set(keyOf(frequency), entry)
  }
  const most = [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a), {
    frequency: { unit: 'day', step: 1 } as Frequency,
    count: 0,
  })
  return most.count >= LEAST_AGREEING && most.count >= MAJORITY * dated ? most.frequency : null
}

/** Columns that might explain the past of every series, and that say nothing of any future: told once a column. */
function tellUnknownFuture(made: readonly Made[], { layout, file }: ReadTable, problems: ProblemList): void {
  const prices = new Set(layout.extras.attributes.map(({ index }) => index))
  for (const index of layout.extras.regressors) {
    const name = layout.names[index]!
    if (prices.has(index) || made.some(({ item }) => item.regressors?.names.includes(name))) continue
    problems.add(problem('regressor_column_unknown_ahead', { name }, { file, column: name }))
  }
}
