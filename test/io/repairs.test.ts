import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReadOptions } from '../../src/io/read-options.ts'
import { codes, days, iso, readText, valuesOf } from './read-helper.ts'

const HEAD = 'sku,date,qty\n'
const level = (i: number): number => 100 + ((i * 37) % 11)
const plain = (n = 40, change: (i: number) => string | null = () => null): string =>
  HEAD +
  Array.from({ length: n }, (_, i) => change(i) ?? `a,${iso(new Date(Date.UTC(2024, 0, 1 + i)))},${level(i)}`)
    .filter((line) => line !== '')
    .join('\n')
const read = async (text: string, options: ReadOptions = {}) => {
  const result = await readText(text, options)
  const [item] = result.items
  const repairs = item?.repairs.map(({ kind, row, before, after }) => [kind, row, before, after]) ?? []
  return { result, repairs, values: [...(item?.values ?? [])] }
}

test('gaps: kept missing by default, zero or interpolated as asked, listed each', async () => {
  const text = plain(40, (i) => (i === 5 ? '' : i === 9 ? 'a,2024-01-10,' : null))
  assert.deepEqual((await read(text)).repairs, [
    ['missing_value', 10, '', null],
    ['gap_left_missing', null, null, null],
  ])
  const zero = await read(text, { gaps: 'zero' })
  assert.deepEqual([zero.values[5], zero.values[9]], [0, 0])
  assert.deepEqual(
    zero.repairs.map(([kind]) => kind),
    ['missing_value', 'gap_filled_zero', 'gap_filled_zero'],
  )
  const between = await read(text, { gaps: 'interpolate' })
  assert.ok(between.values.every(Number.isFinite))
  assert.equal(between.repairs.filter(([kind]) => kind === 'gap_interpolated').length, 2)
  assert.deepEqual((await read(text, { gaps: 'keep' })).values, (await read(text)).values)
})

test('duplicates: sum, mean, last, or the series refused', async () => {
  const text = `${plain()}\na,2024-01-10,1`
  const value = async (duplicates: ReadOptions['duplicates']): Promise<number | undefined> =>
    (await read(text, { duplicates })).values[9]
  assert.deepEqual(
    [await value('sum'), await value('mean'), await value('last'), await value(undefined)],
    [level(9) + 1, (level(9) + 1) / 2, 1, 1],
  )
  const refused = await readText(`${text}\n${days(20, (day, i) => `b,${iso(day)},${i}`)}`, { duplicates: 'refuse' })
  assert.deepEqual(
    refused.items.map(({ values, problems }) => [values.length, problems.map(({ code, row }) => [code, row])[0]]),
    [
      [0, ['duplicates_refused', 42]],
      [20, undefined],
    ],
  )
  assert.deepEqual(refused.totals, { rowsIn: 61, used: 20, repaired: 0, rejected: 41 })
})

test('negatives are reported where they are few, and changed as asked', async () => {
  const text = plain(40, (i) => (i === 5 ? 'a,2024-01-06,-3' : null))
  const kept = await read(text)
  assert.deepEqual([kept.repairs, kept.result.totals.used], [[['negative_reported', 7, -3, -3]], 40])
  const zero = await read(text, { negatives: 'zero' })
  assert.deepEqual([zero.values[5], zero.repairs], [0, [['negative_set_zero', 7, -3, 0]]])
  const missing = await read(text, { negatives: 'missing' })
  assert.deepEqual(
    [missing.values[5], missing.repairs, missing.result.totals.repaired],
    [Number.NaN, [['negative_set_missing', 7, -3, null]], 1],
  )
  // temperatures are no returns
  const many = await read(plain(40, (i) => `a,${iso(new Date(Date.UTC(2024, 0, 1 + i)))},${(i % 9) - 4}`))
  assert.deepEqual(many.repairs, [])
})

test('outliers are reported and left, replaced where asked, or not looked for', async () => {
  const text = plain(60, (i) => (i === 30 ? `a,2024-01-31,${100 * level(30)}` : null))
  const reported = await read(text)
  assert.deepEqual(reported.repairs, [['outlier_reported', 32, 100 * level(30), 100 * level(30)]])
  assert.deepEqual([reported.values[30], reported.result.totals.used], [100 * level(30), 60])
  const corrected = await read(text, { outliers: 'correct' })
  assert.equal(corrected.repairs[0]?.[0], 'outlier_corrected')
  assert.ok(Math.abs(corrected.values[30]! - 105) < 15)
  assert.equal(corrected.result.totals.repaired, 1)
  assert.deepEqual((await read(text, { outliers: 'ignore' })).repairs, [])
})

test('a last period that is only begun is dropped with notice, or kept', async () => {
  const months = Array.from(
    { length: 25 },
    (_, t) => `a,${2022 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01,${t === 24 ? 3 : level(t)}`,
  )
  const text = HEAD + months.join('\n')
  const dropped = await read(text)
  assert.deepEqual([dropped.values.length, dropped.repairs], [24, [['last_period_incomplete', 26, 3, null]]])
  assert.equal((await read(text, { incomplete: 'keep' })).values.length, 25)
})

test('days without stock tell nothing of demand', async () => {
  const text = (column: string, cell: (i: number) => string): string =>
    `sku,date,qty,${column}\n${days(30, (day, i) => `a,${iso(day)},${i % 10 === 4 ? 0 : level(i)},${cell(i)}`)}`
  const stock = text('stock', (i) => (i % 10 === 4 && i < 20 ? '0' : '50'))
  const told = await read(stock)
  assert.deepEqual(told.repairs, [
    ['stock_out_set_missing', 6, 0, null],
    ['stock_out_set_missing', 16, 0, null],
  ])
  assert.deepEqual(
    [told.values[4], told.values[14], told.values[24], told.result.totals.repaired],
    [Number.NaN, Number.NaN, 0, 2],
  )
  assert.deepEqual((await read(stock, { stockOuts: 'keep' })).values[4], 0)
  const word = await read(text('Out of stock', (i) => (i === 14 ? 'yes' : 'no')))
  assert.deepEqual(word.repairs, [['stock_out_set_missing', 16, 0, null]])
})

test('a history that changes its step is totalled and told; one series of another step among many too', async () => {
  const months = Array.from(
    { length: 24 },
    (_, t) => `a,${2021 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01,310`,
  )
  const daily = Array.from({ length: 59 }, (_, i) => `a,${iso(new Date(Date.UTC(2023, 0, 1 + i)))},10`)
  const mixed = await read(HEAD + [...months, ...daily].join('\n'))
  assert.deepEqual(
    mixed.result.items[0]?.problems.map(({ code, params }) => [code, params]),
    [['frequency_mixed', { first: 'monthly', second: 'daily', date: '2023-01-01', used: 'monthly' }]],
  )
  assert.deepEqual(mixed.values.slice(22), [310, 310, 310, 280])
  assert.equal(mixed.result.items[0]?.calendar?.frequency.unit, 'month')

  const weekly = ['a', 'b', 'c', 'd'].map((name) =>
    Array.from({ length: 30 }, (_, i) => `${name},${iso(new Date(Date.UTC(2024, 0, 1 + 7 * i)))},${level(i)}`),
  )
  const other = Array.from({ length: 30 }, (_, i) => `e,${iso(new Date(Date.UTC(2024, 0, 1 + i)))},${level(i)}`)
  const sparse = ['f,2024-01-15,3', 'f,2024-03-25,1', 'f,2024-05-06,2']
  const result = await readText(HEAD + [...weekly.flat(), ...other, ...sparse].join('\n'))
  assert.deepEqual(
    result.problems.map(({ code, series }) => [code, series]),
    [['frequency_differs', 'e']],
  )
  const rare = result.items.find(({ name }) => name === 'f')
  assert.deepEqual([rare?.calendar?.frequency, rare?.values.length], [{ unit: 'week', step: 1 }, 17])
})

test('every row is accounted for under every choice', async () => {
  const text = `${plain(40, (i) => (i === 5 ? '' : i === 7 ? 'a,2024-01-08,-5' : i === 8 ? 'a,2024-01-09,n/d' : i === 20 ? 'a,2024-01-21,99999' : null))}\na,2024-01-10,1\na,soon,3\nTotal,,9\n`
  for (const gaps of ['zero', 'interpolate', 'keep'] as const)
    for (const duplicates of ['sum', 'mean', 'last', 'refuse'] as const)
      for (const negatives of ['keep', 'zero', 'missing'] as const)
        for (const outliers of ['report', 'correct', 'ignore'] as const) {
          const { totals } = await readText(text, { gaps, duplicates, negatives, outliers })
          assert.equal(totals.rowsIn, 42)
          assert.equal(totals.rejected, duplicates === 'refuse' ? 42 : 2)
        }
})

test('a name that holds a sum is told from a total', async () => {
  const result = await readText(`item,2024-01,2024-02,2024-03\nTotal 0%,1,2,3\nMilk,4,5,6\nTotal,5,7,9\n`)
  assert.deepEqual([result.items.map(({ name }) => name), codes(result)], [['Total 0%', 'Milk'], ['row_not_data']])
  assert.deepEqual(valuesOf(result, 'Total 0%'), [1, 2, 3])
})
