import { findGroups } from '../automl/groups/index.ts'
import type { Task } from '../batch/task.ts'
import { periodDate } from '../series/calendar.ts'
import type { Series } from '../series/series.ts'

/** The same tasks; a series that others of its frequency and end were found to lead has them as companions. */
export function withCompanions(tasks: readonly Task[]): Task[] {
  const together = Map.groupBy(tasks, ({ series }) => endOf(series))
  const found = new Map<string, Series['companions']>()
  for (const each of together.values())
    for (const [name, companions] of findGroups(each.map(({ series }) => series))) found.set(name, companions)
  return tasks.map((task) => {
    const companions = found.get(task.series.name)
    return companions === undefined ? task : { ...task, series: { ...task.series, companions } }
  })
}

/** Series with the same one can be compared period by period: their frequency and last date, or their length without dates. */
function endOf({ calendar, values, seasonLength }: Series): string {
  if (calendar === null) return `${values.length}/${seasonLength}`
  const { unit, step } = calendar.frequency
  return `${step} ${unit} ${periodDate(calendar, values.length - 1)}`
}
