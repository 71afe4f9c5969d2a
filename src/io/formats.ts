import { type LocatedProblem, problem } from '../messages.ts'
import type { Table } from './csv.ts'
import { type DateFormat, dateFormat } from './date-column.ts'
import type { Layout } from './layout.ts'
import { chooseFormat, exampleOf, type NumberEvidence, noEvidence, weigh } from './number-format.ts'
import type { NumberFormat } from './numbers.ts'
import type { ReadOptions } from './read-options.ts'

export interface Formats {
  /** Null where there are no dates. */
  readonly date: DateFormat | null
  /** One for each value column of the layout. */
  readonly numbers: readonly NumberFormat[]
}

type Result = { readonly formats: Formats } | { readonly problem: LocatedProblem }

/** Decides how dates and numbers are written, by column, over all rows. */
export function findFormats(
  file: string,
  table: Table,
  layout: Layout,
  delimiter: string,
  options: ReadOptions,
): Result {
  const { names, header } = layout
  const rows = header >= 0 ? table.rows.slice(header + 1) : table.rows
  let date: DateFormat | null = null
  const dates = datesOf(rows, layout)
  if (dates !== null) {
    const at = layout.date === null ? undefined : names[layout.date]
    const found = dateFormat(dates, options.dateOrder)
    const column = at ?? names[layout.values[0]]
    if (found === null && layout.date !== null)
      return {
        problem: problem('column_missing', { role: 'date', columns: names.slice(0, 20).join(', ') }, { file, column }),
      }
    if (found !== null && 'ambiguous' in found)
      return { problem: problem('date_order_ambiguous', { column, example: found.ambiguous }, { file, column }) }
    date = found
  }
  const evidence = layout.values.map(noEvidence)
  for (const row of rows)
    for (let k = 0; k < layout.values.length; k++) {
      const cell = row[layout.values[k]]
      if (cell !== undefined && cell !== '') weigh(evidence[k], cell)
    }
  const hint = options.decimal === '.' || options.decimal === ',' ? options.decimal : signOfAll(evidence, delimiter)
  const numbers: NumberFormat[] = []
  // the values of a row series are spread over the columns: they share one format
  const joined = layout.kind === 'wide-rows' ? evidence.reduce(sum, noEvidence()) : null
  for (const [k, one] of evidence.entries()) {
    const asked = askedFormat(joined ?? one, options)
    const format = asked ?? chooseFormat(joined ?? one, hint)
    const column = names[layout.values[k]]
    if (format === 'ambiguous')
      return {
        problem: problem('number_format_ambiguous', { column, example: exampleOf(joined ?? one) }, { file, column }),
      }
    numbers.push(format)
  }
  return { formats: { date, numbers } }
}

function datesOf(rows: readonly string[][], layout: Layout): Set<string> | null {
  if (layout.kind === 'wide-rows') return new Set(layout.values.map((k) => layout.names[k]))
  if (layout.date === null) return null
  const texts = new Set<string>()
  for (const row of rows) if (row.length > layout.date) texts.add(row[layout.date])
  return texts
}

function askedFormat(evidence: NumberEvidence, { decimal, thousands }: ReadOptions): NumberFormat | null {
  if (decimal !== '.' && decimal !== ',') return null
  const opposite = decimal === '.' ? ',' : '.'
  const seen = evidence.apostrophes > 0 ? "'" : evidence.spaces > 0 ? ' ' : opposite
  const asked = thousands === undefined ? seen : (thousands.replace(/[\u00a0\u202f]/, ' ') as NumberFormat['thousands'])
  return { decimal, thousands: asked === decimal ? '' : asked }
}

/** The decimal sign that the columns with evidence share, else what the delimiter implies. */
function signOfAll(evidence: readonly NumberEvidence[], delimiter: string): '.' | ',' | null {
  const all = evidence.reduce(sum, noEvidence())
  if (all.point > 0 && all.comma === 0) return '.'
  if (all.comma > 0 && all.point === 0) return ','
  // spreadsheets write `,` between columns where the decimal sign is a point, `;` where it is a comma
  if (delimiter === ',') return '.'
  return delimiter === ';' && all.eitherComma > 0 ? ',' : null
}

const sum = (a: NumberEvidence, b: NumberEvidence): NumberEvidence => ({
  point: a.point + b.point,
  comma: a.comma + b.comma,
  eitherPoint: a.eitherPoint + b.eitherPoint,
  eitherComma: a.eitherComma + b.eitherComma,
  spaces: a.spaces + b.spaces,
  apostrophes: a.apostrophes + b.apostrophes,
  longWhole: a.longWhole + b.longWhole,
  shortWhole: a.shortWhole + b.shortWhole,
  example: a.example || b.example,
  withPoint: a.withPoint || b.withPoint,
  withComma: a.withComma || b.withComma,
  pointGroups: a.pointGroups + b.pointGroups,
  commaGroups: a.commaGroups + b.commaGroups,
})
