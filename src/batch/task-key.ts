import { hash } from 'node:crypto'
import type { Series } from '../series/series.ts'
import { areAlike } from './alike.ts'
import type { Task } from './task.ts'

type Keyed = Pick<Task, 'series' | 'options' | 'carried'>

/** 32 bytes, in numbers. */
const DIGEST = 4
/** Digest of all but the numbers, then of each column its length and its values. */
let scratch = new Float64Array(1 << 13)
let bytes = new Uint8Array(scratch.buffer)
/** As much of them as was hashed last. */
let hashed = bytes
const NONE: readonly Float64Array[] = []

/**
 * 128 bits, in hexadecimal, that stand for everything an answer depends on: values, season, calendar, regressors and
 * companions, options, what is carried over, and the version of the engine. Not the name: renamed copies of a series have one answer. -0 counts
 * as 0, and every missing value as the same one.
 */
export function taskKey(task: Keyed, engine: string): string {
  const { values, regressors, companions } = task.series
  const more = regressors || companions ? [...columnsOf(regressors), ...columnsOf(companions)] : NONE
  const room = more.reduce((sum, { length }) => sum + length + 1, DIGEST + values.length + 1)
  if (scratch.length < room) {
    scratch = new Float64Array(2 * room)
    bytes = new Uint8Array(scratch.buffer)
    hashed = bytes
  }
  bytes.set(digestOf(task, engine))
  let at = put(values, DIGEST)
  for (const column of more) at = put(column, at)
  // series of a portfolio are mostly of one length
  if (hashed.length !== 8 * at) hashed = bytes.subarray(0, 8 * at)
  return hash('sha256', hashed).slice(0, 32)
}

/** Writes a column there; where the next one begins. */
function put(column: Float64Array, from: number): number {
  let at = from
  scratch[at++] = column.length
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!
    scratch[at++] = Number.isNaN(value) ? Number.NaN : value + 0
  }
  return at
}

const columnsOf = (of: { readonly columns: readonly Float64Array[] } | undefined): readonly Float64Array[] =>
  of?.columns ?? NONE

interface Asked {
  readonly engine: string
  readonly known: Pick<Series, 'seasonLength' | 'calendar' | 'furtherSeasons'>
  readonly digest: Uint8Array
}

/** What was asked last with the same options: mostly the next series is asked the same. */
const asked = new WeakMap<object, Asked>()

function digestOf(task: Keyed, engine: string): Uint8Array {
  const { series, options } = task
  const { seasonLength, calendar, furtherSeasons, regressors, companions } = series
  if (regressors || companions || task.carried) return digest(task, engine)
  const before = asked.get(options)
  if (before?.engine === engine && areAlike(before.known, series)) return before.digest
  const found = digest(task, engine)
  asked.set(options, { engine, known: { seasonLength, calendar, furtherSeasons }, digest: found })
  return found
}

function digest({ series, options, carried }: Keyed, engine: string): Uint8Array {
  const { seasonLength, calendar, furtherSeasons = [], regressors, companions } = series
  const names = [regressors?.names ?? null, companions?.names ?? null, companions?.links ?? null]
  const text = [engine, seasonLength, furtherSeasons, names, carried?.hash ?? null, textOf(calendar), textOf(options)]
  return hash('sha256', JSON.stringify(text), 'buffer')
}

/** Objects that many series share, as text. */
const texts = new WeakMap<object, string>()

function textOf(shared: object | null): string {
  if (shared === null) return ''
  const known = texts.get(shared)
  if (known !== undefined) return known
  const text = JSON.stringify(shared)
  texts.set(shared, text)
  return text
}
