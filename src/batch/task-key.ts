import { createHash, type Hash } from 'node:crypto'
import type { Task } from './task.ts'

/**
 * 128 bits, in hexadecimal, that stand for everything an answer depends on: values, season, calendar, regressors and
 * companions, options and the version of the engine. Not the name: renamed copies of a series have one answer. -0 counts
 * as 0, and every missing value as the same one.
 */
export function taskKey({ series, options }: Pick<Task, 'series' | 'options'>, engine: string): string {
  const { values, seasonLength, calendar, furtherSeasons = [], regressors, companions } = series
  const hash = createHash('sha256')
  const columns = [values, ...(regressors?.columns ?? []), ...(companions?.columns ?? [])]
  const sizes = columns.map(({ length }) => length)
  const names = [regressors?.names ?? null, companions?.names ?? null, companions?.links ?? null]
  hash.update(JSON.stringify([engine, seasonLength, furtherSeasons, calendar, names, sizes, options]))
  for (const column of columns) numbers(hash, column)
  return hash.digest('hex').slice(0, 32)
}

function numbers(hash: Hash, column: Float64Array): void {
  const plain = column.map((value) => (Number.isNaN(value) ? Number.NaN : value + 0))
  hash.update(new Uint8Array(plain.buffer))
}
