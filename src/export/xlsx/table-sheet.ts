import type { CellValue } from './cell.ts'
import type { RowOf, SheetOf } from './sheet.ts'
import type { Style } from './styles.ts'
import { columnName } from './xml.ts'

/** One column of a table: its title, and what it shows of a row. */
export interface ColumnOf<Row> {
  readonly title: string
  readonly width: number
  readonly style: Style | ((row: Row) => Style)
  readonly value: (row: Row) => CellValue
}

/** A table fills its sheet from the first cell, so that it can be filtered, pivoted and read by programs. */
export interface TableSheetOf<Row> {
  readonly sheet: string
  /** Name in formulas, the same in all languages. */
  readonly table: string
  readonly columns: readonly ColumnOf<Row>[]
  readonly rows: () => Iterable<Row>
  readonly count: number
  /** Shown where there is no row. */
  readonly none: string
  readonly frozenColumns?: number
  readonly more?: (last: number, letterOf: (title: string) => string) => Partial<SheetOf>
}

const LEFT = /^(plain|text|label|inputText|date|time|link)$/
const INDENTED = /^(word|wrap)$/
/** Points of one line, and letters that fit into a unit of width. */
const LINE = 15
const LETTERS = 1.05

/** A sheet that is one table. */
export function tableSheet<Row>(of: TableSheetOf<Row>): SheetOf {
  const { columns, count } = of
  const titles = columns.map(({ title }) => title)
  const last = count + 1
  const letterOf = (title: string): string => columnName(titles.indexOf(title))
  const empty = count === 0
  return {
    name: of.sheet,
    widths: columns.map(({ width }) => width),
    frozen: { rows: 1, columns: of.frozenColumns ?? 1 },
    rows: () => rowsOf(of),
    ...(!empty && {
      table: { name: of.table, range: `A1:${columnName(columns.length - 1)}${last}`, columns: titles },
    }),
    ...(!empty && of.more?.(last, letterOf)),
  }
}

function* rowsOf<Row>({ columns, rows, count, none }: TableSheetOf<Row>): Generator<RowOf> {
  const header = ({ style }: ColumnOf<Row>): Style =>
    typeof style !== 'string'
      ? 'headerRight'
      : LEFT.test(style)
        ? 'header'
        : INDENTED.test(style)
          ? 'headerWord'
          : 'headerRight'
  const wrapped = columns.filter(({ style }) => style === 'wrap')
  yield {
    row: 1,
    height: 32,
    cells: columns.map((column) => [column.title, header(column)]),
  }
  if (count === 0) {
    yield { row: 2, cells: [[none, 'quiet']] }
    return
  }
  let row = 2
  for (const each of rows()) {
    // programs that show the sheet do not all make room for wrapped lines
    const lines = Math.max(0, ...wrapped.map(({ value, width }) => linesOf(value(each), width)))
    yield {
      row: row++,
      ...(lines > 1 && { height: LINE * lines }),
      cells: columns.map(({ value, style }) => [value(each), typeof style === 'string' ? style : style(each)]),
    }
  }
}

function linesOf(value: CellValue, width: number): number {
  if (typeof value !== 'string') return 1
  // a Chinese sign is as wide as two letters
  const letters = value.length + (value.match(/[\u2e80-\uffef]/g)?.length ?? 0)
  return Math.ceil(letters / (width * LETTERS))
}
