import type { SealedRow } from './checkpoint.ts'
import { bodiesIn, rowsOf, seal } from './seal.ts'

/** An answer that a worker has just found. */
export interface Finished {
  readonly index: number
  readonly seconds: number
  /** Under which it is to be kept; empty for one that is not. */
  readonly key: string
  readonly body: Uint8Array
}

/** Several answers as one piece of bytes on their way from a worker: their bodies alone, or sealed. */
export interface PackedAnswers {
  readonly indexes: Int32Array
  /** What each took. */
  readonly seconds: Float64Array
  readonly lengths: Int32Array
  readonly bytes: Uint8Array<ArrayBuffer>
  /** How many answers each row has; null where they are not sealed. */
  readonly counts: readonly number[] | null
}

/** Seals them where they are to be kept: whoever keeps them has less time than a worker. */
export function packAnswers(finished: readonly Finished[], sealed: boolean): PackedAnswers {
  const indexes = new Int32Array(finished.length)
  const seconds = new Float64Array(finished.length)
  const lengths = new Int32Array(finished.length)
  for (let i = 0; i < finished.length; i++) {
    const answer = finished[i]!
    indexes[i] = answer.index
    seconds[i] = answer.seconds
    lengths[i] = answer.body.length
  }
  return { indexes, seconds, lengths, ...(sealed ? seal(finished) : { bytes: joined(finished), counts: null }) }
}

/** One body for each answer, and the row that it is in; none where they came unsealed. `keys` as they were told. */
export function unpackAnswers(
  { lengths, bytes, counts }: PackedAnswers,
  keys: readonly string[],
): readonly { readonly body: Uint8Array; readonly row: SealedRow | null }[] {
  if (counts !== null)
    return rowsOf({ bytes, counts }, keys, [...lengths]).flatMap((row) => bodiesIn(row).map((body) => ({ body, row })))
  let at = 0
  return Array.from(lengths, (length) => {
    at += length
    return { body: bytes.subarray(at - length, at), row: null }
  })
}

function joined(finished: readonly Finished[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(finished.reduce((sum, { body }) => sum + body.length, 0))
  let at = 0
  for (const { body } of finished) {
    bytes.set(body, at)
    at += body.length
  }
  return bytes
}
