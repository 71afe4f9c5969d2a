import { parseCsv, type Table } from './csv.ts'
import { readDate } from './dates.ts'
import { isMissing, numeric } from './numbers.ts'

const DELIMITERS = [';', '\t', ',', '|'] as const
const SAMPLE_BYTES = 65_536
const SAMPLE_ROWS = 300

/**
 * The delimiter under which the beginning of the file is a table: most lines of one width, cells that are numbers,
 * dates or plain words. `1;1,5` is a table under both `;` and `,`; under `,` its cells still hold the `;`.
 */
export function sniffDelimiter(text: Buffer): string {
  const cut =
    text.length <= SAMPLE_BYTES
      ? text.length
      : Math.max(text.lastIndexOf(10, SAMPLE_BYTES), text.lastIndexOf(13, SAMPLE_BYTES))
  const sample = text.subarray(0, cut > 0 ? cut : SAMPLE_BYTES)
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(parseCsv('', sample, delimiter, SAMPLE_ROWS), delimiter)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function scoreOf({ rows, rejected }: Table, delimiter: string): number {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, count] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0])
  if (width < 2) return 0
  let clean = 0
  let typed = 0
  let cells = 0
  for (const row of rows) {
    if (row.length !== width) continue
    for (const cell of row.slice(0, 50)) {
      cells++
      if (numeric(cell) || readDate(cell) !== null) typed++
      else if (isMissing(cell)) clean++
      else if (!DELIMITERS.some((other) => other !== delimiter && other !== ',' && cell.includes(other))) clean++
    }
  }
  const consistent = count / (rows.length + rejected)
  return consistent ** 2 * ((clean + typed) / cells) * (0.5 + typed / cells)
}
