import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { chartXml, drawingXml } from './chart.ts'
import { SharedStrings } from './shared-strings.ts'
import { type SheetOf, sheetXml, tableXml } from './sheet.ts'
import { stylesXml } from './styles.ts'
import { DECLARATION, escapeXml, MAIN, RELATIONS } from './xml.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument'

/** The same bytes whenever and wherever it is written: no clock enters the file. The stamp is in the zone of the machine. */
const made = () => ({ mtime: new Date(1980, 1, 1), mode: 0o100644, forceDosTimestamp: true })

interface Part {
  readonly path: string
  readonly type?: string
  readonly pieces: () => Iterable<string>
}

const relation = (id: number, kind: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`
const relations = (...items: readonly string[]): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`

/**
 * A workbook (ECMA-376) as a stream of bytes: one sheet after the other, the shared texts last, nothing but these texts
 * kept in memory. `title` is told in its properties.
 */
export async function* workbookBytes(sheets: readonly SheetOf[], title: string): AsyncGenerator<Uint8Array> {
  const parts = partsOf(sheets, title)
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(contentTypes(parts)), '[Content_Types].xml', made())
  for (const { path, pieces } of parts)
    zip.addReadStreamLazy(path, made(), (found) => found(null, Readable.from(encoded(pieces()), { objectMode: false })))
  zip.end()
  const bytes = zip.outputStream as unknown as Readable
  // what goes wrong in a part comes from the archive; the reader of the stream must see it
  zip.on('error', (error) => bytes.destroy(error))
  yield* bytes as AsyncIterable<Uint8Array>
}

function* encoded(pieces: Iterable<string>): Generator<Buffer> {
  for (const piece of pieces) if (piece !== '') yield Buffer.from(piece)
}

function contentTypes(parts: readonly Part[]): string {
  const own = parts
    .filter(({ type }) => type !== undefined)
    .map(({ path, type }) => `<Override PartName="/${path}" ContentType="${type}"/>`)
  return `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${own.join('')}</Types>`
}

function partsOf(sheets: readonly SheetOf[], title: string): Part[] {
  const strings = new SharedStrings()
  const parts: Part[] = []
  const add = (path: string, type: string | undefined, ...pieces: string[]): void =>
    void parts.push({ path, ...(type && { type }), pieces: () => pieces })
  const names = sheets.map(({ name }) => escapeXml(name))
  add(
    '_rels/.rels',
    undefined,
    relations(
      relation(1, 'officeDocument', 'xl/workbook.xml'),
      `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
    ),
  )
  add(
    'docProps/core.xml',
    'application/vnd.openxmlformats-package.core-properties+xml',
    `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:creator>ARIMA Forecaster</dc:creator></cp:coreProperties>`,
  )
  add(
    'xl/workbook.xml',
    `${TYPE}.spreadsheetml.sheet.main+xml`,
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets.map(({ hidden }, i) => `<sheet name="${names[i]}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`).join('')}</sheets><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`,
  )
  add(
    'xl/_rels/workbook.xml.rels',
    undefined,
    relations(
      ...sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
      relation(sheets.length + 1, 'styles', 'styles.xml'),
      relation(sheets.length + 2, 'sharedStrings', 'sharedStrings.xml'),
    ),
  )
  add('xl/styles.xml', `${TYPE}.spreadsheetml.styles+xml`, stylesXml())
  let charts = 0
  sheets.forEach((sheet, i) => {
    const number = i + 1
    const own: string[] = []
    parts.push({
      path: `xl/worksheets/sheet${number}.xml`,
      type: `${TYPE}.spreadsheetml.worksheet+xml`,
      pieces: () => sheetXml(sheet, strings),
    })
    if (sheet.charts !== undefined && sheet.charts.length > 0) {
      own.push(relation(1, 'drawing', `../drawings/drawing${number}.xml`))
      add(`xl/drawings/drawing${number}.xml`, `${TYPE}.drawing+xml`, drawingXml(sheet.charts))
      const drawn = sheet.charts.map((chart, c) => {
        charts++
        add(`xl/charts/chart${charts}.xml`, `${TYPE}.drawingml.chart+xml`, chartXml(chart))
        return relation(c + 1, 'chart', `../charts/chart${charts}.xml`)
      })
      add(`xl/drawings/_rels/drawing${number}.xml.rels`, undefined, relations(...drawn))
    }
    if (sheet.table !== undefined) {
      own.push(relation(2, 'table', `../tables/table${number}.xml`))
      add(`xl/tables/table${number}.xml`, `${TYPE}.spreadsheetml.table+xml`, tableXml(sheet.table, number))
    }
    if (own.length > 0) add(`xl/worksheets/_rels/sheet${number}.xml.rels`, undefined, relations(...own))
  })
  parts.push({
    path: 'xl/sharedStrings.xml',
    type: `${TYPE}.spreadsheetml.sharedStrings+xml`,
    pieces: () => strings.xml(),
  })
  return parts
}
