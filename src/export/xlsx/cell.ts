import type { SharedStrings } from './shared-strings.ts'
import { type Style, styleIndex } from './styles.ts'
import { columnName, escapeXml } from './xml.ts'

/** A date as it is written in our files (`2025-12-31`, `2025-12-31T10:30`): a real date in the workbook. */
export interface DateCell {
  readonly date: string
}

/** A formula with the result it has now, for readers that do not calculate. */
export interface FormulaCell {
  readonly formula: string
  readonly result: string | number | null | DateCell
}

export type CellValue = string | number | null | DateCell | FormulaCell

/** Letters that a cell can hold; Excel repairs (and so distrusts) a file with more. */
const MOST_LETTERS = 32_767
const MILLISECONDS_PER_DAY = 86_400_000
/** Day 0 of the serial numbers, such that all days from 1 March 1900 on are right. */
const DAY_ZERO = Date.UTC(1899, 11, 30)
/** Before this serial number (1 March 1900) spreadsheets disagree. */
const FIRST_SURE = 61

const column = Array.from({ length: 64 }, (_, i) => columnName(i))
const style = (name: Style): string => (name === 'plain' ? '' : ` s="${styleIndex(name)}"`)

/** The serial number of a date; null where spreadsheets have none. */
export function serialOf(date: string): number | null {
  const milliseconds = Date.parse(date.length > 10 ? `${date}Z` : date)
  if (Number.isNaN(milliseconds)) return null
  const serial = (milliseconds - DAY_ZERO) / MILLISECONDS_PER_DAY
  return serial >= FIRST_SURE ? serial : null
}

const known = new Map<string, number | null>()

/** Dates repeat from series to series. */
function cachedSerial(date: string): number | null {
  const before = known.get(date)
  if (before !== undefined) return before
  if (known.size > 100_000) known.clear()
  const serial = serialOf(date)
  known.set(date, serial)
  return serial
}

/**
 * One cell. A text is never a formula: it is stored as a shared string, whatever it begins with. A number that is not
 * finite is an empty cell; a date outside the calendar of spreadsheets is a text.
 */
export function cellXml(row: number, index: number, value: CellValue, name: Style, strings: SharedStrings): string {
  const reference = `${column[index] ?? columnName(index)}${row}`
  const s = style(name)
  if (value === null || value === '') return name === 'plain' ? '' : `<c r="${reference}"${s}/>`
  if (typeof value === 'number')
    return Number.isFinite(value) ? `<c r="${reference}"${s}><v>${value}</v></c>` : `<c r="${reference}"${s}/>`
  if (typeof value === 'string')
    return `<c r="${reference}" t="s"${s}><v>${strings.indexOf(value.length > MOST_LETTERS ? `${value.slice(0, MOST_LETTERS - 1)}…` : value)}</v></c>`
  if ('date' in value) {
    const serial = cachedSerial(value.date)
    if (serial === null) return cellXml(row, index, value.date, name === 'date' ? 'plain' : name, strings)
    return `<c r="${reference}"${style(name === 'date' && value.date.length > 10 ? 'time' : name)}><v>${serial}</v></c>`
  }
  return formulaXml(reference, s, value)
}

function formulaXml(reference: string, s: string, { formula, result }: FormulaCell): string {
  const f = `<f>${escapeXml(formula)}</f>`
  if (result === null) return `<c r="${reference}" t="e"${s}>${f}<v>#N/A</v></c>`
  const plain = typeof result === 'object' ? (cachedSerial(result.date) ?? result.date) : result
  return typeof plain === 'number'
    ? `<c r="${reference}"${s}>${f}<v>${plain}</v></c>`
    : `<c r="${reference}" t="str"${s}>${f}<v>${escapeXml(plain)}</v></c>`
}
