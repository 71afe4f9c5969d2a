import { type LocatedProblem, Problem, problem } from '../../messages.ts'
import { LINE_LIMIT } from '../read-options.ts'
import { type OnRecord, RecordView, type Unreadable } from '../record.ts'

/** Each quote left open costs a scan of `LINE_LIMIT`; after so many of them the rest is refused. */
const MOST_UNCLOSED = 20
const LF = 10
const CR = 13

const MORE = -1
const UNCLOSED = -2
const TEXT_AFTER = -3

export interface CsvOptions {
  readonly file: string
  /** One ASCII character. */
  readonly delimiter: string
  /** `"` or `'`. */
  readonly quote: string
}

/**
 * Splits UTF-8 bytes into records, chunk by chunk. Strict as RFC 4180 asks, and goes on after what cannot be read: a
 * record with text after a closing quotation mark, or whose mark never closes, costs the line it begins on.
 * A quotation mark inside an unquoted cell (`pipe 1/2"`) is a letter like any other. Lines end in LF, CR LF or CR.
 * Throws `line_too_long`.
 */
export class CsvTokenizer {
  readonly #file: string
  readonly #delimiter: number
  readonly #quote: number
  readonly #on: OnRecord
  readonly #unreadable: Unreadable
  readonly #record = new RecordView()
  #rest: Buffer = Buffer.alloc(0)
  #line = 1
  #unclosed = 0
  #ended = false

  constructor({ file, delimiter, quote }: CsvOptions, on: OnRecord, unreadable: Unreadable) {
    this.#file = file
    this.#delimiter = delimiter.charCodeAt(0)
    this.#quote = quote.charCodeAt(0)
    this.#record.quote = this.#quote
    this.#on = on
    this.#unreadable = unreadable
  }

  /** False when no more is wanted. */
  push(chunk: Buffer): boolean {
    this.#take(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]), false)
    return !this.#ended
  }

  end(): void {
    if (!this.#ended) this.#take(this.#rest, true)
  }

  #take(window: Buffer, last: boolean): void {
    const length = window.length
    let at = 0
    while (at < length && !this.#ended) {
      const byte = window[at]!
      if (byte === LF || byte === CR) {
        if (byte === CR && at + 1 === length && !last) break
        this.#line++
        at += byte === CR && window[at + 1] === LF ? 2 : 1
        continue
      }
      const next = this.#unclosed < MOST_UNCLOSED ? this.#read(window, at, last) : TEXT_AFTER
      if (next >= 0) at = next
      else {
        const end = lineEnd(window, at)
        if (end - at > LINE_LIMIT) {
          const row = this.#line
          throw new Problem(problem('line_too_long', { row, limit: LINE_LIMIT }, { file: this.#file, row }))
        }
        if (next === MORE || (end === length && !last)) break
        this.#unreadable(this.#fault(next), 1)
        at = end
      }
    }
    this.#rest = this.#ended ? Buffer.alloc(0) : window.subarray(at)
  }

  #fault(kind: number): LocatedProblem | null {
    const row = this.#line
    const place = { file: this.#file, row }
    if (this.#unclosed === MOST_UNCLOSED) return null
    if (kind === TEXT_AFTER) return problem('row_text_after_quote', {}, place)
    this.#unclosed++
    return problem('quote_unclosed', { row }, place)
  }

  /** Reads one record and hands it over; the offset of its line end, or why it is none. */
  #read(window: Buffer, start: number, last: boolean): number {
    const record = this.#record
    const delimiter = this.#delimiter
    const quote = this.#quote
    const length = window.length
    record.bytes = window
    record.count = 0
    record.line = this.#line
    let newlines = 0
    let at = start
    for (;;) {
      if (at < length && window[at] === quote) {
        const from = ++at
        let doubled: 0 | 1 = 0
        for (;;) {
          for (; at < length && window[at] !== quote; at++) {
            const byte = window[at]
            if (byte === LF || (byte === CR && window[at + 1] !== LF)) newlines++
          }
          if (at - start > LINE_LIMIT) return UNCLOSED
          if (at >= length) return last ? UNCLOSED : MORE
          if (at + 1 === length && !last) return MORE
          if (window[at + 1] !== quote) break
          doubled = 1
          at += 2
        }
        record.push(from, at, doubled)
        at++
        const byte = window[at]
        if (byte === delimiter) {
          at++
          continue
        }
        if (at < length && byte !== LF && byte !== CR) return TEXT_AFTER
        break
      }
      const from = at
      for (; at < length; at++) {
        const byte = window[at]
        if (byte === delimiter || byte === LF || byte === CR) break
      }
      if (at === length && !last) return at - start > LINE_LIMIT ? TEXT_AFTER : MORE
      record.push(from, at, 0)
      if (at < length && window[at] === delimiter) {
        at++
        continue
      }
      break
    }
    if (at - start > LINE_LIMIT && newlines === 0) return TEXT_AFTER
    this.#line += newlines
    if (this.#on(record) === false) this.#ended = true
    return at
  }
}

function lineEnd(window: Buffer, from: number): number {
  let at = from
  while (at < window.length && window[at] !== LF && window[at] !== CR) at++
  return at
}

/** Records of a text in memory, as texts, at most `most`, with the line of each; and how many lines could not be read. */
export function recordsOf(
  text: Buffer,
  options: CsvOptions,
  most: number,
): { rows: string[][]; lines: number[]; unreadable: number } {
  const rows: string[][] = []
  const lines: number[] = []
  let unreadable = 0
  const tokenizer = new CsvTokenizer(
    options,
    (record) => {
      lines.push(record.line)
      return rows.push(record.cells()) < most
    },
    (_, count) => {
      unreadable += count
    },
  )
  tokenizer.push(text)
  tokenizer.end()
  return { rows, lines, unreadable }
}
