/** How a spreadsheet recognises a formula (OWASP, CSV injection), full-width variants and a NUL in front included. */
const FORMULA = /^'*[\0\t\r\n=+\-@＝＋－＠]/
const NUMBER = /^[+-]?\d+([.,]\d+)*$/

/** A number in its shortest round-trip form; empty where there is none. */
export const numberCell = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '' : String(value)

/** A text cell by RFC 4180: quoted where it holds a quote, a comma, a line end, or blanks at its ends. */
export const textCell = (text: string, delimiter = ','): string =>
  /[",\r\n\0]|^\s|\s$/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * A text cell that no spreadsheet runs as a formula: `'` goes in front, inside quotes. Texts that are a number (`-12`)
 * stay. To have the name back, take one `'` off every text in which `'`s are followed by one of the signs: a name that
 * looked so already got one more.
 */
export const guardedCell = (text: string, delimiter = ','): string =>
  FORMULA.test(text) && !NUMBER.test(text) ? `"'${text.replaceAll('"', '""')}"` : textCell(text, delimiter)
