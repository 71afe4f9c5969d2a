import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Portfolio } from '../../src/io/portfolio.ts'
import { codes, days, iso, readText, valuesOf } from './read-helper.ts'

const startOf = (result: Portfolio, at = 0): unknown[] => {
  const calendar = result.items[at]?.calendar
  return [calendar?.start, calendar?.frequency.unit, calendar?.frequency.step]
}
const names = (result: Portfolio): string[] => result.items.map(({ name }) => name)

test('rows are series and columns periods, however the periods are written', async () => {
  const cases: [string, string, string, number][] = [
    ['JAN96;FEB96;MAR96;APR96', '1996-01-01', 'month', 1],
    ['2024-01;2024-02;2024-03;2024-04', '2024-01-01', 'month', 1],
    ['gen-24;feb-24;mar-24;apr-24', '2024-01-01', 'month', 1],
    ['ene 2024;feb 2024;mar 2024;abr 2024', '2024-01-01', 'month', 1],
    ['janv. 2024;févr. 2024;mars 2024;avr. 2024', '2024-01-01', 'month', 1],
    ['2024年1月;2024年2月;2024年3月;2024年4月', '2024-01-01', 'month', 1],
    ['Q1 2024;Q2 2024;Q3 2024;Q4 2024', '2024-01-01', 'month', 3],
    ['T1 2024;T2 2024;T3 2024;T4 2024', '2024-01-01', 'month', 3],
    ['1T24;2T24;3T24;4T24', '2024-01-01', 'month', 3],
    ["Q1'24;Q2'24;Q3'24;Q4'24", '2024-01-01', 'month', 3],
    ['2024W05;2024W06;2024W07;2024W08', '2024-01-29', 'week', 1],
    ['W05 2024;W06 2024;W07 2024;W08 2024', '2024-01-29', 'week', 1],
    ['sett. 5 2024;sett. 6 2024;sett. 7 2024;sett. 8 2024', '2024-01-29', 'week', 1],
    ['01/2024;02/2024;03/2024;04/2024', '2024-01-01', 'month', 1],
    ['2020;2021;2022;2023', '2020-01-01', 'year', 1],
    ['31/01/2024;29/02/2024;31/03/2024;30/04/2024', '2024-01-31', 'month', 1],
    ['M01 2024;M02 2024;M03 2024;M04 2024', '2024-01-01', 'month', 1],
    ['202401;202402;202403;202404', '2024-01-01', 'month', 1],
  ]
  for (const [header, ...expected] of cases) {
    const result = await readText(
      `Articolo;Descrizione;${header};Totale\nA1;vite;1;2;3;4;10\nA2;dado;5;6;;8;19\nTOTALE;;6;8;3;12;29\n`,
    )
    assert.deepEqual([result.files[0]?.layout, names(result)], ['wide-rows', ['A1', 'A2']], header)
    assert.deepEqual(startOf(result), expected, header)
    assert.deepEqual(valuesOf(result, 'A2'), [5, 6, Number.NaN, 8], header)
    assert.deepEqual(
      result.problems.map(({ code, row }) => [code, row]),
      [['row_not_data', 4]],
    )
    assert.equal(result.items[0]?.facts?.description, 'vite')
  }
})

test('a row a year, a column a month', async () => {
  const months = 'Gen;Feb;Mar;Apr;Mag;Giu;Lug;Ago;Set;Ott;Nov;Dic'
  const year = (item: string, y: number, from: number): string =>
    `${item};${y};${Array.from({ length: 12 }, (_, i) => from + i).join(';')}`
  const result = await readText(
    `Articolo;Anno;${months}\n${year('A', 2022, 1)}\n${year('A', 2023, 13)}\n${year('B', 2022, 100)}\n${year('B', 2023, 200)}\n`,
  )
  assert.deepEqual(names(result), ['A', 'B'])
  assert.deepEqual(startOf(result), ['2022-01-01', 'month', 1])
  assert.deepEqual(
    valuesOf(result, 'A'),
    Array.from({ length: 24 }, (_, i) => i + 1),
  )
})

test('year and month, year and week in two columns', async () => {
  const rows = (part: (t: number) => string): string =>
    ['x', 'y'].map((name) => Array.from({ length: 24 }, (_, t) => `${name};${part(t)};${t}`).join('\n')).join('\n')
  const months = await readText(`sku;Anno;Mese;Qtà\n${rows((t) => `${2022 + Math.floor(t / 12)};${(t % 12) + 1}`)}`)
  assert.deepEqual(
    [names(months), startOf(months)],
    [
      ['x', 'y'],
      ['2022-01-01', 'month', 1],
    ],
  )
  const words = 'January February March April May June July August September October November December'.split(' ')
  const named = await readText(`sku;Year;Month;Qty\n${rows((t) => `${2022 + Math.floor(t / 12)};${words[t % 12]}`)}`)
  assert.deepEqual([valuesOf(named, 'x').length, startOf(named)], [24, ['2022-01-01', 'month', 1]])
  const weeks = await readText(`sku;Year;Week;Qty\n${rows((t) => `2022;${t + 1}`)}`)
  assert.deepEqual([valuesOf(weeks, 'y').length, startOf(weeks)], [24, ['2022-01-03', 'week', 1]])
  assert.equal(weeks.totals.used, 48)
})

test('preamble, footer, repeated header, empty columns at the end, several key columns', async () => {
  const part = (store: string, sku: string): string => days(12, (day, i) => `${store};${sku};${iso(day)};${i};;`)
  const head = 'Magazzino;Codice articolo;Data;Quantità;;'
  const text = `Estratto;;;;;\nFiltro: tutti i magazzini;;;;;\n\n${head}\n${part('Nord', '007')}\n${head}\n${part('Sud', '007')}\nTotale generale;;;132;;\n`
  const result = await readText(text)
  assert.deepEqual(names(result), ['Nord_007', 'Sud_007'])
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [
      ['row_not_data', 17],
      ['row_not_data', 30],
    ],
  )
  assert.equal(result.files[0]?.headerRow, 4)
})

test('numbers of spreadsheets: brackets, signs, narrow spaces, null words, and a column written so throughout', async () => {
  const cells = [
    '1.234,50',
    '(1.234,50)',
    '€ 12',
    '12 €',
    '1 234,5',
    '1\u202f234,5',
    '1\u00a0234',
    '12%',
    'n/d',
    '-',
    'NULL',
    'N.D.',
    '5-',
    '−7',
    'EUR 3',
    '3,00 CHF',
  ]
  const rows = [...cells, ...Array.from({ length: 24 }, (_, i) => `${i},5`)]
  const result = await readText(`sku;data;valore\n${days(rows.length, (day, i) => `a;${iso(day)};${rows[i]}`)}`)
  const read = valuesOf(result, 'a').slice(0, cells.length)
  assert.deepEqual(read, [1234.5, -1234.5, 12, 12, 1234.5, 1234.5, 1234, 0.12, NaN, NaN, NaN, NaN, -5, -7, 3, 3])
  const euro = await readText(`sku;data;valore\n${days(20, (day, i) => `a;${iso(day)};€ ${i + 1}.000,00`)}`)
  assert.deepEqual([euro.totals.repaired, valuesOf(euro, 'a')[2]], [0, 3000])
})

test('dialects that are found jointly: apostrophes, sep=, bars, quoted commas', async () => {
  const quoted = await readText(`'sku','date','value'\n${days(12, (day, i) => `'a, b','${iso(day)}','${i},5'`)}`)
  assert.deepEqual([names(quoted), quoted.files[0]?.dialect?.quote, valuesOf(quoted, 'a, b')[1]], [['a, b'], "'", 1.5])
  const sep = await readText(`sep=|\nsku|date|value\n${days(12, (day, i) => `l'anno|${iso(day)}|${i}`)}`)
  assert.deepEqual([names(sep), sep.files[0]?.headerRow], [["l'anno"], 2])
  const commas = await readText(`sku,date,value\n${days(12, (day, i) => `a,${iso(day)},"${i},25"`)}`)
  assert.deepEqual([commas.files[0]?.dialect?.decimal, valuesOf(commas, 'a')[3]], [',', 3.25])
})

test('what was guessed is shown with what it rests on', async () => {
  const result = await readText(
    `articolo;data;quantità\n${days(20, (day, i) => `caffè;${String(day.getUTCDate()).padStart(2, '0')}/01/2024;${i},5`)}`,
  )
  const [file] = result.files
  assert.deepEqual(
    file?.evidence.map(({ code, params }) => [code, Object.values(params)[0]]),
    [
      ['evidence_encoding_utf8', 21],
      ['evidence_delimiter', 'semicolon'],
      ['evidence_date_example', 'dmy'],
      ['evidence_decimal', 20],
    ],
  )
  assert.deepEqual(file?.examples.length, 5)
  assert.deepEqual(file?.examples[1], {
    row: 3,
    raw: ['caffè', '02/01/2024', '1,5'],
    series: 'caffè',
    date: '2024-01-02',
    value: 1.5,
  })
  const asked = await readText(`a;data;q\n${days(20, (day, i) => `x;${iso(day)};${i}`)}`, {
    delimiter: ';',
    decimal: ',',
    encoding: 'utf-8',
  })
  assert.deepEqual(
    asked.files[0]?.evidence.map(({ code }) => code),
    ['evidence_asked', 'evidence_asked', 'evidence_asked'],
  )
})

test('of quantity and turnover the quantity is forecast; of two quantities neither is guessed', async () => {
  const rows = (n: number): string =>
    days(15, (day, i) => `a;${iso(day)};${Array.from({ length: n }, (_, k) => i + k).join(';')}`)
  const both = await readText(`Articolo;Data;Fatturato;Quantità\n${rows(2)}`)
  assert.deepEqual(both.files[0]?.columns, {
    Articolo: 'series',
    Data: 'date',
    Fatturato: 'ignored',
    Quantità: 'value',
  })
  assert.deepEqual(codes(await readText(`Articolo;Data;Qty;Quantità\n${rows(2)}`)), ['column_missing'])
})
