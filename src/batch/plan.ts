import type { Task } from './task.ts'

const EFFORT = { fast: 1, balanced: 3, thorough: 10 } as const
/** Work a series costs whatever its length, in observations. */
const FIXED = 40
/** Beyond this many observations a search works on no more than the tail. */
const LONGEST = 5000
/** Chunks a worker gets in an even split: enough to even out wrong estimates, few enough to keep messages rare. */
const CHUNKS_PER_WORKER = 8

/** As in the guide; the pool puts chunks together where series take next to nothing. */
export const DEFAULT_CHUNK_SIZE = 10

/** Relative time a task will probably take; only compared with other tasks. */
export function cost({
  series,
  options,
}: {
  readonly series: Pick<Task['series'], 'values' | 'seasonLength'>
  readonly options: Pick<Task['options'], 'maxModelsToTry' | 'effort'>
}): number {
  const seasonal = series.seasonLength > 1 ? 1 + Math.log2(series.seasonLength) : 1
  return (FIXED + Math.min(series.values.length, LONGEST)) * seasonal * options.maxModelsToTry * EFFORT[options.effort]
}

/** One in so many goes first, of a portfolio that has at least so many. */
const SAMPLED = 8
const WORTH_SAMPLING = 40

/**
 * Splits tasks into chunks, longest first, so that no long series is left for the end; in front of them, so that the time
 * left can be told early, every eighth of that order. A chunk holds at most `chunkSize` tasks and about an eighth of one
 * worker's share of the work. Ties keep the portfolio's order. The answers do not depend on the split.
 */
export function plan(tasks: readonly Task[], workers: number, chunkSize = DEFAULT_CHUNK_SIZE): Task[][] {
  const costs = tasks.map(cost)
  const places = tasks.map((_, i) => i)
  const longestFirst = places.sort((a, b) => costs[b]! - costs[a]! || tasks[a]!.index - tasks[b]!.index)
  const isSample = (position: number): boolean => tasks.length >= WORTH_SAMPLING && position % SAMPLED === 0
  const sample = longestFirst.filter((_, i) => isSample(i))
  const sorted = [...sample, ...longestFirst.filter((_, i) => !isSample(i))]
  const total = sorted.reduce((sum, place) => sum + costs[place]!, 0)
  const share = total / (workers * CHUNKS_PER_WORKER)
  const chunks: Task[][] = []
  let chunk: Task[] = []
  let filled = 0
  for (const place of sorted) {
    const next = costs[place]!
    if (chunk.length > 0 && (chunk.length >= chunkSize || filled + next > share)) {
      chunks.push(chunk)
      chunk = []
      filled = 0
    }
    chunk.push(tasks[place]!)
    filled += next
  }
  if (chunk.length > 0) chunks.push(chunk)
  return chunks
}
