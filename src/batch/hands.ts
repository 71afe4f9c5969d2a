import { writeSync } from 'node:fs'

/**
 * What a worker has in its hands, in memory it shares with the pool: readable while the worker spins and after it died. The
 * journal, a file descriptor, gets the same bytes: readable after its whole process died.
 * Layout: since (milliseconds of the monotonic clock), index, lengths of the two texts, the model, those that finished.
 */
export interface Hands {
  readonly memory: SharedArrayBuffer
  readonly journal: number | null
}

export interface InHand {
  /** Index of the task; -1 for none. */
  readonly index: number
  /** The model at work; empty between two models. */
  readonly model: string
  readonly since: number
  /** Models that have finished for this task. */
  readonly finished: readonly string[]
}

const MODEL_AT = 24
const MODEL_BYTES = 104
const LIST_BYTES = 896
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function emptyHands(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(MODEL_AT + MODEL_BYTES + LIST_BYTES)
  new Int32Array(memory, 8, 3).set([-1, 0, 0])
  return memory
}

/** From the zero of the system's monotonic clock to that of this thread's. */
const BEGUN = Number(process.hrtime.bigint()) / 1e6 - performance.now()

/** All threads' milliseconds: one clock, that no change of the date moves. */
export const milliseconds = (): number => BEGUN + performance.now()

/** -1: no task. */
export function takeTask(hands: Hands, index: number): void {
  new Int32Array(hands.memory, 8, 3).set([index, 0, 0])
  stamp(hands)
}

/** An empty name: the work between two models. */
export function takeModel(hands: Hands, model: string): void {
  new Int32Array(hands.memory, 8, 3)[1] = put(hands, MODEL_AT, MODEL_BYTES, model)
  stamp(hands)
}

export function finishModel(hands: Hands, model: string): void {
  const { finished } = readHands(hands.memory)
  if (!finished.includes(model)) {
    const list = [...finished, model].join('\n')
    new Int32Array(hands.memory, 8, 3)[2] = put(hands, MODEL_AT + MODEL_BYTES, LIST_BYTES, list)
  }
  takeModel(hands, '')
}

export function readHands(memory: ArrayBufferLike): InHand {
  const [index = -1, modelLength = 0, listLength = 0] = new Int32Array(memory, 8, 3)
  // texts in shared memory cannot be decoded in place
  const text = (at: number, length: number): string => decoder.decode(new Uint8Array(memory, at, length).slice())
  const list = text(MODEL_AT + MODEL_BYTES, listLength)
  return {
    index,
    model: text(MODEL_AT, modelLength),
    since: new Float64Array(memory, 0, 1)[0]!,
    finished: list === '' ? [] : list.split('\n'),
  }
}

function stamp({ memory, journal }: Hands): void {
  new Float64Array(memory, 0, 1)[0] = milliseconds()
  if (journal !== null) writeSync(journal, new Uint8Array(memory), 0, memory.byteLength, 0)
}

function put({ memory }: Hands, at: number, room: number, text: string): number {
  const bytes = encoder.encode(text).subarray(0, room)
  new Uint8Array(memory, at, bytes.length).set(bytes)
  return bytes.length
}
