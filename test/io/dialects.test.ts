import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes, days, dmy, iso, readText, valuesOf } from './read-helper.ts'

const one = async (cells: readonly string[], delimiter = ';', options = {}) => {
  const rows = days(cells.length, (day, i) => `a${delimiter}${iso(day)}${delimiter}${cells[i]}`)
  return readText(`sku${delimiter}date${delimiter}value\n${rows}`, options)
}

test('delimiter, decimal and thousands are decided together (H032)', async () => {
  const cases: [string, string[], number[]][] = [
    [';', ['1.234,50', '2,5', '999'], [1234.5, 2.5, 999]],
    [';', ['1,234.50', '2.5', '999'], [1234.5, 2.5, 999]],
    ['\t', ['1 234,5', '12\u202f345,5', '1'], [1234.5, 12345.5, 1]],
    ['|', ["1'234.5", '1’000', '3'], [1234.5, 1000, 3]],
    [',', ['1.234', '0.5', '12'], [1.234, 0.5, 12]],
    [';', ['1.234.567', '1.234', '12'], [1234567, 1234, 12]],
    [';', ['1.234.567,8', '-12.345,', '1.234'], [1234567.8, -12345, 1234]],
    [',', ['0.123', '1234.567', '1.234'], [0.123, 1234.567, 1.234]],
    [',', ['"1,234"', '"12,345"', '999'], [1234, 12345, 999]],
  ]
  for (const [delimiter, cells, values] of cases) {
    const result = await one(cells, delimiter)
    assert.equal(result.files[0].dialect?.delimiter, delimiter)
    assert.deepEqual(valuesOf(result, 'a'), values)
    assert.equal(result.totals.repaired, 0)
  }
})

test('the quotation mark can be told', async () => {
  const rows = days(8, (day, i) => `'a;b';${iso(day)};${i}`)
  const told = await readText(`sku;date;value\n${rows}`, { quote: "'" })
  assert.equal(told.files[0].dialect?.quote, "'")
  assert.deepEqual(valuesOf(told, 'a;b'), [0, 1, 2, 3, 4, 5, 6, 7])
})

test('a column that may be read in two ways is a question, and the option answers it', async () => {
  const cells = ['1.234', '5.678', '9.012']
  assert.equal(codes(await one(cells))[0], 'number_format_ambiguous')
  assert.deepEqual(valuesOf(await one(cells, ';', { decimal: ',' }), 'a'), [1234, 5678, 9012])
  assert.deepEqual(valuesOf(await one(cells, ';', { decimal: '.' }), 'a'), [1.234, 5.678, 9.012])
  const mixed = await one(['1.234,50', '1,234.50', '2,5', '3.5'])
  assert.equal(codes(mixed)[0], 'number_format_ambiguous')
})

test('one value of the other format among many is rejected where it stands', async () => {
  const result = await one([...Array.from({ length: 30 }, (_, i) => `${i}.${i}5`), '1.234,50'])
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [['row_value_invalid', 32]],
  )
})

test('readings of a value (H043)', async () => {
  const read = [
    '1e5',
    '12%',
    '€ 5',
    '5 €',
    '(5)',
    '5-',
    '-5',
    '+5',
    'N/A',
    'n/d',
    '#DIV/0!',
    'null',
    '-',
    '',
    '$1',
    '-€3',
    '.5',
    '5.',
  ]
  const values = [1e5, 0.12, 5, 5, -5, -5, -5, 5, NaN, NaN, NaN, NaN, NaN, NaN, 1, -3, 0.5, 5]
  const result = await one(read.concat(Array.from({ length: 20 }, () => '7')))
  assert.deepEqual(valuesOf(result, 'a').slice(0, values.length), values)
  const missing = result.items[0].repairs.filter(({ kind }) => kind === 'missing_value').map(({ before }) => before)
  assert.deepEqual(missing, ['N/A', 'n/d', '#DIV/0!', 'null', '-', ''])
  assert.equal(result.items[0].repairs.filter(({ kind }) => kind === 'number_cleaned').length, 7)
  const bad = ['0x1F', '1_000', 'TRUE', '٣', '1.2.3', '5 5', '--5', '1,23,4']
  const rejected = await one(bad.concat(Array.from({ length: 60 }, () => '7')))
  assert.deepEqual(
    rejected.problems.map(({ code, params }) => [code, params.value]),
    bad.map((value) => ['row_value_invalid', value]),
  )
})

test('a number that a double cannot hold is told (H008)', async () => {
  assert.deepEqual(codes(await one(['9007199254740993', '9007199254740992', '1'])), ['number_precision_lost'])
})

const dated = (dates: readonly string[], options = {}) =>
  readText(`data;valore\n${dates.map((date, i) => `${date};${i + 1}`).join('\n')}`, options, 'folder/ricavi.csv')
const starts = (month: number, year: number): Date => new Date(Date.UTC(year, month, 1))

test('one order for the column, with evidence (H042)', async () => {
  const daily = Array.from({ length: 40 }, (_, i) => new Date(Date.UTC(2024, 0, 5 + i)))
  const us = (day: Date): string => `${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()}`
  const short = (day: Date): string =>
    `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${String(day.getUTCFullYear() % 100)}`
  const months = Array.from({ length: 30 }, (_, i) => starts(i, 2022))
  for (const [write, order] of [
    [dmy, 'dmy'],
    [us, 'mdy'],
    [short, 'dmy'],
    [iso, 'ymd'],
  ] as const) {
    const result = await dated(daily.map(write))
    assert.deepEqual([result.files[0].dialect?.dateOrder, result.items[0].calendar?.start], [order, '2024-01-05'])
    assert.equal(result.totals.used, 40)
    assert.equal(result.items[0].name, 'ricavi')
  }
  // no day above 12: the months are regular, days would leave holes
  for (const [write, order] of [
    [dmy, 'dmy'],
    [us, 'mdy'],
  ] as const) {
    const result = await dated(months.map(write))
    assert.deepEqual([result.files[0].dialect?.dateOrder, result.items[0].calendar?.frequency.unit], [order, 'month'])
  }
})

test('dates that may be read in two ways are a question', async () => {
  const year = Array.from({ length: 12 }, (_, i) => dmy(starts(i, 2012)))
  assert.equal(codes(await dated(year))[0], 'date_order_ambiguous')
  assert.equal((await dated(year, { dateOrder: 'dmy' })).items[0].calendar?.frequency.unit, 'month')
  assert.equal((await dated(year, { dateOrder: 'mdy' })).items[0].calendar?.frequency.unit, 'day')
})

test('the ways to write a date', async () => {
  const cases: [string[], string, string][] = [
    [['2024-01', '2024-02', '2024-03'], '2024-01-01', 'month'],
    [['01/2024', '02/2024', '03/2024'], '2024-01-01', 'month'],
    [['2024-Q1', '2024-Q2', '2024-Q3'], '2024-01-01', 'month'],
    [['T1 2024', 'T2 2024', 'T3 2024'], '2024-01-01', 'month'],
    [['2024-W05', '2024-W06', '2024-W07'], '2024-01-29', 'week'],
    [['20240101', '20240102', '20240103'], '2024-01-01', 'day'],
    [['1 gennaio 2024', '2 gennaio 2024', '3 gennaio 2024'], '2024-01-01', 'day'],
    [['gen 2024', 'feb 2024', 'mar 2024'], '2024-01-01', 'month'],
    [['1 de enero de 2024', '2 de enero de 2024', '3 de enero de 2024'], '2024-01-01', 'day'],
    [['1er août 2024', '2 août 2024', '3 août 2024'], '2024-08-01', 'day'],
    [['Aug 1, 2024', 'Aug 2, 2024', 'Aug 3, 2024'], '2024-08-01', 'day'],
    [['2024年1月1日', '2024年1月2日', '2024年1月3日'], '2024-01-01', 'day'],
    [['45292', '45293', '45294'], '2024-01-01', 'day'],
    [['1704067200000', '1704153600000', '1704240000000'], '2024-01-01', 'day'],
    [['2020', '2021', '2022'], '2020-01-01', 'year'],
    [['2024-03-31T00:00+01:00', '2024-03-31T01:00+01:00', '2024-03-31T03:00+02:00'], '2024-03-31T00:00', 'hour'],
    [['31/03/2024 9:00 AM', '31/03/2024 10:00 AM', '31/03/2024 11:00 AM'], '2024-03-31T09:00', 'hour'],
  ]
  for (const [dates, start, unit] of cases) {
    const { items, problems } = await dated(dates)
    assert.deepEqual([items[0]?.calendar?.start, items[0]?.calendar?.frequency.unit], [start, unit], dates[0])
    assert.deepEqual(problems, [], dates[0])
  }
})

test('a day that is not in the calendar is located; a date in another style is read by the order of its column', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => dmy(new Date(Date.UTC(2012, 0, 1 + i))))
  rows[4] = '31/02/2012'
  rows[5] = '6-1-12'
  const result = await dated(rows)
  assert.deepEqual(result.problems, [
    {
      code: 'row_date_invalid',
      params: { value: '31/02/2012' },
      severity: 'error',
      file: 'folder/ricavi.csv',
      row: 6,
      column: 'data',
    },
  ])
  const repair = result.items[0].repairs.find(({ kind }) => kind === 'date_reformatted')
  assert.deepEqual([repair?.row, repair?.before, repair?.after], [7, '6-1-12', '2012-01-06'])
})

test('layouts: one row a series, codes beside descriptions, stores and departments, no dates, no header', async () => {
  const rows = await readText('sku,descr,2024-01,2024-02,2024-03\n007,x,1,2,3\n8,y,4,,6\n')
  assert.deepEqual([rows.files[0].layout, rows.items.map(({ name }) => name)], ['wide-rows', ['007', '8']])
  assert.deepEqual(valuesOf(rows, '8'), [4, Number.NaN, 6])
  assert.equal(rows.items[0].calendar?.start, '2024-01-01')
  assert.equal(rows.totals.repaired, 1)

  const years = await readText('item,2020,2021,2022,2023\na,1,2,3,4\n')
  assert.equal(years.items[0].calendar?.frequency.unit, 'year')

  const both = await readText(
    `sku,descrizione,data,vendite\n${['1', '2'].map((s) => days(9, (d, i) => `${s},x${s},${iso(d)},${i}`)).join('\n')}`,
  )
  assert.deepEqual(
    both.items.map(({ name }) => name),
    ['1', '2'],
  )

  const unnamed = await readText(
    `foo,bar,date,qty\n${['1', '2'].map((s) => ['p', 'q'].map((t) => days(9, (d, i) => `${s},${t},${iso(d)},${i}`)).join('\n')).join('\n')}`,
  )
  assert.deepEqual(
    unnamed.items.map(({ name }) => name),
    ['1_p', '1_q', '2_p', '2_q'],
  )

  const plain = await readText('value\n1\n2\n3\n4\n')
  assert.deepEqual(
    [plain.files[0].layout, plain.items[0].name, valuesOf(plain, 'sales')],
    ['single', 'sales', [1, 2, 3, 4]],
  )

  const bare = await readText(days(9, (d, i) => `${iso(d)},${i}`))
  assert.deepEqual([bare.files[0].headerRow, bare.totals.rowsIn], [null, 9])

  const chinese = await readText(`商品,日期,销量\n${days(9, (d, i) => `螺丝,${iso(d)},${i}`)}`)
  assert.deepEqual(chinese.files[0].columns, { 商品: 'series', 日期: 'date', 销量: 'value' })
})

test('keys that join to the same text stay two series', async () => {
  const part = (a: string, b: string): string => days(9, (d, i) => `${a},${b},${iso(d)},${i}`)
  const text = `store,dept,date,sales\n${part('a_b', 'c')}\n${part('a', 'b_c')}\n${part('a', 'c')}`
  assert.deepEqual(
    (await readText(text)).items.map(({ name }) => name),
    ['a_b_c', 'a_b_c (2)', 'a_c'],
  )
})
