import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readFiles, readPortfolio } from '../../src/io/read-portfolio.ts'
import { balanced, codes, days, dmy, iso, readText, valuesOf } from './read-helper.ts'

const long = (name: string, n = 20): string => days(n, (day, i) => `${name},${iso(day)},${i}`)
const HEAD = 'series_name,date,value\n'

test('files with nothing in them (H030)', async () => {
  for (const text of ['', '\ufeff', '\n\n\r\n', ';;\n;;\n'])
    assert.deepEqual(codes(await readText(text)), ['file_empty'])
  assert.deepEqual(codes(await readText('a_name,date,value\n')), ['file_header_only'])
})

test('encodings (H031)', async () => {
  const text = `articolo;data;quantità\n${days(30, (day, i) => `caffè più;${dmy(day)};${i},5`)}`
  const utf16be = Buffer.from(text, 'utf16le').swap16()
  const cases: [string, Buffer][] = [
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be],
    ['windows-1252', Buffer.from(text, 'latin1')],
  ]
  for (const [encoding, bytes] of cases) {
    const result = await readText(bytes)
    assert.deepEqual([result.files[0].encoding, result.items[0]?.name], [encoding, 'caffè più'])
    assert.equal(valuesOf(result, 'caffè più')[3], 3.5)
  }
  assert.deepEqual(codes(await readText(Buffer.from(text, 'latin1'), { encoding: 'utf-8' })), ['encoding_invalid'])
})

test('what a file really is decides, not its ending (H039, H040)', async () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])
  for (const bytes of [png, Buffer.from('%PDF-1.7 ...'), Buffer.from('<!DOCTYPE html><p>')])
    assert.deepEqual(codes(await readText(bytes)), ['file_type_mismatch'])
  assert.deepEqual(codes(await readText(Buffer.from('PK\u0003\u0004 xl/'))), ['archive_invalid'])
  assert.equal((await readText(gzipSync(HEAD + long('a')))).items.length, 1)
  assert.deepEqual(codes(await readText(gzipSync(Buffer.alloc(30_000_000, '1,2\n')))), ['file_too_large'])
  assert.deepEqual(codes(await readText(gzipSync('abc').subarray(0, 15))), ['file_unreadable'])
})

test('an unclosed quote costs its own row only (H033)', async () => {
  const result = await readText(`${HEAD}${long('a')}\n"b,2024-01-01,5\n${long('c')}`)
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [['quote_unclosed', 22]],
  )
  assert.deepEqual(
    result.items.map(({ name, values }) => [name, values.length]),
    [
      ['a', 20],
      ['c', 20],
    ],
  )
  assert.deepEqual(result.totals, { rowsIn: 41, used: 40, repaired: 0, rejected: 1 })
})

test('an unclosed quote in a large file is bounded', async () => {
  const rows = `${long('a', 300)}\n`.repeat(500)
  const from = performance.now()
  const result = await readText(`${HEAD}${long('z')}\n"b,2024-01-01,5\n${rows}`)
  assert.ok(codes(result).includes('quote_unclosed'))
  assert.ok(performance.now() - from < 10_000)
})

test('quotes inside a field, text after a quote, line breaks in quotes', async () => {
  const text = `${HEAD}${long('pipe 1/2"')}\n"x"y,2024-01-01,1\n${long('"a, ""b""\nc"')}\n`
  const result = await readText(text)
  assert.deepEqual(
    result.items.map(({ name }) => name),
    ['pipe 1/2"', 'a, "b"\nc'],
  )
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [['row_text_after_quote', 22]],
  )
  assert.equal(result.totals.used, 40)
})

test('many quotes as letters, and text after a quote among them', async () => {
  const result = await readText(`${HEAD}${long('rod 3/4"', 90)}\n"x"y,2024-01-01,1\n${long('z', 9)}`)
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [['row_text_after_quote', 92]],
  )
  assert.equal(result.totals.used, 99)
})

test('long lines, many columns, ragged rows (H034, H035)', async () => {
  assert.deepEqual(codes(await readText('9,'.repeat(600_000))), ['line_too_long'])
  assert.deepEqual(codes(await readText(`date${',a'.repeat(17_000)}\n`)), ['columns_too_many'])
  const result = await readText(`${HEAD}${long('a')}\na,2024-01-21\na,2024-01-21,20,x\n`)
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [
      ['row_columns_mismatch', 22],
      ['row_columns_mismatch', 23],
    ],
  )
})

test('names are data, byte for byte (H020, H044)', async () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    ' ',
    '../../etc/passwd',
    'CON',
    '007',
    '1E5',
    '2024-01',
    '12345678901234567890',
    '=1+1',
  ]
  const result = await readText(HEAD + names.map((name) => long(name)).join('\n'))
  assert.deepEqual(
    result.items.map(({ name }) => name),
    names,
  )
  assert.equal(result.totals.used, 20 * names.length)
  const wide = await readText(`date,__proto__,constructor\n${days(9, (day, i) => `${iso(day)},${i},${i}`)}`)
  assert.deepEqual(
    wide.items.map(({ name }) => name),
    ['__proto__', 'constructor'],
  )
  assert.equal(Object.getOwnPropertyDescriptor(wide.files[0].columns, '__proto__')?.value, 'value')
})

test('NUL in a name is refused, twins are told, an empty name is no series', async () => {
  const result = await readText(
    `${HEAD}a\u0000b,2024-01-01,1\n,2024-01-01,2\n${long('Cafe\u0301')}\n${long('café')}\n${long('ok')}`,
  )
  assert.deepEqual(codes(result), ['name_unusable', 'row_series_missing', 'series_name_twins'])
})

test('one name in two files stays two series (H021)', async () => {
  const file = (name: string) => ({ name, bytes: Buffer.from(HEAD + long('a')) })
  const result = await readPortfolio([file('x.csv'), file('y.csv')])
  balanced(result)
  assert.deepEqual(
    result.items.map(({ name }) => name),
    ['a', 'a (y)'],
  )
  assert.deepEqual(codes(result), ['name_in_two_files'])
})

test('columns asked for, missing or named twice (H041)', async () => {
  assert.deepEqual(codes(await readText(`date,value,value\n${days(9, (d) => `${iso(d)},1,2`)}`)).slice(0, 1), [
    'column_duplicated',
  ])
  assert.equal(codes(await readText(`date,name\n${days(9, (d) => `${iso(d)},x`)}`))[0], 'column_missing')
  assert.equal(codes(await readText(HEAD + long('a'), { valueColumn: 'sales' }))[0], 'column_unknown')
  const twice = await readText(`${HEAD}${long('a', 5)}\n${HEAD}${long('b', 5)}`)
  assert.deepEqual(codes(twice), ['row_not_data'])
})

test('paths that are no files', async () => {
  const result = await readFiles(['/no/such/file.csv', '/tmp'])
  assert.deepEqual(codes(result), ['file_not_found', 'file_unreadable'])
})

test('the list of problems is capped, the counts are not (H048)', async () => {
  const result = await readText(HEAD + long('a') + '\na,31/02/2012,1'.repeat(12_000))
  assert.equal(result.totals.rejected, 12_000)
  assert.deepEqual(result.problems.at(-1)?.params, { listed: 10_000, total: 12_001 })
})

test('no content throws, and no row is lost', async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      '"',
      'a',
      '1',
      '1,5',
      '2024-01-01',
      '01/02/2024',
      'n/d',
      '€ 5',
      '(3)',
      '1.234',
      'date',
      'value',
      '\u0000',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const line = fc
    .tuple(fc.array(cell, { maxLength: 4 }), fc.constantFrom(',', ';', '\t'))
    .map(([cells, sign]) => cells.join(sign))
  const file = fc
    .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([lines, end]) => lines.join(end))
  await fc.assert(
    fc.asyncProperty(file, async (text) => void (await readText(text))),
    { numRuns: 300 },
  )
})

test('a megabyte of any pattern is read in linear time (H047)', async () => {
  for (const cell of ['9,', '(', '€', "1'", '9 ', '-', '1.', '/1', 'T', ' ']) {
    const text = `${HEAD}${`a;"${cell.repeat(400)}";1\n`.repeat(500)}`
    const from = performance.now()
    await readText(text)
    assert.ok(performance.now() - from < 3000, cell)
  }
})

test('a date far from all others is rejected at its row; a long pause is not', async () => {
  const rows = (years: readonly string[]): string => HEAD + years.map((date, i) => `a,${date},${i + 1}`).join('\n')
  const months = Array.from(
    { length: 24 },
    (_, t) => `${2020 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01`,
  )
  const far = await readText(rows(['0020-01-01', ...months, '2042-01-01', '2042-01-01']))
  assert.deepEqual(
    far.problems.map(({ code, row, column, params }) => [code, row, column, params.years]),
    [
      ['row_date_far', 2, 'date', 2000],
      ['row_date_far', 27, 'date', 20],
      ['row_date_far', 28, 'date', 20],
    ],
  )
  assert.deepEqual(
    valuesOf(far, 'a'),
    Array.from({ length: 24 }, (_, t) => t + 2),
  )
  assert.deepEqual(far.totals, { rowsIn: 27, used: 24, repaired: 0, rejected: 3 })
  for (const kept of [
    [...months, '2029-06-01'],
    ['1950-01-01', '1960-01-01', '1970-01-01', '1980-01-01', '1990-01-01', '2000-01-01', '2015-01-01'],
    ['2001-01-01', '2001-03-01', '2020-01-01'],
  ])
    assert.equal((await readText(rows(kept))).totals.rejected, 0)
  const wide = await readText(`date,a,b\n${[...months, '9999-01-01'].map((date, i) => `${date},${i},${i}`).join('\n')}`)
  assert.deepEqual(codes(wide), ['row_date_far'])
  assert.deepEqual([valuesOf(wide, 'a').length, valuesOf(wide, 'b').length], [24, 24])
})

test('a few bad bytes do not break every accent of a file (H031)', async () => {
  const text = Buffer.from(`\ufeff${HEAD}${long('caffè più', 20)}\n`)
  const result = await readText(Buffer.concat([text, Buffer.from([0x78, 0xff, 0x2c]), Buffer.from('2024-01-01,5\n')]))
  assert.deepEqual(
    result.problems.map(({ code, row, params }) => [code, row, params.byte]),
    [['encoding_invalid', 22, text.length + 1]],
  )
  assert.deepEqual(
    result.items.map(({ name }) => name),
    ['caffè più', 'x\ufffd'],
  )
  assert.equal(valuesOf(result, 'caffè più').length, 20)
})

test('zeros and end marks after the last row are padding, no rows', async () => {
  for (const padding of ['\u0000'.repeat(5000), '\u001a', '\u001a\u0000']) {
    const result = await readText(`${HEAD}${long('a')}\n${padding}`)
    assert.deepEqual([codes(result), result.totals.used], [[], 20])
  }
  assert.deepEqual(codes(await readText('\u0000'.repeat(100))), ['file_type_mismatch'])
})

test('numbers that contradict each other are both shown', async () => {
  const text = `a;date;value\n${days(20, (day, i) => `x;${iso(day)};${i % 2 ? '1.100,50' : '1,100.50'}`)}`
  const { problems } = await readText(text)
  assert.deepEqual(
    problems.map(({ code, params }) => [code, params.example]),
    [['number_format_ambiguous', '1,100.50 / 1.100,50']],
  )
})

test('control characters, separators of other systems and mixed line ends are handled or located (H036)', async () => {
  const rows = days(9, (day, i) => `a\u000bb\u2028c,${iso(day)},${i}`).split('\n')
  const mixed = HEAD + rows.map((row, i) => row + ['\n', '\r\n', '\r'][i % 3]).join('')
  const result = await readText(mixed)
  assert.deepEqual([result.items[0]?.name, result.totals.used], ['a\u000bb\u2028c', 9])
  const nul = await readText(`${HEAD}${long('a')}\na,2024-01-21,1\u00002\n`)
  assert.deepEqual(
    nul.problems.map(({ code, row }) => [code, row]),
    [['row_value_invalid', 22]],
  )
  const cr = await readText((HEAD + long('a')).replaceAll('\n', '\r'))
  assert.equal(cr.totals.used, 20)
})

test('more encodings are told from each other, and bytes that are none are located (H031)', async () => {
  const utf32 = (text: string, little: boolean, mark: boolean): Buffer => {
    const points = [...(mark ? '\ufeff' : ''), ...text].map((letter) => letter.codePointAt(0)!)
    const bytes = Buffer.alloc(4 * points.length)
    for (const [i, point] of points.entries())
      little ? bytes.writeUInt32LE(point, 4 * i) : bytes.writeUInt32BE(point, 4 * i)
    return bytes
  }
  const text = `${HEAD}${long('caffè 二')}`
  for (const [encoding, bytes] of [
    ['utf-32le', utf32(text, true, true)],
    ['utf-32be', utf32(text, false, true)],
    ['utf-32le', utf32(text, true, false)],
  ] as const) {
    const result = await readText(bytes)
    assert.deepEqual([result.files[0]?.encoding, result.items[0]?.name], [encoding, 'caffè 二'])
  }
  // the same words in two encodings of the East, as their bytes
  const japanese = Buffer.concat([
    Buffer.from('商品,日付,数量\n'.replace('商品,日付,数量', '')),
    Buffer.from([0x8f, 0xa4, 0x95, 0x69]),
    Buffer.from(',date,value\n'),
    ...Array.from({ length: 30 }, (_, i) =>
      Buffer.concat([
        Buffer.from([0x83, 0x6c, 0x83, 0x57, 0x82, 0xcc, 0x8f, 0xa4, 0x95, 0x69]),
        Buffer.from(`,2024-01-${String(i + 1).padStart(2, '0')},${i}\n`),
      ]),
    ),
  ])
  const sjis = await readText(japanese)
  assert.deepEqual([sjis.files[0]?.encoding, sjis.items[0]?.name], ['shift_jis', 'ネジの商品'])
  const gbHead = Buffer.from('c9ccc6b72cc8d5c6da2ccffac1bf0a', 'hex')
  const gbNames = ['b1b1bea9b2fac6b7', 'c9cfbaa3b2fac6b7', 'd6d0b9facffacadb', 'c2ddcbbfcafdc1bf']
  const gbRows = Array.from({ length: 40 }, (_, i) => [
    Buffer.from(gbNames[Math.floor(i / 10)]!, 'hex'),
    Buffer.from(`,2024-01-${String((i % 10) + 1).padStart(2, '0')},${i}\n`),
  ])
  const chinese = Buffer.concat([gbHead, ...gbRows.flat()])
  const gb = await readText(chinese)
  assert.deepEqual([gb.files[0]?.encoding, gb.items[0]?.name], ['gb18030', '北京产品'])
})

test('dates outside any calendar are located; a series may end on the last day of the calendar (H019)', async () => {
  const rows = ['1900-02-29', '2023-02-29', '2024-13-01', '0000-00-00', '2021-W53'].map((date, i) => `a,${date},${i}`)
  const result = await readText(`${HEAD}${long('a', 40)}\n${rows.join('\n')}`)
  assert.deepEqual(
    result.problems.map(({ code, params }) => [code, params.value]),
    ['1900-02-29', '2023-02-29', '2024-13-01', '0000-00-00', '2021-W53'].map((value) => ['row_date_invalid', value]),
  )
  const week53 = await readText(
    `${HEAD}${['2020-W51', '2020-W52', '2020-W53', '2021-W01', '2021-W02', '2021-W03'].map((week, i) => `a,${week},${i}`).join('\n')}`,
  )
  assert.deepEqual(
    [week53.items[0]?.calendar?.start, week53.items[0]?.values.length, week53.problems],
    ['2020-12-14', 6, []],
  )
  const last = await readText(
    `${HEAD}${Array.from({ length: 12 }, (_, i) => `a,9999-12-${String(i + 20).padStart(2, '0')},${i}`).join('\n')}`,
  )
  assert.equal(last.items[0]?.values.length, 12)
  const leap = await readText(
    `${HEAD}${[2004, 2008, 2012, 2016, 2020].map((year, i) => `a,${year}-02-29,${i}`).join('\n')}`,
  )
  assert.equal(leap.totals.rejected, 0)
})

test('hours that a clock change doubles or leaves out, and rows out of order, are repaired and listed (H018)', async () => {
  const hour = (h: number): string => `2024-10-27T${String(h % 24).padStart(2, '0')}:00`
  const hours = [...Array.from({ length: 24 }, (_, h) => hour(h)), hour(2)]
  const result = await readText(HEAD + hours.map((date, i) => `a,${date},${i}`).join('\n'))
  assert.deepEqual(
    result.items[0]?.repairs.map(({ kind, row }) => [kind, row]),
    [
      ['order_restored', 26],
      ['duplicate_merged', 4],
    ],
  )
  const spring = Array.from({ length: 24 }, (_, h) => hour(h)).filter((_, h) => h !== 2)
  const gap = await readText(HEAD + spring.map((date, i) => `a,${date},${i}`).join('\n'))
  assert.deepEqual(
    gap.items[0]?.repairs.map(({ kind, date }) => [kind, date]),
    [['gap_left_missing', '2024-10-27T02:00']],
  )
})

test('the name of a file is a label, never a path (H046)', async () => {
  for (const name of [
    '../../etc/passwd',
    'C:\\x.csv',
    '%2e%2e',
    `${'n'.repeat(5000)}.csv`,
    '\u202Evsc.exe.csv',
    'a\nb.csv',
  ]) {
    const result = await readText(`date,value\n${days(9, (day, i) => `${iso(day)},${i}`)}`, {}, name)
    assert.equal(result.files[0]?.file, name)
    assert.equal(result.items.length, 1)
    assert.doesNotMatch(result.items[0]!.name, /[\\/]/)
  }
})
