import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import { type Cell, makeWorkbook, partsOf, sheetXml, type WorkbookOf } from './make-workbook.ts'
import { makeZip } from './make-zip.ts'
import { codes, readText, valuesOf } from './read-helper.ts'

const date = (serial: number): Cell => ({ xml: `<c s="1"><v>${serial}</v></c>` })
const HEAD = ['Articolo', 'Data', 'Quantità'] as const
/** Days of 2024 in rows of one series. */
const sales = (name: string, n = 20): Cell[][] => Array.from({ length: n }, (_, i) => [name, date(45_292 + i), i + 0.5])
const read = (of: WorkbookOf, options = {}) => readText(makeWorkbook(of), options, 'sales.xlsx')
const causeOf = async (bytes: Buffer): Promise<unknown[]> =>
  (await readText(bytes, {}, 'x.xlsx')).problems.map(({ code, params }) => [code, params.cause ?? params.found])

test('a sheet is read: texts, numbers and dates as they are meant, names kept', async () => {
  const result = await read({
    sheets: [{ name: 'Vendite', rows: [HEAD, ...sales('007'), ...sales('caffè <più> & co')] }],
  })
  assert.deepEqual(
    result.items.map(({ name, calendar }) => [name, calendar?.start]),
    [
      ['007', '2024-01-01'],
      ['caffè <più> & co', '2024-01-01'],
    ],
  )
  assert.equal(valuesOf(result, '007')[3], 3.5)
  assert.deepEqual(result.files[0]?.sheet, 'Vendite')
  assert.deepEqual(result.files[0]?.dialect?.delimiter, null)
  assert.deepEqual(result.problems, [])
  assert.deepEqual(result.files[0]?.examples[0], {
    row: 2,
    raw: ['007', '2024-01-01', '0.5'],
    series: '007',
    date: '2024-01-01',
    value: 0.5,
  })
})

test('both date systems, date-times of a custom code, numbers as text, errors (H066)', async () => {
  const old = await read({
    from1904: true,
    sheets: [{ rows: [HEAD, ...sales('a').map(([a, , c], i): Cell[] => [a!, date(45_292 - 1462 + i), c!])] }],
  })
  assert.equal(old.items[0]?.calendar?.start, '2024-01-01')
  const hours = await read({
    sheets: [
      {
        rows: [
          HEAD,
          ...Array.from({ length: 20 }, (_, i): Cell[] => ['a', { xml: `<c s="2"><v>${45_292 + i / 24}</v></c>` }, i]),
        ],
      },
    ],
  })
  assert.deepEqual(
    [hours.items[0]?.calendar?.frequency.unit, hours.items[0]?.calendar?.start],
    ['hour', '2024-01-01T00:00'],
  )
  const mixed = await read({
    sheets: [
      {
        rows: [
          HEAD,
          ...sales('a', 15),
          ['a', date(45_307), '12,5'],
          ['a', date(45_308), { xml: '<c t="e"><v>#DIV/0!</v></c>' }],
          ['a', date(45_309), { xml: '<c t="str"><f>1+1</f><v>7</v></c>' }],
          ['a', { xml: '<c t="d"><v>2024-01-19T00:00:00</v></c>' }, 8],
        ],
      },
    ],
  })
  assert.deepEqual(valuesOf(mixed, 'a').slice(15), [12.5, Number.NaN, 7, 8])
})

test('a text or date merged over several rows counts for each of them, a number and a title do not', async () => {
  const day = (k: number): Cell => ({ xml: `<c s="1"><v>${45_292 + k}</v></c>` })
  const block = (name: string): Cell[][] =>
    Array.from({ length: 8 }, (_, k): Cell[] => [k === 0 ? name : null, day(k), k === 5 ? null : k + 1])
  const after = `<mergeCells count="4">${['A1:C1', 'A3:A10', 'A11:A18', 'C7:C8']
    .map((ref) => `<mergeCell ref="${ref}"/>`)
    .join('')}</mergeCells>`
  const rows = [['Sales of the shops', null, null], HEAD, ...block('north'), ...block('south')] as Cell[][]
  const result = await read({ sheets: [{ rows, after }] })
  assert.deepEqual(
    result.items.map(({ name }) => name),
    ['north', 'south'],
  )
  for (const name of ['north', 'south']) assert.deepEqual(valuesOf(result, name), [1, 2, 3, 4, 5, Number.NaN, 7, 8])
  assert.equal(result.totals.rejected, 0)
})

test('a formula without a stored result, merged cells, hidden sheets and many sheets are told (H066)', async () => {
  const rows = [HEAD, ...sales('a'), ['a', date(45_312), { xml: '<c><f>SUM(C2:C9)</f></c>' }]] as Cell[][]
  const after = '<mergeCells count="2"><mergeCell ref="E1:F1"/><mergeCell ref="E2:F2"/></mergeCells>'
  const result = await read({
    sheets: [
      { name: 'old', state: 'hidden', rows: [HEAD, ...sales('h')] },
      { name: 'now', rows, after },
      { name: 'notes', rows: [['x']] },
    ],
  })
  assert.deepEqual(
    result.problems.map(({ code, params }) => [code, params.count ?? params.cell, params.cell]),
    [
      ['sheets_left_aside', 2, undefined],
      ['formulas_without_value', 1, 'C22'],
      ['cells_merged', 2, undefined],
    ],
  )
  assert.equal(result.items[0]?.name, 'a')
  const hidden = await readText(
    makeWorkbook({
      sheets: [
        { name: 'old', state: 'veryHidden', rows: [HEAD, ...sales('h')] },
        { name: 'now', rows },
      ],
    }),
    { sheet: 'old' },
    'x.xlsx',
  )
  assert.equal(hidden.items[0]?.name, 'h')
  const unknown = await read({ sheets: [{ name: 'now', rows }] }, { sheet: 'later' })
  assert.deepEqual(codes(unknown), ['sheet_unknown'])
  const many = await read({
    sheets: Array.from({ length: 200 }, (_, i) => ({ rows: i === 0 ? [] : [HEAD, ...sales(`s${i}`)] })),
  })
  assert.deepEqual([many.items[0]?.name, many.problems[0]?.params.count], ['s1', 199])
})

test('a bomb of shared strings costs its distinct texts (H061)', async () => {
  const long = 'x'.repeat(1_000_000)
  const cells = Array.from(
    { length: 12_000 },
    (_, i) =>
      `<row r="${i + 2}"><c r="A${i + 2}" t="s"><v>0</v></c><c r="B${i + 2}" s="1"><v>${30_000 + i}</v></c><c r="C${i + 2}"><v>1</v></c></row>`,
  )
  const head =
    '<row r="1"><c r="A1" t="inlineStr"><is><t>item</t></is></c><c r="B1" t="inlineStr"><is><t>date</t></is></c><c r="C1" t="inlineStr"><is><t>value</t></is></c></row>'
  const bytes = makeWorkbook({
    sheets: [{ xml: `<worksheet><sheetData>${head}${cells.join('')}</sheetData></worksheet>` }],
    sharedStrings: `<sst><si><t>${long}</t></si></sst>`,
  })
  assert.ok(bytes.length < 300_000)
  const from = process.memoryUsage().rss
  const result = await readText(bytes, {}, 'x.xlsx')
  assert.equal(result.items[0]?.name.length, 32_767)
  assert.equal(result.items[0]?.values.length, 12_000)
  assert.ok(process.memoryUsage().rss - from < 300e6)
  // all of them in one row
  const row = `<row r="1">${Array.from({ length: 12_000 }, () => '<c t="s"><v>0</v></c>').join('')}</row>`
  const wide = await readText(
    makeWorkbook({
      sheets: [{ xml: `<worksheet><sheetData>${row}</sheetData></worksheet>` }],
      sharedStrings: `<sst><si><t>${long}</t></si></sst>`,
    }),
    {},
    'x.xlsx',
  )
  assert.equal(codes(wide)[0], 'line_too_long')
  assert.ok(process.memoryUsage().rss - from < 300e6)
})

test('document types, entities, nesting and other encodings are refused (H062)', async () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>`
  const external = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'
  const entity = '<worksheet><sheetData><row><c t="str"><v>&passwd;</v></c></row></sheetData></worksheet>'
  const include =
    '<worksheet xmlns:xi="http://www.w3.org/2001/XInclude"><sheetData><xi:include href="file:///etc/passwd"/></sheetData></worksheet>'
  const nested = `<worksheet>${'<a>'.repeat(1_000_000)}`
  const utf7 = '<?xml version="1.0" encoding="UTF-7"?><worksheet/>'
  const cause = async (xml: string): Promise<unknown[]> => causeOf(makeWorkbook({ sheets: [{ xml }] }))
  for (const xml of [laughs, external]) assert.deepEqual(await cause(xml), [['workbook_invalid', 'doctype']])
  assert.deepEqual(await cause(entity), [['workbook_invalid', 'damaged']])
  assert.deepEqual(await cause(nested), [['workbook_invalid', 'depth']])
  assert.deepEqual(await cause(utf7), [['workbook_invalid', 'encoding']])
  assert.deepEqual(codes(await readText(makeWorkbook({ sheets: [{ xml: include }] }), {}, 'x.xlsx')), ['file_empty'])
})

test('a sheet declared of 17 billion cells costs what it holds (H063)', async () => {
  const xml = sheetXml([HEAD, ...sales('a')])
    .replace('<sheetData>', '<dimension ref="A1:XFD1048576"/><sheetData>')
    .replace(
      '</sheetData>',
      '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>a</t></is></c><c r="B1048576" s="1"><v>45400</v></c><c r="C1048576"><v>1</v></c></row></sheetData>',
    )
  const from = performance.now()
  const result = await readText(makeWorkbook({ sheets: [{ xml }] }), {}, 'x.xlsx')
  assert.deepEqual([result.totals.rowsIn, result.items[0]?.repairs.at(-1)?.kind], [21, 'gap_filled_zero'])
  // a thousand rows with one cell at the far end each
  const far = Array.from({ length: 1000 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`).join('')
  await readText(
    makeWorkbook({ sheets: [{ xml: `<worksheet><sheetData>${far}</sheetData></worksheet>` }] }),
    {},
    'x.xlsx',
  )
  assert.ok(performance.now() - from < 10_000)
  const backwards = '<worksheet><sheetData><row r="2"/><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
  assert.deepEqual(await causeOf(makeWorkbook({ sheets: [{ xml: backwards }] })), [['workbook_invalid', 'cells']])
})

test('other kinds of workbooks are named, macros ignored and told (H065)', async () => {
  const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  const kinds: [string, Buffer][] = [
    ['xls', compound],
    ['encrypted', Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')])],
    [
      'xlsb',
      makeZip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'xl/workbook.bin', data: 'x' },
      ]),
    ],
    [
      'ods',
      makeZip([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', method: 0 },
        { name: 'content.xml', data: '<a/>' },
      ]),
    ],
    [
      'docx',
      makeZip([
        { name: '[Content_Types].xml', data: '' },
        { name: 'word/document.xml', data: '<a/>' },
      ]),
    ],
  ]
  for (const [found, bytes] of kinds) assert.deepEqual(await causeOf(bytes), [['file_type_mismatch', found]], found)
  const macros = await read({
    sheets: [{ rows: [HEAD, ...sales('a')] }],
    more: [{ name: 'xl/vbaProject.bin', data: 'x' }],
  })
  assert.deepEqual([codes(macros), macros.items.length], [['macros_ignored'], 1])
})

test('a workbook cut off or damaged anywhere is a problem, never a crash (H065)', async () => {
  const bytes = makeWorkbook({ sheets: [{ rows: [HEAD, ...sales('a', 400), ...sales('b', 400)] }] })
  const cuts = Math.min(1000, bytes.length)
  for (let i = 0; i < cuts; i++) {
    const cut = bytes.subarray(0, Math.floor((i * bytes.length) / cuts))
    assert.ok(codes(await readText(cut, {}, 'x.xlsx')).length > 0, `${cut.length}`)
  }
})

test('links, pivots, styles and comments are not looked at, and nothing is fetched (H067)', async (t) => {
  const connect = t.mock.method(net.Socket.prototype, 'connect', () => {
    throw new Error('a socket was opened')
  })
  const styles = `<styleSheet><cellXfs>${'<xf numFmtId="0"/>'.repeat(50_000)}</cellXfs></styleSheet>`
  const parts = partsOf({
    sheets: [
      {
        rows: [
          ['item', 'day', 'qty'],
          ...Array.from({ length: 20 }, (_, i): Cell[] => ['a', `2024-01-${String(i + 1).padStart(2, '0')}`, i]),
        ],
      },
    ],
    styles,
  })
  const result = await readText(
    makeZip([
      ...parts.filter(({ name }) => !name.endsWith('workbook.xml.rels')),
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: '<Relationships><Relationship Id="rId9" TargetMode="External" Target="http://127.0.0.1:1/x.xlsx"/><Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
      },
      { name: 'xl/externalLinks/externalLink1.xml', data: '<externalLink/>' },
      { name: 'xl/pivotCache/pivotCacheRecords1.xml', data: '<pivotCacheRecords><!DOCTYPE' },
      { name: 'xl/comments1.xml', data: '<comments><script>alert(1)</script></comments>' },
    ]),
    {},
    'x.xlsx',
  )
  assert.deepEqual([codes(result), result.items[0]?.values.length, connect.mock.callCount()], [[], 20, 0])
})
