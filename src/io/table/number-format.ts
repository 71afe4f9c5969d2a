import type { RecordView } from '../record.ts'
import { hasSpaceGroups, isMissing, type NumberFormat, strip } from './numbers.ts'

/** What the numbers of a column say about the way they are written. */
export interface NumberEvidence {
  /** Numbers that can only have a decimal point, or only a decimal comma. */
  point: number
  comma: number
  /** `1.234` or `1,234`: the sign may group or divide. */
  eitherPoint: number
  eitherComma: number
  spaces: number
  apostrophes: number
  /** Whole numbers of four digits and more written without a group sign, and of at most three digits. */
  longWhole: number
  shortWhole: number
  /** A number that can be read in two ways, and one of each decimal sign, for the message. */
  example: string
  withPoint: string
  withComma: string
  /** Groups written with a sign: it is then the thousands of the column. */
  pointGroups: number
  commaGroups: number
  /** Cells that hold a number, and those of them with a currency, brackets, a percent sign or a minus behind. */
  numbers: number
  decorated: number
}

export const noEvidence = (): NumberEvidence => ({
  point: 0,
  comma: 0,
  eitherPoint: 0,
  eitherComma: 0,
  spaces: 0,
  apostrophes: 0,
  longWhole: 0,
  shortWhole: 0,
  example: '',
  withPoint: '',
  withComma: '',
  pointGroups: 0,
  commaGroups: 0,
  numbers: 0,
  decorated: 0,
})

/** Groups of three after a first of one to three, one kind of group sign, at most one decimal sign. */
const WELL_FORMED = /^(?:\d*(?:[.,]\d*)?|\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d*)?)$/

const MINUS = 45
const ZERO = 48
const POINT = 46
const COMMA = 44
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

/** Takes what the cell says. The bulk of all cells is told without making a text of them. */
export function weighCell(evidence: NumberEvidence, record: RecordView, i: number): void {
  const { bytes, starts, ends, typed } = record
  const end = ends[i]!
  let at = starts[i]!
  if (at === end || (typed !== null && !Number.isNaN(typed[i]))) return
  if (bytes[at] === MINUS) at++
  const first = at
  while (at < end && isDigit(bytes[at])) at++
  const whole = at - first
  if (at === end && whole > 0 && whole <= 15) {
    evidence.numbers++
    evidence[whole > 3 ? 'longWhole' : 'shortWhole']++
    return
  }
  const sign = bytes[at]
  if (whole > 0 && (sign === POINT || sign === COMMA)) {
    const from = ++at
    while (at < end && isDigit(bytes[at])) at++
    const places = at - from
    if (at === end && places > 0 && places <= 15) {
      evidence.numbers++
      if (places !== 3 || whole > 3 || bytes[first] === ZERO) decidesCell(evidence, sign, record, i)
      else {
        evidence[sign === POINT ? 'eitherPoint' : 'eitherComma']++
        if (evidence.example === '') evidence.example = record.text(i)
      }
      return
    }
    if (places === 3 && whole <= 3 && weighGroups(evidence, record, i, sign, at)) return
  }
  weigh(evidence, record.text(i))
}

/** `1.234,5` and `1.234.567`, whose first group of three ends at `at`; false where the cell is written otherwise. */
function weighGroups(evidence: NumberEvidence, record: RecordView, i: number, sign: number, at: number): boolean {
  const { bytes, ends } = record
  const end = ends[i]!
  for (; bytes[at] === sign; at += 4)
    if (at + 4 > end || !isDigit(bytes[at + 1]) || !isDigit(bytes[at + 2]) || !isDigit(bytes[at + 3])) return false
  const decimal = sign === POINT ? COMMA : POINT
  if (at < end && bytes[at++] !== decimal) return false
  while (at < end && isDigit(bytes[at])) at++
  if (at < end) return false
  evidence.numbers++
  decidesCell(evidence, decimal, record, i)
  evidence[sign === POINT ? 'pointGroups' : 'commaGroups']++
  return true
}

/** As `decides`; a text is made of the first cell only. */
function decidesCell(evidence: NumberEvidence, sign: number, record: RecordView, i: number): void {
  if (sign === POINT) {
    evidence.point++
    if (evidence.withPoint === '') evidence.withPoint = record.text(i)
  } else {
    evidence.comma++
    if (evidence.withComma === '') evidence.withComma = record.text(i)
  }
}

function weigh(evidence: NumberEvidence, text: string): void {
  if (isMissing(text)) return
  const bare = strip(text)
  if (bare === null) return
  evidence.numbers++
  if (bare.cleaned) evidence.decorated++
  let { digits } = bare
  const exponent = digits.search(/[eE]/)
  if (exponent >= 0) digits = digits.slice(0, exponent)
  if (!WELL_FORMED.test(digits)) return
  if (hasSpaceGroups(digits)) evidence.spaces++
  if (digits.includes("'")) evidence.apostrophes++
  const points = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (points === 0 && commas === 0) {
    if (/^\d+$/.test(digits)) evidence[digits.length > 3 ? 'longWhole' : 'shortWhole']++
    return
  }
  if (points > 0 && commas > 0) {
    const decimal = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? 'point' : 'comma'
    decides(evidence, decimal, text)
    evidence[decimal === 'point' ? 'commaGroups' : 'pointGroups']++
    return
  }
  if (points > 1) {
    decides(evidence, 'comma', text)
    evidence.pointGroups++
    return
  }
  if (commas > 1) {
    decides(evidence, 'point', text)
    evidence.commaGroups++
    return
  }
  const sign = points === 1 ? '.' : ','
  const before = digits.slice(0, digits.indexOf(sign))
  const after = digits.slice(digits.indexOf(sign) + 1)
  if (after.length === 3 && /^[1-9]\d{0,2}$/.test(before)) {
    evidence[sign === '.' ? 'eitherPoint' : 'eitherComma']++
    evidence.example ||= text
  } else decides(evidence, sign === '.' ? 'point' : 'comma', text)
}

function decides(evidence: NumberEvidence, decimal: 'point' | 'comma', text: string): void {
  evidence[decimal]++
  evidence[decimal === 'point' ? 'withPoint' : 'withComma'] ||= text
}

/** What to show of a column that follows no rule: numbers that contradict each other, or one that has two readings. */
export const exampleOf = ({ example, withPoint, withComma }: NumberEvidence): string =>
  withPoint !== '' && withComma !== '' ? `${withPoint} / ${withComma}` : example

export type FormatResult = NumberFormat | 'ambiguous'

/** Above this share of numbers written the other way a column follows no rule. */
const MOST_CONTRARY = 0.1

/**
 * One format for a column. `hint` is the decimal sign of the other columns or of the delimiter, used only where the
 * column itself says nothing.
 */
export function chooseFormat(e: NumberEvidence, hint: '.' | ',' | null): FormatResult {
  const other = e.apostrophes > e.spaces ? "'" : e.spaces > 0 ? ' ' : ''
  const decisive = e.point + e.comma
  if (decisive > 0) {
    if (Math.min(e.point, e.comma) > MOST_CONTRARY * decisive) return 'ambiguous'
    if (e.point > e.comma) return { decimal: '.', thousands: e.commaGroups + e.eitherComma > 0 ? ',' : other }
    return { decimal: ',', thousands: e.pointGroups + e.eitherPoint > 0 ? '.' : other }
  }
  const either = e.eitherPoint + e.eitherComma
  if (either === 0) return { decimal: hint ?? '.', thousands: other }
  if (e.eitherPoint > 0 && e.eitherComma > 0) return 'ambiguous'
  const sign = e.eitherPoint > 0 ? '.' : ','
  const opposite = sign === '.' ? ',' : '.'
  const divides: NumberFormat = { decimal: sign, thousands: other }
  const groups: NumberFormat = { decimal: opposite, thousands: sign }
  // long whole numbers without a sign next to it: it does not group; short ones alone: it does
  if (e.longWhole > 0 || other !== '') return divides
  if (hint !== null) return hint === sign ? divides : groups
  if (e.shortWhole > 0) return groups
  return 'ambiguous'
}
