import { type ReadOptions, readFiles } from '../io/read-portfolio.ts'
import { Problem } from '../messages.ts'
import type { SeriesInput } from './portfolio.ts'

/**
 * The series of files, as the input of `fitBatch`: names and what the files tell of each, repaired as `check` lists it.
 * Throws a `Problem` with all that is wrong where no series can be read.
 */
export async function portfolioFromFiles(
  paths: readonly string[],
  options: ReadOptions = {},
): Promise<Map<string, SeriesInput>> {
  const { items, problems } = await readFiles(paths, options)
  if (items.length === 0) throw new Problem(problems[0]!, problems)
  return new Map(
    items.map(({ name, values, calendar, seasonLength, unit, regressors, facts = {}, group }) => {
      const { price, cost, stock, minimumOrder, ...known } = facts
      const { leadTime, serviceLevel, orderMultiple, onOrder, predecessor, endOfLife } = known
      const days = typeof leadTime === 'string' && calendar === null
      const input: SeriesInput = {
        ...{ values, seasonLength, group, orderMultiple, onOrder, predecessor, endOfLife, serviceLevel },
        ...{ unitPrice: price, unitCost: cost, stockOnHand: stock, moq: minimumOrder },
        ...(calendar && { start: calendar.start, frequency: calendar.frequency }),
        ...(unit !== null && { unit }),
        // days are no periods where the step is not known
        ...(!days && { leadTime }),
        ...(regressors && {
          regressors: Object.fromEntries(regressors.names.map((each, k) => [each, regressors.columns[k]!])),
        }),
      }
      return [name, input]
    }),
  )
}
