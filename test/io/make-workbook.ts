import { makeZip, type Packed } from './make-zip.ts'

/** `null` an empty cell; numbers, texts, and cells written by hand (`<c ...>`). */
export type Cell = string | number | null | { readonly xml: string }

export interface SheetOf {
  readonly name?: string
  readonly state?: string
  readonly rows?: readonly (readonly Cell[])[]
  /** The whole part, in place of `rows`. */
  readonly xml?: string
  readonly after?: string
}

export interface WorkbookOf {
  readonly sheets: readonly SheetOf[]
  readonly from1904?: boolean
  readonly styles?: string
  readonly sharedStrings?: string
  readonly more?: readonly Packed[]
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export function columnName(index: number): string {
  let name = ''
  for (let i = index + 1; i > 0; i = Math.floor((i - 1) / 26)) name = String.fromCharCode(65 + ((i - 1) % 26)) + name
  return name
}

const cellXml = (cell: Cell, reference: string): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
  if (typeof cell === 'string') return `<c r="${reference}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
  return cell.xml.replace('<c', `<c r="${reference}"`)
}

export const sheetXml = (rows: readonly (readonly Cell[])[], after = ''): string =>
  `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (row, r) => `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${columnName(c)}${r + 1}`)).join('')}</row>`,
    )
    .join('')}</sheetData>${after}</worksheet>`

/** Style 1 is a date, style 2 a date and time of a custom code; the others are numbers. */
const STYLES = `${XML}<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="171" formatCode="&quot;Day &quot;0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`

export function partsOf({ sheets, from1904, styles, sharedStrings, more = [] }: WorkbookOf): Packed[] {
  return [
    { name: '[Content_Types].xml', data: `${XML}<Types/>` },
    {
      name: 'xl/workbook.xml',
      data: `${XML}<workbook xmlns:r="r">${from1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${sheets
        .map(
          ({ name, state }, i) =>
            `<sheet name="${escaped(name ?? `Sheet${i + 1}`)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `${XML}<Relationships>${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    },
    { name: 'xl/styles.xml', data: styles ?? STYLES },
    ...(sharedStrings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: sharedStrings }]),
    ...sheets.map((sheet, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      data: sheet.xml ?? sheetXml(sheet.rows ?? [], sheet.after),
    })),
    ...more,
  ]
}

export const makeWorkbook = (of: WorkbookOf): Buffer => makeZip(partsOf(of))
