import type { Outcome, PublishedForecast } from '../automl/outcome.ts'
import { smallArrayFrom } from '../math/small-array.ts'
import type { LocatedProblem } from '../messages.ts'
import { wasCutShort } from './final.ts'
import { listOf, type OutcomeList, outcomeOf } from './outcome-list.ts'
import type { TaskResult } from './task.ts'

interface Place {
  readonly index: number
  readonly series: { readonly name: string }
}

/** An answer without its place in a portfolio. */
export interface Answer {
  readonly status: TaskResult['status']
  readonly outcome: Outcome | null
  readonly problems: readonly LocatedProblem[]
}

/** A text that begins with it stands for a number that JSON has no word for: one that is not finite, -0. */
const MARK = '\u0001'
const ODD: Readonly<Record<string, number | undefined>> = {
  [`${MARK}NaN`]: Number.NaN,
  [`${MARK}Infinity`]: Number.POSITIVE_INFINITY,
  [`${MARK}-Infinity`]: Number.NEGATIVE_INFINITY,
  [`${MARK}-0`]: -0,
}
/**
 * In front: the label (one byte of marks, two of the length of the model's name, one empty), the lengths of mean,
 * probabilities and response, -1 for none, and that of the state. Then the model's name, numbers, the rest, the state.
 */
const HEAD = 20
const MARKED = 1
const CUT_SHORT = 2
const HAS_PROBLEMS = 4
/** The status is what is left of this place. */
const STATUS_AT = 4
const STATUSES: readonly TaskResult['status'][] = ['success', 'fallback', 'failed', 'cancelled']

/** What is told of an answer before it is opened. */
export interface Label {
  readonly status: TaskResult['status']
  /** Whether time, memory or a worker gave out before the models were done. */
  readonly cutShort: boolean
  /** Whether it has problems of its own, besides those of its outcome. */
  readonly hasProblems: boolean
}

/**
 * The bytes of an answer: what crosses threads and lies on disk. The forecast's arrays as they are, the rest as a list in
 * JSON: V8's own format takes two to four times as long. At the end, what the next run can carry on (`carried.ts`). Throws where it is
 * not plain data.
 */
export function encodeAnswer(answer: Answer, state: Uint8Array | null = null): Uint8Array<ArrayBuffer> {
  const { status, outcome, problems } = answer
  const forecast = outcome?.forecast ?? null
  const rest: Rest = [status, outcome && listOf(outcome), problems]
  const marked = !isJson(rest)
  const text = JSON.stringify(marked ? toJson(rest) : rest)
  const { bands = null } = forecast ?? {}
  const arrays = forecast === null ? [] : [forecast.mean]
  if (bands !== null) arrays.push(bands.probabilities, bands.response, bands.values)
  const numbers = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const stateLength = state?.length ?? 0
  const used = outcome?.used ?? ''
  const usedLength = Buffer.byteLength(used)
  const bytes = Buffer.allocUnsafe(HEAD + numbers + usedLength + Buffer.byteLength(text) + stateLength)
  const label =
    (marked ? MARKED : 0) |
    (wasCutShort(answer) ? CUT_SHORT : 0) |
    (problems.length > 0 ? HAS_PROBLEMS : 0) |
    (STATUSES.indexOf(status) << STATUS_AT)
  bytes.writeInt32LE(label | (usedLength << 8), 0)
  bytes.writeInt32LE(forecast?.mean.length ?? -1, 4)
  bytes.writeInt32LE(bands?.probabilities.length ?? -1, 8)
  bytes.writeInt32LE(bands?.response.length ?? -1, 12)
  bytes.writeInt32LE(stateLength, 16)
  bytes.write(used, HEAD)
  let at = HEAD + usedLength
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += array.byteLength
  }
  bytes.write(text, at)
  if (state !== null) bytes.set(state, bytes.length - stateLength)
  return bytes
}

/** What stands on an answer: so that those that were kept can be counted and told apart without being opened. */
export function labelOf(body: Uint8Array): Label {
  const marks = body[0]!
  return {
    status: STATUSES[marks >> STATUS_AT]!,
    cutShort: (marks & CUT_SHORT) !== 0,
    hasProblems: (marks & HAS_PROBLEMS) !== 0,
  }
}

/** Registry name of what answered; empty where nothing did. */
export function usedOf(body: Uint8Array): string {
  const length = usedLengthOf(body)
  if (length === 0) return ''
  let sum = length
  for (let at = HEAD; at < HEAD + length; at++) sum = (Math.imul(sum, 31) + body[at]!) | 0
  const known = names.get(sum)
  if (known !== undefined && isName(known, body, length)) return known
  const name = Buffer.from(body.buffer, body.byteOffset + HEAD, length).toString()
  if (names.size === MOST_NAMES) names.clear()
  names.set(sum, name)
  return name
}

/** Names of models by a sum over their bytes: there are few, and to read them anew takes longer than the rest of a label. */
const names = new Map<number, string>()
const MOST_NAMES = 1000

/** Whether the bytes are this name, which is told of plain letters only. */
function isName(name: string, body: Uint8Array, length: number): boolean {
  if (name.length !== length) return false
  for (let i = 0; i < length; i++) if (name.charCodeAt(i) !== body[HEAD + i]) return false
  return true
}

const usedLengthOf = (body: Uint8Array): number => body[1]! | (body[2]! << 8)

/** The answer for this task, told of its name: it may have been computed under another one. */
export function decodeAnswer(body: Uint8Array, { index, series: { name } }: Place): TaskResult {
  const { status, outcome, problems } = decoded(body)
  if (outcome !== null) outcome.problems = toldOf(name, outcome.problems)
  return { index, status, outcome, problems: toldOf(name, problems) }
}

const toldOf = (name: string, problems: readonly LocatedProblem[]): readonly LocatedProblem[] =>
  problems.every(({ series }) => series === undefined || series === name)
    ? problems
    : problems.map((each) => (each.series === undefined ? each : { ...each, series: name }))

/** What an answer says of a series, told of its name. */
export const decodeOutcome = (body: Uint8Array, name: string): Outcome | null =>
  decodeAnswer(body, { index: 0, series: { name } }).outcome

/** What lies beside an answer for the next run; null where nothing does. */
export function stateOf(body: Uint8Array): Uint8Array | null {
  const length = body[16]! | (body[17]! << 8) | (body[18]! << 16) | (body[19]! << 24)
  return length === 0 ? null : body.subarray(body.length - length)
}

/** All of an answer but the numbers of its forecast, as a list. */
type Rest = readonly [status: Answer['status'], outcome: OutcomeList | null, problems: Answer['problems']]
/** With names, as files of earlier versions have it. */
type Named = Answer

/** What was just read belongs to nobody yet. */
type Fresh = Omit<Answer, 'outcome'> & {
  readonly outcome: (Omit<Outcome, 'problems'> & { problems: Outcome['problems'] }) | null
}

function decoded(body: Uint8Array): Fresh {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const steps = bytes.readInt32LE(4)
  const width = bytes.readInt32LE(8)
  const responses = bytes.readInt32LE(12)
  const state = bytes.readInt32LE(16)
  const banded = steps >= 0 && width >= 0
  const at = HEAD + usedLengthOf(body)
  const count = Math.max(0, steps) + (banded ? width + responses + steps * width : 0)
  const afterNumbers = at + count * Float64Array.BYTES_PER_ELEMENT
  const text = JSON.parse(bytes.toString('utf8', afterNumbers, bytes.length - state)) as Rest | Named
  const rest = (body[0]! & MARKED) === 0 ? text : (fromJson(text) as Rest | Named)
  const forecast = steps < 0 ? null : forecastOf(body, at, afterNumbers, steps, banded ? [width, responses] : null)
  if (!isList(rest)) return { ...rest, outcome: rest.outcome && { ...rest.outcome, forecast } }
  const [status, said, problems] = rest
  return { status, outcome: said && outcomeOf(said, forecast), problems }
}

const isList = (rest: Rest | Named): rest is Rest => Array.isArray(rest)

/** The numbers between two places, as a forecast of so many steps; `bands`: how many probabilities and responses. */
function forecastOf(
  body: Uint8Array,
  from: number,
  to: number,
  steps: number,
  bands: readonly [width: number, responses: number] | null,
): PublishedForecast {
  // a copy: what is read of an answer does not hold the others that came with it
  const { buffer, byteOffset } = smallArrayFrom(body, from, to)
  const size = Float64Array.BYTES_PER_ELEMENT
  const part = (at: number, length: number): Float64Array => new Float64Array(buffer, byteOffset + size * at, length)
  const mean = part(0, steps)
  if (bands === null) return { mean, bands: null }
  const [width, responses] = bands
  const probabilities = part(steps, width)
  const response = part(steps + width, responses)
  return { mean, bands: { probabilities, values: part(steps + width + responses, steps * width), response } }
}

const isOdd = (value: number): boolean => !Number.isFinite(value) || Object.is(value, -0)

/** Whether JSON says it as it is. Throws where it is no plain data, which JSON would leave out. */
function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'number':
      return !isOdd(value)
    case 'string':
      return !value.startsWith(MARK)
    case 'boolean':
    case 'undefined':
      return true
    case 'object':
      if (value === null) return true
      if (Array.isArray(value)) return value.every(isJson)
      if (ArrayBuffer.isView(value)) break
      for (const name in value) if (!isJson((value as Readonly<Record<string, unknown>>)[name])) return false
      return true
  }
  throw new TypeError(`${Object.prototype.toString.call(value)} is no plain data`)
}

/** The same value in words that JSON has. */
function toJson(value: unknown): unknown {
  if (typeof value === 'number') return isOdd(value) ? MARK + (value === 0 ? '-0' : value) : value
  if (typeof value === 'string') return value.startsWith(MARK) ? MARK + value : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toJson)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toJson(each)]))
}

/** Its inverse. */
function fromJson(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(MARK) ? (ODD[value] ?? value.slice(MARK.length)) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(fromJson)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromJson(each)]))
}
