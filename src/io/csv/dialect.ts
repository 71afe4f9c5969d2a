import { type Code, code } from '../../messages.ts'
import { readDate } from '../table/dates.ts'
import { isMissing, numeric } from '../table/numbers.ts'
import { recordsOf } from './tokenizer.ts'

const DELIMITERS = [';', '\t', ',', '|'] as const
const NAMES: Readonly<Record<string, string>> = { ';': 'semicolon', '\t': 'tab', ',': 'comma', '|': 'bar' }
const QUOTES = ['"', "'"] as const
const SAMPLE_BYTES = 65_536
const SAMPLE_ROWS = 300
/** Cells looked at in a row: a wide table shows its dialect in the first ones. */
const SAMPLE_CELLS = 50

export interface Dialect {
  readonly delimiter: string
  readonly quote: string
  readonly evidence: Code
}

interface Score {
  readonly score: number
  readonly columns: number
  /** Percentage of the lines with that many columns. */
  readonly percent: number
}

/**
 * Delimiter and quotation mark under which the beginning of the file is a table: most lines of one width, cells that are
 * numbers, dates or plain words. `1;1,5` is a table under both `;` and `,`; under `,` its cells still hold the `;`.
 * The first line `sep=;` that spreadsheets write says it outright.
 */
export function sniffDialect(head: Buffer, asked: string | undefined, askedQuote?: string): Dialect {
  const sample = wholeLines(head)
  const told = asked ?? /^sep=([^\r\n])\r?\n/i.exec(head.toString('latin1', 0, 8))?.[1]
  let best: { delimiter: string; quote: string } & Score = {
    delimiter: told ?? ',',
    quote: askedQuote ?? '"',
    score: 0,
    columns: 1,
    percent: 100,
  }
  for (const delimiter of told === undefined ? DELIMITERS : [told])
    for (const quote of askedQuote === undefined ? QUOTES : [askedQuote]) {
      if (askedQuote === undefined && quote !== '"' && !quoted(sample, delimiter, quote)) continue
      const found = scoreOf(recordsOf(sample, { file: '', delimiter, quote }, SAMPLE_ROWS), delimiter)
      if (found.score > best.score) best = { delimiter, quote, ...found }
    }
  const { delimiter, quote, columns, percent } = best
  const evidence =
    told === undefined
      ? code('evidence_delimiter', { delimiter: NAMES[delimiter] ?? delimiter, columns, percent })
      : code('evidence_asked', { value: told })
  return { delimiter, quote, evidence }
}

function wholeLines(head: Buffer): Buffer {
  if (head.length <= SAMPLE_BYTES) return head
  const cut = Math.max(head.lastIndexOf(10, SAMPLE_BYTES), head.lastIndexOf(13, SAMPLE_BYTES))
  return head.subarray(0, cut > 0 ? cut : SAMPLE_BYTES)
}

/** Apostrophes quote where cells begin and end with them; in `l'anno` they do not. */
function quoted(sample: Buffer, delimiter: string, quote: string): boolean {
  const text = sample.toString('latin1')
  const opening = text.split(delimiter + quote).length - 1
  const closing = text.split(quote + delimiter).length - 1
  return opening > 1 && closing > 1 && text.split('"').length < opening
}

function scoreOf({ rows, unreadable }: { rows: string[][]; unreadable: number }, delimiter: string): Score {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, count] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  if (width < 2) return { score: 0, columns: 1, percent: 100 }
  let clean = 0
  let typed = 0
  let cells = 0
  for (const row of rows) {
    if (row.length !== width) continue
    for (const cell of row.slice(0, SAMPLE_CELLS)) {
      cells++
      if (numeric(cell) || readDate(cell) !== null) typed++
      else if (isMissing(cell)) clean++
      else if (!DELIMITERS.some((other) => other !== delimiter && other !== ',' && cell.includes(other))) clean++
    }
  }
  const consistent = count / (rows.length + unreadable)
  const score = consistent ** 2 * ((clean + typed) / cells) * (0.5 + typed / cells)
  return { score, columns: width, percent: Math.round(100 * consistent) }
}
