export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Signs that XML 1.0 cannot hold; a workbook writes them as `_x0007_`, and an underscore that would read so as `_x005F_`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\r|_(?=x[0-9A-Fa-f]{4}_)/g
const SPECIAL = /[&<>"]/g
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text inside XML of a workbook, in content and attributes alike. Half letters (lone surrogates) become U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNFIT, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(SPECIAL, (sign) => NAMES[sign]!)

/** Column 0 is `A`, column 27 is `AB`. */
export function columnName(index: number): string {
  let name = ''
  for (let i = index + 1; i > 0; i = Math.floor((i - 1) / 26)) name = String.fromCharCode(65 + ((i - 1) % 26)) + name
  return name
}

/** The name of a sheet inside a formula. */
export const sheetReference = (name: string): string => `'${name.replaceAll("'", "''")}'`
