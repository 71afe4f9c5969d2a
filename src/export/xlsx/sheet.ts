import { type CellValue, cellXml } from './cell.ts'
import type { ChartOf } from './chart.ts'
import type { SharedStrings } from './shared-strings.ts'
import type { Style } from './styles.ts'
import { columnName, DECLARATION, escapeXml, MAIN, RELATIONS } from './xml.ts'

/** A cell with its look; a bare value is plain. */
export type StyledCell = readonly [CellValue, Style]

export interface RowOf {
  /** From 1; ascending. */
  readonly row: number
  readonly cells: readonly (StyledCell | null)[]
  readonly height?: number
}

/** A rule that colours cells: by a formula or what they hold, or with a bar as long as the number. */
export interface Condition {
  readonly range: string
  readonly rule:
    | { readonly kind: 'expression'; readonly formula: string; readonly difference: number }
    | { readonly kind: 'bar'; readonly colour: string; readonly least: number; readonly most: number }
}

export interface Validation {
  readonly range: string
  /** Values divided by commas in quotes, or a range; or a number is asked for. */
  readonly list?: string
  readonly prompt: string
}

/** A table that can be filtered and is known by its name in formulas. */
export interface TableOf {
  readonly name: string
  readonly range: string
  readonly columns: readonly string[]
}

export interface SheetOf {
  readonly name: string
  readonly hidden?: boolean
  readonly widths: readonly number[]
  /** Columns (from 0) that are there for formulas and charts only. */
  readonly hiddenColumns?: readonly number[]
  /** Rows and columns that stay while the rest is scrolled. */
  readonly frozen?: { readonly rows: number; readonly columns: number }
  readonly rows: () => Iterable<RowOf>
  readonly table?: TableOf
  readonly conditions?: readonly Condition[]
  readonly validations?: readonly Validation[]
  /** Links to other cells of the workbook: where, and to what. */
  readonly links?: readonly { readonly at: string; readonly to: string }[]
  readonly charts?: readonly ChartOf[]
  readonly merged?: readonly string[]
  readonly gridLines?: boolean
}

const BLOCK = 1 << 16

/** The part of a sheet, row by row. Elements stand in the order that the standard demands. */
export function* sheetXml(sheet: SheetOf, strings: SharedStrings): Generator<string> {
  const { frozen, conditions = [], validations = [], links = [], charts = [], merged = [], table } = sheet
  yield `${DECLARATION}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"${sheet.gridLines === false ? ' showGridLines="0"' : ''}>${frozen === undefined ? '' : paneXml(frozen)}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>`
  if (sheet.widths.length > 0)
    yield `<cols>${sheet.widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${sheet.hiddenColumns?.includes(i) ? ' hidden="1"' : ''}/>`).join('')}</cols>`
  let block = '<sheetData>'
  for (const { row, cells, height } of sheet.rows()) {
    block += `<row r="${row}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>`
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!
      if (cell !== null) block += cellXml(row, i, cell[0], cell[1], strings)
    }
    block += '</row>'
    if (block.length < BLOCK) continue
    yield block
    block = ''
  }
  yield `${block}</sheetData>`
  if (merged.length > 0)
    yield `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  yield conditions.map(conditionXml).join('')
  if (validations.length > 0)
    yield `<dataValidations count="${validations.length}">${validations.map(validationXml).join('')}</dataValidations>`
  if (links.length > 0)
    yield `<hyperlinks>${links.map(({ at, to }) => `<hyperlink ref="${at}" location="${escapeXml(to)}"/>`).join('')}</hyperlinks>`
  yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>'
  if (charts.length > 0) yield '<drawing r:id="rId1"/>'
  if (table !== undefined) yield '<tableParts count="1"><tablePart r:id="rId2"/></tableParts>'
  yield '</worksheet>'
}

function paneXml({ rows, columns }: NonNullable<SheetOf['frozen']>): string {
  const pane = columns > 0 ? (rows > 0 ? 'bottomRight' : 'topRight') : 'bottomLeft'
  const split = `${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''}`
  return `<pane${split} topLeftCell="${columnName(columns)}${rows + 1}" activePane="${pane}" state="frozen"/><selection pane="${pane}"/>`
}

function conditionXml({ range, rule }: Condition, index: number): string {
  const priority = index + 1
  const inner =
    rule.kind === 'expression'
      ? `<cfRule type="expression" dxfId="${rule.difference}" priority="${priority}"><formula>${escapeXml(rule.formula)}</formula></cfRule>`
      : `<cfRule type="dataBar" priority="${priority}"><dataBar><cfvo type="num" val="${rule.least}"/><cfvo type="num" val="${rule.most}"/><color rgb="FF${rule.colour}"/></dataBar></cfRule>`
  return `<conditionalFormatting sqref="${range}">${inner}</conditionalFormatting>`
}

/** Signs that a prompt may have. */
const MOST_PROMPT = 255

function validationXml({ range, list, prompt }: Validation): string {
  const ask = ` showInputMessage="1" prompt="${escapeXml(prompt.slice(0, MOST_PROMPT))}"`
  return list === undefined
    ? `<dataValidation type="decimal" operator="between" allowBlank="1" showErrorMessage="1"${ask} sqref="${range}"><formula1>-1E+300</formula1><formula2>1E+300</formula2></dataValidation>`
    : `<dataValidation type="list" allowBlank="1" showErrorMessage="1"${ask} sqref="${range}"><formula1>${escapeXml(list)}</formula1></dataValidation>`
}

/** The part of a table. */
export const tableXml = ({ name, range, columns }: TableOf, id: number): string =>
  `${DECLARATION}<table xmlns="${MAIN}" id="${id}" name="${name}" displayName="${name}" ref="${range}" totalsRowShown="0"><autoFilter ref="${range}"/><tableColumns count="${columns.length}">${columns.map((column, i) => `<tableColumn id="${i + 1}" name="${escapeXml(column)}"/>`).join('')}</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>`
