import { type CsvError, parse } from 'csv-parse/sync'
import { type LocatedProblem, problem } from '../messages.ts'
import { LINE_LIMIT } from './read-options.ts'

/** Records of a text with the line each begins on (from 1). Lines without a character are left out. */
export interface Table {
  readonly rows: string[][]
  readonly lines: number[]
  /** One for each record that could not be read. */
  readonly problems: LocatedProblem[]
  /** Lines that could not be read. */
  rejected: number
}

/** Each quote left open costs a scan of `LINE_LIMIT`; after so many of them the rest is refused. */
const MOST_UNCLOSED = 20
/** Records with a quote as a letter that are read one by one; after them quotes are letters in the whole file. */
const MOST_LETTERS = 50

/**
 * Reads strictly (RFC 4180), and goes on after what cannot be read: a record with text after a closing quote, or whose
 * quote never closes, is rejected at the line it begins on, and reading resumes on the line after that.
 * A quote inside an unquoted field (`pipe 1/2"`) is a letter like any other.
 */
export function parseCsv(file: string, text: Buffer, delimiter: string, most = Number.POSITIVE_INFINITY): Table {
  const table: Table = { rows: [], lines: [], problems: [], rejected: 0 }
  let base = 0
  let line = 1
  let unclosed = 0
  let letters = 0
  while (base < text.length && table.rows.length < most) {
    let at = base
    const start = (end: number): number => {
      // blank lines before the record, then the line ends inside it
      while (at < end && (text[at] === 10 || text[at] === 13)) line += endOfLine(text, at++)
      const first = line
      while (at < end) line += endOfLine(text, at++)
      return first
    }
    const origin = base
    const onRecord = (record: string[], info: { bytes: number }): null => {
      table.lines.push(start(origin + info.bytes))
      if (letters > MOST_LETTERS && record.some(textAfterQuote)) {
        // text after a closing quote, which the lenient reading leaves as it stands
        table.problems.push(problem('row_text_after_quote', {}, { file, row: table.lines.pop() }))
        table.rejected++
      } else table.rows.push(record)
      return null
    }
    try {
      read(text.subarray(base), delimiter, onRecord, most - table.rows.length, letters > MOST_LETTERS)
      break
    } catch (error) {
      const { code } = error as CsvError
      while (at < text.length && (text[at] === 10 || text[at] === 13)) line += endOfLine(text, at++)
      const end = lineEnd(text, at)
      const literal = (code as string) === 'INVALID_OPENING_QUOTE' ? asLetters(text.subarray(at, end), delimiter) : null
      if (literal !== null) {
        letters++
        table.rows.push(literal)
        table.lines.push(line)
      } else {
        const open = code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE'
        const [name, params] = open
          ? (['quote_unclosed', { row: line }] as const)
          : (['row_text_after_quote', {}] as const)
        table.problems.push(problem(name, params, { file, row: line }))
        table.rejected++
        if (open && ++unclosed === MOST_UNCLOSED) {
          table.rejected += countLines(text, end)
          break
        }
      }
      base = end
    }
  }
  return table
}

const textAfterQuote = (cell: string): boolean => {
  const second = cell.startsWith('"') ? cell.indexOf('"', 1) : -1
  return second > 0 && second < cell.length - 1
}

/** One line whose quotes are letters where they do not open a field; null where a quoted field does not end on it. */
function asLetters(line: Buffer, delimiter: string): string[] | null {
  let found: string[] | null = null
  try {
    const keep: OnRecord = (record) => {
      found = record
      return null
    }
    read(line, delimiter, keep, 1, true)
  } catch {
    return null // the caller rejects the record with its line
  }
  return found
}

type OnRecord = (record: string[], info: { bytes: number }) => null

function read(text: Buffer, delimiter: string, on_record: OnRecord, to: number, relax_quotes = false): void {
  parse(text, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes,
    skip_empty_lines: true,
    max_record_size: LINE_LIMIT,
    on_record: on_record as never,
    ...(Number.isFinite(to) ? { to } : {}),
  })
}

/** 1 where byte `at` ends a line; of CR LF only the LF does. */
const endOfLine = (text: Buffer, at: number): number =>
  text[at] === 10 || (text[at] === 13 && text[at + 1] !== 10) ? 1 : 0

function lineEnd(text: Buffer, from: number): number {
  let at = from
  while (at < text.length && text[at] !== 10 && text[at] !== 13) at++
  return at
}

function countLines(text: Buffer, from: number): number {
  let lines = 0
  for (let at = from; at < text.length; at++)
    if (text[at] !== 10 && text[at] !== 13 && (at + 1 === text.length || text[at + 1] === 10 || text[at + 1] === 13))
      lines++
  return lines
}

/** The first line longer than `LINE_LIMIT` bytes, from 1; null where there is none. */
export function longLine(text: Buffer): number | null {
  let line = 1
  let begin = 0
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text[at] !== 10 && text[at] !== 13) continue
    if (at - begin > LINE_LIMIT) return line
    if (at < text.length) line += endOfLine(text, at)
    begin = at + 1
  }
  return null
}
