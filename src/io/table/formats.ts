import { type Code, code, type LocatedProblem, problem } from '../../messages.ts'
import type { ReadOptions } from '../read-options.ts'
import { type DateFormat, dateFormat } from './date-column.ts'
import { TEXTS } from './extras.ts'
import type { Layout } from './layout.ts'
import { chooseFormat, exampleOf, type NumberEvidence, noEvidence } from './number-format.ts'
import type { NumberFormat } from './numbers.ts'
import type { Sample } from './sample.ts'

export interface Formats {
  /** Null where there are no dates. */
  readonly date: DateFormat | null
  /** By column of the table; the value columns' and those of numbers beside them. */
  readonly numbers: ReadonlyMap<number, ColumnFormat>
  readonly evidence: readonly Code[]
}

export interface ColumnFormat extends NumberFormat {
  /** True where currency signs or brackets are how the column is written, and no repair. */
  readonly decorated: boolean
}

/** From this share of a column on, brackets and currency signs are its format. */
const DECORATED = 0.5

type Result = { readonly formats: Formats } | { readonly problem: LocatedProblem }

/** Decides how dates and numbers are written, by column, over all rows. `delimiter` null: the format says so itself. */
export function findFormats(
  file: string,
  sample: Sample,
  layout: Layout,
  delimiter: string | null,
  options: ReadOptions,
): Result {
  const { names, values, extras } = layout
  let date: DateFormat | null = null
  const evidence: Code[] = []
  const texts = datesOf(sample, layout)
  if (texts !== null) {
    const column = names[layout.date ?? values[0]!]
    const found = dateFormat(texts, options.dateOrder)
    if (found === null && layout.date !== null) {
      const params = { role: 'date', columns: names.slice(0, 20).join(', ') }
      return { problem: problem('column_missing', params, { file, column }) }
    }
    if (found !== null && 'ambiguous' in found)
      return {
        problem: problem('date_order_ambiguous', { column: column!, example: found.ambiguous }, { file, column }),
      }
    date = found
    if (found?.evidence != null) evidence.push(found.evidence)
  }
  const beside = extras.attributes.flatMap(({ index, role }) => (TEXTS.includes(role) ? [] : [index]))
  const wanted = [...new Set([...values, ...extras.regressors, ...beside])]
  const of = (index: number): NumberEvidence => sample.evidence[index]?.numbers ?? noEvidence()
  const all = values.map(of).reduce(sum, noEvidence())
  const hint = options.decimal === '.' || options.decimal === ',' ? options.decimal : signOfAll(all, delimiter)
  // the values of a row series are spread over the columns: they share one format
  const joined = layout.kind === 'wide-rows' ? all : null
  const shared = new Set(joined === null ? [] : values)
  const numbers = new Map<number, ColumnFormat>()
  for (const index of wanted) {
    const one = shared.has(index) ? all : of(index)
    const found = askedFormat(one, options) ?? chooseFormat(one, hint)
    const column = names[index]!
    // a question is worth asking of what is forecast only
    const format = found === 'ambiguous' && !values.includes(index) ? byDelimiter(delimiter) : found
    if (format === 'ambiguous')
      return { problem: problem('number_format_ambiguous', { column, example: exampleOf(one) }, { file, column }) }
    numbers.set(index, { ...format, decorated: one.decorated >= DECORATED * one.numbers && one.numbers > 1 })
  }
  evidence.push(numberEvidence(all, numbers.get(values[0]!)!, options))
  return { formats: { date, numbers, evidence } }
}

/** As spreadsheets write numbers where they write `;` between columns, and elsewhere. */
const byDelimiter = (delimiter: string | null): NumberFormat =>
  delimiter === ';' ? { decimal: ',', thousands: '.' } : { decimal: '.', thousands: ',' }

/** What decided the decimal sign: the option, the cells that allow one reading, or nothing that contradicts. */
function numberEvidence(all: NumberEvidence, { decimal }: NumberFormat, options: ReadOptions): Code {
  if (options.decimal !== undefined) return code('evidence_asked', { value: options.decimal })
  const sure = decimal === '.' ? all.point : all.comma
  const example = decimal === '.' ? all.withPoint : all.withComma
  if (sure > 0) return code('evidence_decimal', { count: sure, example })
  return all.eitherPoint + all.eitherComma > 0
    ? code('evidence_decimal_neighbours', { example: all.example })
    : code('evidence_decimal_whole', { count: all.longWhole + all.shortWhole })
}

const JOINED = { month: '2024-1', week: '2024-W01', quarter: '2024-Q1' } as const

function datesOf(sample: Sample, { kind, date, datePart, values, names }: Layout): Iterable<string> | null {
  // year and month are joined before they are read
  if (datePart !== null) return [JOINED[datePart.unit]]
  if (kind === 'wide-rows') return values.map((k) => names[k]!)
  if (date === null) return null
  const texts = sample.evidence[date]?.dates ?? null
  return texts === null ? [] : Array.from({ length: texts.size }, (_, id) => texts.text(id))
}

function askedFormat(evidence: NumberEvidence, { decimal, thousands }: ReadOptions): NumberFormat | null {
  if (decimal !== '.' && decimal !== ',') return null
  const opposite = decimal === '.' ? ',' : '.'
  const seen = evidence.apostrophes > 0 ? "'" : evidence.spaces > 0 ? ' ' : opposite
  const asked = thousands === undefined ? seen : (thousands.replace(/[\u00a0\u202f]/, ' ') as NumberFormat['thousands'])
  return { decimal, thousands: asked === decimal ? '' : asked }
}

/** The decimal sign that the value columns with evidence share, else what the delimiter implies. */
function signOfAll(all: NumberEvidence, delimiter: string | null): '.' | ',' | null {
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
  numbers: a.numbers + b.numbers,
  decorated: a.decorated + b.decorated,
})
