import { hash } from 'node:crypto'
import { findLeaders, type Led, MOST_COMPARED, withColumns } from '../automl/groups/index.ts'
import type { CheckpointStore } from '../batch/checkpoint.ts'
import type { Task } from '../batch/task.ts'
import { taskKey } from '../batch/task-key.ts'
import { engineVersion } from '../batch/version.ts'
import { endOf } from '../portfolio/member.ts'
import type { Series } from '../series/series.ts'

/**
 * The same tasks; a series that others of its frequency and end were found to lead has them as companions. To find them is
 * dear: what was found for the same series is taken from the checkpoint.
 */
export function withCompanions(tasks: readonly Task[], checkpoint: CheckpointStore | null): Task[] {
  const together = Map.groupBy(tasks, ({ series }) => endOf(series))
  const found = new Map<string, Series['companions']>()
  for (const each of together.values()) {
    const series = each.map((task) => task.series)
    for (const [name, companions] of withColumns(series, leadersOf(each, checkpoint))) found.set(name, companions)
  }
  return tasks.map((task) => {
    const companions = found.get(task.series.name)
    return companions === undefined ? task : { ...task, series: { ...task.series, companions } }
  })
}

function leadersOf(tasks: readonly Task[], checkpoint: CheckpointStore | null): ReadonlyMap<string, Led> {
  const series = tasks.map((task) => task.series)
  if (checkpoint === null || series.length < 2 || series.length > MOST_COMPARED) return findLeaders(series)
  const engine = `${engineVersion()}|leaders`
  const each = tasks.map((task) => [task.series.name, taskKey({ series: task.series, options: NONE }, engine)])
  const key = hash('sha256', JSON.stringify(each)).slice(0, 32)
  const [known] = checkpoint.find([key])
  if (known != null) return new Map(JSON.parse(Buffer.from(known).toString()) as [string, Led][])
  const found = findLeaders(series)
  // only saves the next run the search; a disk that fails says so when an answer is kept
  checkpoint.keep([{ key, body: Buffer.from(JSON.stringify([...found])) }]).catch(() => {})
  return found
}

/** Who leads whom depends on no option. */
const NONE = {} as Task['options']
