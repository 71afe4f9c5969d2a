import { COLUMN_LIMIT, LINE_LIMIT } from '../read-options.ts'
import type { RecordStore } from '../record-store.ts'
import { serialDate } from '../table/dates.ts'
import type { ZipMember } from '../zip/zip-members.ts'
import type { Workbook } from './workbook.ts'
import { readXml, XmlRefused } from './xml.ts'

/** Letters that a cell of a workbook can hold. */
const CELL_LETTERS = 32_767
/** Days between the two ways of counting. */
const DAYS_1904 = 1462

/** A sheet as records, and what was met in it. */
export interface SheetRecords {
  readonly store: RecordStore
  /** Formulas whose result the file does not hold; the first of them (`D7`). */
  readonly formulas: number
  readonly firstFormula: string
  /** Areas merged into one cell. */
  readonly merged: number
  /** Rows left out because their texts are longer than a row may be. */
  readonly longRows: readonly number[]
}

export type SharedStrings = readonly { readonly start: number; readonly length: number }[]

/** The texts that cells share, each kept once. Phonetic guides are left out. */
export async function readSharedStrings(part: ZipMember | null, store: RecordStore): Promise<SharedStrings> {
  const strings: { start: number; length: number }[] = []
  if (part === null) return strings
  let text = ''
  let inText = false
  let phonetic = 0
  await readXml(part, {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic++
      else if (name === 't') inText = phonetic === 0
    },
    text: (piece) => {
      if (inText && text.length < CELL_LETTERS) text += piece.slice(0, CELL_LETTERS - text.length)
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'rPh') phonetic--
      else if (name === 'si') strings.push(store.keep(text))
    },
  })
  return strings
}

/** Reads the cells that are there: a sheet declared of 17 billion cells costs what it holds. */
export async function readSheet(
  part: ZipMember,
  { from1904, dateStyles }: Workbook,
  store: RecordStore,
  strings: SharedStrings,
): Promise<SheetRecords> {
  let row = 0
  let column = -1
  let cell = { reference: '', type: 'n', style: 0, formula: false, value: null as string | null }
  let text = ''
  let inValue = false
  let inPhonetic = 0
  let rowLength = 0
  let cells: { column: number; start: number; length: number; number: number }[] = []
  const found = { formulas: 0, firstFormula: '', merged: 0, longRows: [] as number[] }
  const add = (start: number, length: number, number = Number.NaN): void => {
    rowLength += length
    cells.push({ column, start, length, number })
  }
  const addText = (value: string): void => {
    const { start, length } = store.keep(value.slice(0, CELL_LETTERS))
    add(start, length)
  }
  const endCell = (): void => {
    const { type, style, value, formula, reference } = cell
    if (value === null || value === '') {
      if (formula && found.formulas++ === 0) found.firstFormula = reference
      return
    }
    if (type === 's') {
      const shared = strings[Number(value)]
      if (shared !== undefined) add(shared.start, shared.length)
    } else if (type === 'n' || type === '') {
      const number = Number(value)
      if (!Number.isFinite(number)) addText(value)
      else if (dateStyles.has(style)) addText(dateText(number, from1904) ?? value)
      else {
        const { start, length } = store.keep(String(number))
        add(start, length, number)
      }
    } else if (type === 'b') addText(value === '1' ? 'TRUE' : 'FALSE')
    // ISO dates, inline texts, results of formulas, errors
    else addText(type === 'd' ? value.replace(/T00:00:00(?:\.0+)?Z?$/, '') : value)
  }
  const endRow = (): void => {
    if (rowLength > LINE_LIMIT) found.longRows.push(row)
    else if (cells.length > 0) {
      store.beginRecord(row)
      for (const each of cells)
        if (!store.addCell(each.column, each.start, each.length, each.number)) throw new XmlRefused('cells')
    }
    cells = []
    rowLength = 0
  }
  /** An area of one column; one over several columns is a title. */
  const fillMerged = (area: string): void => {
    const [first = '', last = ''] = area.split(':')
    if (columnOf(first) === columnOf(last)) store.fillDown(columnOf(first), rowOf(first), rowOf(last))
  }
  await readXml(part, {
    open: (name, attributes) => {
      if (name === 'c') {
        const reference = attributes.r ?? ''
        const next = reference === '' ? column + 1 : columnOf(reference)
        // cells go from left to right; what does not is no sheet that a program wrote
        if (next <= column || next >= COLUMN_LIMIT) throw new XmlRefused('cells')
        column = next
        cell = { reference, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), formula: false, value: null }
      } else if (name === 'v' || name === 't') {
        inValue = inPhonetic === 0
        text = ''
      } else if (name === 'f') cell.formula = true
      else if (name === 'rPh') inPhonetic++
      else if (name === 'row') {
        const next = attributes.r === undefined ? row + 1 : Number(attributes.r)
        if (!(next > row && next <= 1_048_576)) throw new XmlRefused('cells')
        row = next
        column = -1
      } else if (name === 'mergeCell') {
        found.merged++
        fillMerged(attributes.ref ?? '')
      }
    },
    text: (piece) => {
      if (inValue && text.length < CELL_LETTERS) text += piece
    },
    close: (name) => {
      if (name === 'v' || name === 't') {
        if (inValue) cell.value = name === 't' ? (cell.value ?? '') + text : text
        inValue = false
      } else if (name === 'rPh') inPhonetic--
      else if (name === 'c') endCell()
      else if (name === 'row') endRow()
    },
  })
  return { store, ...found }
}

/** `BC7` is column 54, counted from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + (letter - 64)
  }
  return column - 1
}

const rowOf = (reference: string): number => Number(reference.replace(/^[A-Za-z$]+/, ''))

/** ISO text of a serial number; null outside the calendar, as the 29 February 1900 that never was. */
function dateText(serial: number, from1904: boolean): string | null {
  const days = from1904 ? serial + DAYS_1904 : serial
  if (days >= 60 && days < 61) return '1900-02-29'
  // before March 1900 the two calendars are a day apart
  return serialDate(String(days < 60 ? days + 1 : days), 'excel')
}
