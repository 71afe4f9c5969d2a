/** How numbers of a column are written. `thousands` is '' where groups are not separated. */
export interface NumberFormat {
  readonly decimal: '.' | ','
  readonly thousands: '' | '.' | ',' | ' ' | "'"
}

const MISSING = new Set([
  '',
  '-',
  '--',
  '—',
  '–',
  '.',
  '?',
  'n/d',
  'n.d.',
  'nd',
  'n/a',
  'n.a.',
  'na',
  '#n/a',
  '#n/d',
  '<na>',
  'null',
  'none',
  'nan',
  'nil',
  '#div/0!',
  '#value!',
  '#ref!',
  '#name?',
  '#num!',
  '#null!',
  '无',
  '暂无',
])

/** True for a blank, a dash and the words that stand for "no value" in the table above (any case). */
export const isMissing = (text: string): boolean =>
  text.length < 12 &&
  (text === '' || (!isDigit(text.charCodeAt(text.length - 1)) && MISSING.has(text.trim().toLowerCase())))

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Digits and signs alone, the common case. */
const GROUPED = /^-?\d[\d.,]*$/
const PLAIN = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/
const SPACES = /[ \u00a0\u2007\u2009\u202f]/g
const SPACE = /[ \u00a0\u2007\u2009\u202f]/
const QUOTES = /[’ʼ`´]/g
const CURRENCY = /^(?:[€$£¥]|EUR|USD|GBP|CHF|CNY|R\$)|(?:[€$£¥元]|EUR|USD|GBP|CHF|CNY)$/i

/** A number stripped of what stands around it. */
export interface Bare {
  readonly digits: string
  readonly negative: boolean
  readonly percent: boolean
  /** True where a currency sign, brackets, a trailing minus or a percent sign was taken off. */
  readonly cleaned: boolean
}

/** Takes off spaces, currency, `( )`, signs and `%`; null where what is left is no number in any format. */
export function strip(text: string): Bare | null {
  if (text.length > 60) return null
  if (GROUPED.test(text))
    return text[0] === '-'
      ? { digits: text.slice(1), negative: true, percent: false, cleaned: false }
      : { digits: text, negative: false, percent: false, cleaned: false }
  let rest = text.replace(SPACES, ' ').replace(QUOTES, "'").replace('\u2212', '-').trim()
  const before = rest
  let negative = false
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true
    rest = rest.slice(1, -1).trim()
  }
  let signed = false
  const sign = (): void => {
    if (signed || negative) return
    if (rest.startsWith('-') || rest.startsWith('+')) {
      signed = true
      negative = rest[0] === '-'
      rest = rest.slice(1).trim()
    }
  }
  sign()
  const plain = rest
  rest = rest.replace(CURRENCY, '').trim()
  sign()
  if (!signed && !negative && rest.endsWith('-')) {
    negative = true
    rest = rest.slice(0, -1).trim()
  }
  const percent = rest.endsWith('%')
  if (percent) rest = rest.slice(0, -1).trim()
  if (!/^[\d.,][\d., ']*(?:[eE][+-]?\d{1,3})?$/.test(rest) || !/\d/.test(rest)) return null
  const cleaned = percent || rest !== plain || before.startsWith('(')
  return { digits: rest, negative, percent, cleaned }
}

export interface Reading {
  readonly value: number
  readonly cleaned: boolean
}

/**
 * A reader for one format; null where the text is no number of it. Readings: `12%` is 0.12, `(5)` and `5-` are -5,
 * `1e5` is 100000, `Infinity` is itself (treated as missing later). Rejected: `0x1F`, `1_000`, `TRUE`, groups that are
 * not of three digits.
 */
export function numberReader({ decimal, thousands }: NumberFormat): (text: string) => Reading | null {
  const point = `\\${decimal}`
  // spaces and apostrophes group in every format: they can mean nothing else
  const groups = `[${thousands === '.' || thousands === ',' ? thousands : ''} ']`
  const shape = new RegExp(
    `^(?:(?:\\d{1,3}(${groups})\\d{3}(?:\\1\\d{3})*|\\d+)(?:${point}\\d*)?|${point}\\d+)(?:[eE][+-]?\\d{1,3})?$`,
  )
  return (text) => {
    if (decimal === '.' && PLAIN.test(text) && !(thousands === '.' && text.includes('.')))
      return { value: Number(text), cleaned: false }
    const bare = strip(text)
    if (bare === null) return infinite(text)
    const group = shape.exec(bare.digits)
    if (group === null) return null
    let digits = bare.digits
    if (group[1] !== undefined) digits = digits.replaceAll(group[1], '')
    if (decimal === ',') digits = digits.replace(',', '.')
    const size = Number(digits) / (bare.percent ? 100 : 1)
    const foreign = group[1] !== undefined && group[1] !== thousands
    return { value: bare.negative ? -size : size, cleaned: bare.cleaned || foreign }
  }
}

function infinite(text: string): Reading | null {
  const match = /^([+-]?)(?:inf|infinity|∞)$/i.exec(text.trim())
  if (match === null) return null
  return { value: match[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, cleaned: false }
}

/** True where a double cannot hold the digits written: a whole number beyond 2^53. */
export const losesPrecision = (text: string, value: number): boolean =>
  Math.abs(value) > Number.MAX_SAFE_INTEGER &&
  Number.isFinite(value) &&
  !/[eE]/.test(text) &&
  BigInt(Math.trunc(value)).toString() !== text.replace(/[^\d]/g, '').replace(/^0+/, '')

/** True where the text is a number in some format. */
export const numeric = (text: string): boolean => strip(text) !== null || infinite(text) !== null

export const hasSpaceGroups = (digits: string): boolean => SPACE.test(digits)
