import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { forecastDates } from '../../src/series/calendar.ts'
import { parseTick } from '../../src/series/civil-day.ts'
import { type Observations, type RegularizeOptions, regularize } from '../../src/series/regularize.ts'

const NA = Number.NaN
const rows = (dates: readonly (string | null)[], values: readonly number[]): Observations => ({
  file: 'a.csv',
  ticks: Float64Array.from(values, (_, i) => parseTick(dates[i] ?? '')),
  values: Float64Array.from(values),
  rows: Int32Array.from(values, (_, i) => i + 2),
})
const run = (dates: readonly (string | null)[], values: readonly number[], options: Partial<RegularizeOptions> = {}) =>
  regularize(rows(dates, values), { series: 'a', column: 'qty', ...options })
const months = (n: number, start = '2020-01-01', monthEnd = false): string[] =>
  forecastDates({ frequency: { unit: 'month', step: 1 }, start, monthEnd }, 0, n) as string[]
const days = (n: number): string[] =>
  forecastDates({ frequency: { unit: 'day', step: 1 }, start: '2024-01-01', monthEnd: false }, 0, n) as string[]
const kinds = (result: ReturnType<typeof run>): string[] => result.repairs.map(({ kind }) => kind)
const level = (n: number): number[] => Array.from({ length: n }, (_, i) => 100 + ((i * 7) % 11))

test('clean data passes untouched', () => {
  const result = run(months(30), level(30))
  assert.deepEqual([...result.values], level(30))
  assert.deepEqual(result.calendar, { frequency: { unit: 'month', step: 1 }, start: '2020-01-01', monthEnd: false })
  assert.equal(result.seasonLength, 12)
  assert.deepEqual(result.repairs, [])
  assert.deepEqual(result.problems, [])
  assert.deepEqual(result.rows, { used: 30, repaired: 0, rejected: 0 })
})

test('order is restored, said once, and every row is used', () => {
  const result = run(months(30).reverse(), level(30).reverse())
  assert.deepEqual([...result.values], level(30))
  assert.deepEqual(kinds(result), ['order_restored'])
  assert.equal(result.rows.used, 30)
})

test('duplicates: equal ones dropped, of different ones the last; sum and mean on request', () => {
  const dates = days(20).toSpliced(5, 0, days(20)[4])
  const same = run(dates, level(20).toSpliced(5, 0, level(20)[4]))
  assert.deepEqual(kinds(same), ['duplicate_dropped'])
  assert.deepEqual(same.rows, { used: 20, repaired: 1, rejected: 0 })
  const values = level(20).toSpliced(5, 0, 7)
  const value = (options: Partial<RegularizeOptions>) => run(dates, values, options).values[4]
  assert.equal(value({}), 7)
  assert.equal(value({ duplicates: 'sum' }), level(20)[4] + 7)
  assert.equal(value({ duplicates: 'mean' }), (level(20)[4] + 7) / 2)
  const repair = run(dates, values).repairs[0]
  assert.deepEqual(
    [repair.kind, repair.row, repair.date, repair.before, repair.after],
    ['duplicate_merged', 6, '2024-01-05', level(20)[4], 7],
  )
})

test('gaps are left missing and listed; zero for sparse demand', () => {
  const kept = months(30).filter((_, i) => i !== 4 && i !== 9)
  const result = run(
    kept,
    level(30).filter((_, i) => i !== 4 && i !== 9),
  )
  assert.deepEqual(
    result.repairs.map(({ kind, date, row }) => [kind, date, row]),
    [
      ['gap_left_missing', '2020-05-01', null],
      ['gap_left_missing', '2020-10-01', null],
    ],
  )
  assert.ok(Number.isNaN(result.values[4]))
  const sparse = run(
    kept,
    kept.map((_, i) => (i % 3 === 0 ? 2 : 0)),
  )
  assert.deepEqual(kinds(sparse), ['gap_filled_zero', 'gap_filled_zero'])
  assert.equal(sparse.values[4], 0)
})

test('missing and infinite values; missing ends are trimmed', () => {
  const result = run(days(12), [NA, NA, 3, 4, Number.POSITIVE_INFINITY, 6, NA, 8, 9, 10, NA, NA])
  assert.deepEqual([...result.values], [3, 4, NA, 6, NA, 8, 9, 10])
  assert.equal(result.calendar?.start, '2024-01-03')
  assert.deepEqual(result.rows, { used: 6, repaired: 6, rejected: 0 })
  const list = kinds(result)
  for (const kind of ['leading_missing_trimmed', 'trailing_missing_trimmed', 'not_finite_treated_missing'])
    assert.equal(list.filter((k) => k === kind).length, 1, kind)
})

test('zeros before the first sale are trimmed, those of spare parts are not', () => {
  const launched = run(months(30), [...new Array(14).fill(0), ...level(16)])
  assert.deepEqual([...launched.values], level(16))
  assert.equal(launched.calendar?.start, '2021-03-01')
  assert.deepEqual(
    launched.repairs.map(({ kind, before, row }) => [kind, before, row]),
    [['leading_zeros_trimmed', 14, 2]],
  )
  assert.deepEqual(launched.rows, { used: 16, repaired: 14, rejected: 0 })
  const part = run(months(30), [...new Array(14).fill(0), ...level(16).map((v, i) => (i % 3 ? 0 : v))])
  assert.equal(part.values.length, 30)
  assert.equal(run(months(30), [...new Array(5).fill(0), ...level(25)]).values.length, 30)
})

test('an incomplete last month is left out', () => {
  const tiny = run(months(25), [...level(24), 12])
  assert.equal(tiny.values.length, 24)
  assert.deepEqual(
    tiny.repairs.map(({ kind, date, before }) => [kind, date, before]),
    [['last_period_incomplete', '2022-01-01', 12]],
  )
  assert.equal(run(months(25), [...level(24), 60]).values.length, 25)
  const ends = months(25, '2020-01-31', true).with(24, '2022-01-17')
  assert.deepEqual(kinds(run(ends, level(25))), ['date_snapped', 'last_period_incomplete'])
  assert.equal(run(days(40), [...level(39), 1]).values.length, 40)
})

test('a stray Friday is put on its Saturday', () => {
  const weekly = forecastDates(
    { frequency: { unit: 'week', step: 1 }, start: '2024-01-06', monthEnd: false },
    0,
    20,
  ) as string[]
  const result = run(weekly.with(7, '2024-02-23'), level(20))
  assert.deepEqual([...result.values], level(20))
  assert.deepEqual(
    result.repairs.map(({ kind, before, after }) => [kind, before, after]),
    [['date_snapped', '2024-02-23', '2024-02-24']],
  )
  assert.deepEqual(result.rows, { used: 19, repaired: 1, rejected: 0 })
})

test('daily data asked monthly is totalled, the month just begun left out', () => {
  const result = run(days(100), new Array(100).fill(1), { frequency: { unit: 'month', step: 1 } })
  assert.deepEqual([...result.values], [31, 29, 31])
  assert.equal(result.calendar?.start, '2024-01-01')
  assert.ok(kinds(result).includes('last_period_incomplete'))
  assert.equal(result.rows.used + result.rows.repaired, 100)
  assert.deepEqual(
    [...run(days(91), new Array(91).fill(1), { frequency: { unit: 'month', step: 1 } }).values],
    [31, 29, 31],
  )
})

test('clock changes: the hour twice is merged, the absent one is a gap, nothing shifts', () => {
  const hours = forecastDates(
    { frequency: { unit: 'hour', step: 1 }, start: '2024-03-30T00:00', monthEnd: false },
    0,
    72,
  ) as string[]
  const spring = hours.toSpliced(26, 1)
  const result = run(spring, level(71))
  assert.equal(result.values.length, 72)
  assert.deepEqual(
    result.repairs.map(({ kind, date }) => [kind, date]),
    [['gap_left_missing', '2024-03-31T02:00']],
  )
  const autumn = hours.toSpliced(27, 0, hours[26])
  assert.equal(run(autumn, level(73)).values.length, 72)
})

test('without dates the order stays, the season comes from evidence', () => {
  const values = Array.from(
    { length: 120 },
    (_, i) => 50 + 10 * Math.sin((2 * Math.PI * i) / 12) + ((i * 37) % 10) / 10,
  )
  const result = run([], values)
  assert.equal(result.calendar, null)
  assert.equal(result.seasonLength, 12)
  assert.deepEqual([...result.values], values)
  assert.deepEqual([...run([], [NA, 1, NA, 2]).values], [1, NA, 2])
})

test('problems: empty, no values, bad dates, a far date, an unusable season', () => {
  const codes = (result: ReturnType<typeof run>) => result.problems.map(({ code }) => code)
  assert.deepEqual(codes(run([], [])), ['series_empty'])
  const none = run(days(3), [NA, NA, NA])
  assert.deepEqual(codes(none), ['series_no_values'])
  assert.deepEqual([none.values.length, none.rows.repaired], [0, 3])
  const bad = run(['2024-01-01', 'soon', '2024-01-02', null], [1, 2, 3, 4])
  assert.deepEqual(codes(bad), ['row_date_invalid', 'row_date_invalid', 'season_length_unusable'])
  assert.deepEqual(bad.rows, { used: 2, repaired: 0, rejected: 2 })
  const far = run([...days(30), '9204-01-01'], level(31))
  assert.deepEqual(codes(far), ['series_span_too_long'])
  assert.deepEqual(far.rows, { used: 0, repaired: 0, rejected: 31 })
  for (const seasonLength of [0, -3, 2.5, 31, 1e9, NA]) {
    const result = run(days(30), level(30), { seasonLength })
    assert.deepEqual(codes(result), ['season_length_unusable'])
    assert.equal(result.seasonLength, 1)
  }
})

test('no row is lost, whatever comes', () => {
  const date = fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((i) => days(61)[i]),
    fc.integer({ min: 0, max: 40 }).map((i) => months(41)[i]),
    fc.constantFrom('2024-01-05T10:00', '2024-02-30', '', null),
  )
  const value = fc.oneof(fc.integer({ min: -2, max: 50 }), fc.constantFrom(0, 0, NA, Number.POSITIVE_INFINITY, 1e308))
  fc.assert(
    fc.property(
      fc.array(fc.record({ date, value }), { maxLength: 40 }),
      fc.constantFrom('sum', 'mean', 'last', undefined),
      (list, duplicates) => {
        const observations = rows(
          list.map((row) => row.date),
          list.map((row) => row.value),
        )
        const result = regularize(observations, { series: 's', ...(duplicates && { duplicates }) })
        const { used, repaired, rejected } = result.rows
        assert.equal(used + repaired + rejected, list.length)
        assert.ok(used >= 0)
        assert.ok(result.values.every((v) => Number.isNaN(v) || Number.isFinite(v)))
        if (result.values.length > 0) assert.ok(!Number.isNaN(result.values[0] + result.values.at(-1)!))
        const again = regularize(observations, { series: 's', ...(duplicates && { duplicates }) })
        assert.deepEqual({ ...again, indexOf: null }, { ...result, indexOf: null })
      },
    ),
    { seed: 3, numRuns: 300 },
  )
})

test('a million rows in a few seconds', () => {
  const n = 1_000_000
  const origin = Date.UTC(1990, 0, 1) / 1000
  const observations = {
    file: null,
    ticks: Float64Array.from({ length: n }, (_, i) => origin + i * 900),
    values: Float64Array.from({ length: n }, (_, i) => i % 97),
    rows: Int32Array.from({ length: n }, (_, i) => i + 2),
  }
  const from = performance.now()
  const result = regularize(observations, { series: 'long' })
  assert.equal(result.values.length, n)
  assert.equal(result.seasonLength, 96)
  assert.deepEqual(result.repairs, [])
  assert.ok(performance.now() - from < 10_000, `${performance.now() - from} ms`)
})

test('stamps of single sales become days, added up; one date alone has no calendar', () => {
  const stamps = ['2024-01-01T10:03', '2024-01-01T15:22', '2024-01-02T09:11', '2024-01-03T12:45', '2024-01-03T12:50']
  const result = run(stamps, [1, 2, 3, 4, 5])
  assert.deepEqual([...result.values], [3, 3, 9])
  assert.equal(result.calendar?.start, '2024-01-01')
  assert.equal(result.rows.used + result.rows.repaired, 5)
  const one = run(['2024-01-31'], [5])
  assert.deepEqual([one.calendar, one.seasonLength, [...one.values], one.problems], [null, 1, [5], []])
  assert.equal(run(['2024-01-31'], [5], { frequency: { unit: 'month', step: 1 } }).calendar?.monthEnd, true)
})
