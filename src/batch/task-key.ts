import { hash } from 'node:crypto'
import type { Task } from './task.ts'

/** Objects that many series share, as text. */
const texts = new WeakMap<object, string>()
let scratch = Buffer.alloc(1 << 16)

/**
 * 128 bits, in hexadecimal, that stand for everything an answer depends on: values, season, calendar, regressors and
 * companions, options, what is carried over, and the version of the engine. Not the name: renamed copies of a series have one answer. -0 counts
 * as 0, and every missing value as the same one.
 */
export function taskKey(
  { series, options, carried }: Pick<Task, 'series' | 'options' | 'carried'>,
  engine: string,
): string {
  const { values, seasonLength, calendar, furtherSeasons = [], regressors, companions } = series
  const columns = [values, ...(regressors?.columns ?? []), ...(companions?.columns ?? [])]
  const sizes = columns.map(({ length }) => length)
  const names = [regressors?.names ?? null, companions?.names ?? null, companions?.links ?? null]
  const own = JSON.stringify([engine, seasonLength, furtherSeasons, names, sizes, carried?.hash])
  const head = `${own}\n${textOf(calendar)}\n${textOf(options)}\n`
  const room = 3 * head.length + 8 * sizes.reduce((sum, size) => sum + size, 0)
  if (scratch.length < room) scratch = Buffer.alloc(2 * room)
  let at = scratch.write(head)
  for (const column of columns) at = numbers(column, at)
  return hash('sha256', scratch.subarray(0, at)).slice(0, 32)
}

function textOf(shared: object | null): string {
  if (shared === null) return ''
  const known = texts.get(shared)
  if (known !== undefined) return known
  const text = JSON.stringify(shared)
  texts.set(shared, text)
  return text
}

/** Writes a column where there is room; gives where it ends. */
function numbers(column: Float64Array, at: number): number {
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!
    scratch.writeDoubleLE(Number.isNaN(value) ? Number.NaN : value + 0, at + 8 * i)
  }
  return at + 8 * column.length
}
