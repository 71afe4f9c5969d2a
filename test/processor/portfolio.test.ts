import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSeries, type SeriesInput } from '../../src/processor/portfolio.ts'

const month = { unit: 'month', step: 1 } as const
const codes = (input: unknown) => readSeries('a', input as SeriesInput).item.problems.map(({ params }) => params.field)

test('plain arrays, typed arrays and objects are read alike; null and NaN are missing', () => {
  for (const input of [[1, null, 3], Float64Array.of(1, Number.NaN, 3), { values: [1, Number.NaN, 3] }]) {
    const { item } = readSeries('a', input)
    assert.deepEqual([...item.values], [1, Number.NaN, 3])
    assert.deepEqual([item.calendar, item.seasonLength, item.problems, item.repairs], [null, 1, [], []])
  }
})

test('a frequency gives the season, a start the calendar; the last day of a month stands for month ends', () => {
  const { item } = readSeries('a', { values: [1, 2], start: '2024-01-31', frequency: 'monthly' })
  assert.deepEqual(item.calendar, { frequency: month, start: '2024-01-31', monthEnd: true })
  assert.equal(item.seasonLength, 12)
  assert.equal(
    readSeries('a', { values: [1, 2], start: '2024-02-28', frequency: month }).item.calendar?.monthEnd,
    false,
  )
  assert.equal(readSeries('a', { values: [1], frequency: 'weekly', seasonLength: 4 }).item.seasonLength, 4)
})

test('missing values at the ends are left out, the start moves, and each stretch is a repair', () => {
  const values = [null, null, 3, null, 5, null]
  const { item } = readSeries('a', { values, start: '2024-01-31', frequency: 'monthly' })
  assert.deepEqual([...item.values], [3, Number.NaN, 5])
  assert.equal(item.calendar?.start, '2024-03-31')
  assert.deepEqual(
    item.repairs.map(({ kind, date, before }) => [kind, date, before]),
    [
      ['leading_missing_trimmed', '2024-01-31', 2],
      ['trailing_missing_trimmed', '2024-06-30', 1],
    ],
  )
  const clipped = readSeries('a', { values: [null, 2, 3], start: '2024-01-30', frequency: 'monthly' }).item
  assert.deepEqual([clipped.calendar?.start, clipped.values.length], ['2024-01-30', 3])
})

test('an infinite value is missing, and said', () => {
  const { item } = readSeries('a', [1, Number.POSITIVE_INFINITY, 3])
  assert.deepEqual(
    item.repairs.map(({ kind, before }) => [kind, before]),
    [['not_finite_treated_missing', 'Infinity']],
  )
})

test('what cannot be read leaves no values and a problem with the field', () => {
  assert.deepEqual(codes(null), ['values'])
  assert.deepEqual(codes('1,2,3'), ['values'])
  assert.deepEqual(codes({ values: 'abc' }), ['values'])
  assert.deepEqual(codes([1, '2', 3]), ['values[1]'])
  assert.deepEqual(codes({ values: [1], start: '2024-01-01' }), ['frequency'])
  assert.deepEqual(codes({ values: [1], start: 'soon', frequency: 'monthly' }), ['start'])
  assert.deepEqual(codes({ values: [1], frequency: 'often', seasonLength: 0 }), ['frequency', 'seasonLength'])
  assert.equal(readSeries('a', { values: [1, 2], start: 'soon', frequency: 'monthly' }).item.values.length, 0)
  assert.equal(readSeries(' ', [1, 2]).item.problems[0]?.code, 'name_unusable')
})

test('an unknown field is said and the series still read', () => {
  const { item } = readSeries('a', { values: [1, 2], shelfLife: 3 } as SeriesInput)
  assert.deepEqual(
    item.problems.map(({ code }) => code),
    ['config_unknown'],
  )
  assert.equal(item.values.length, 2)
})
