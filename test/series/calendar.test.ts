import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { type Calendar, type Frequency, forecastDates, periodDate } from '../../src/series/calendar.ts'
import { civilFromDay, dayFromCivil, parseTick, weekday } from '../../src/series/civil-day.ts'
import { fitGrid, periodNumber, periodTick } from '../../src/series/grid.ts'
import { tickText } from '../../src/series/tick-text.ts'

const calendar = (unit: Frequency['unit'], step: number, start: string, monthEnd = false): Calendar => ({
  frequency: { unit, step },
  start,
  monthEnd,
})
const dates = (c: Calendar, n: number): (string | null)[] => forecastDates(c, 0, n)

test('month ends stay month ends, anchor days are clipped and come back', () => {
  assert.deepEqual(dates(calendar('month', 1, '2023-12-31', true), 4), [
    '2023-12-31',
    '2024-01-31',
    '2024-02-29',
    '2024-03-31',
  ])
  assert.deepEqual(dates(calendar('month', 1, '2023-02-28', true), 3), ['2023-02-28', '2023-03-31', '2023-04-30'])
  assert.deepEqual(dates(calendar('month', 1, '2023-01-30'), 3), ['2023-01-30', '2023-02-28', '2023-03-30'])
  assert.deepEqual(dates(calendar('month', 3, '2023-12-31', true), 3), ['2023-12-31', '2024-03-31', '2024-06-30'])
  assert.deepEqual(dates(calendar('year', 1, '2024-02-29'), 5).at(-1), '2028-02-29')
})

test('weeks keep their day over a 53-week year, business days skip week ends', () => {
  assert.deepEqual(dates(calendar('week', 1, '2020-12-28'), 3), ['2020-12-28', '2021-01-04', '2021-01-11'])
  assert.deepEqual(dates(calendar('businessDay', 1, '2024-03-28'), 4), [
    '2024-03-28',
    '2024-03-29',
    '2024-04-01',
    '2024-04-02',
  ])
})

test('clock changes shift nothing: 24 civil hours on both Sundays', () => {
  for (const day of ['2024-03-31', '2024-10-27']) {
    const hours = dates(calendar('hour', 1, `${day}T00:00`), 25)
    assert.equal(hours[3], `${day}T03:00`)
    assert.equal(new Set(hours).size, 25)
    assert.equal(hours[24]?.slice(11), '00:00')
  }
  assert.equal(periodDate(calendar('second', 30, '2024-01-01T00:00:00'), 3), '2024-01-01T00:01:30')
})

test('beyond the four-digit years there is no date', () => {
  const last = calendar('day', 1, '9999-12-30')
  assert.deepEqual(dates(last, 3), ['9999-12-30', '9999-12-31', null])
  assert.equal(periodDate(calendar('year', 1, '0000-01-01'), -1), null)
  assert.equal(periodDate(last, 1e300), null)
  assert.equal(periodDate(calendar('day', 1, 'soon'), 0), null)
})

test('civil day numbers agree with Temporal', () => {
  const epoch = Temporal.PlainDate.from('1970-01-01')
  fc.assert(
    fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (day) => {
      const date = epoch.add({ days: day })
      assert.deepEqual(civilFromDay(day), { year: date.year, month: date.month, day: date.day })
      assert.equal(dayFromCivil(date.year, date.month, date.day), day)
      assert.equal(weekday(day), date.dayOfWeek - 1)
      assert.equal(parseTick(date.toString()), day * 86_400)
    }),
    { seed: 1 },
  )
})

test('every date of every unit is the one that Temporal finds', () => {
  const units: readonly Frequency['unit'][] = [
    ...(['year', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const),
  ]
  const added = { year: 'years', month: 'months', week: 'weeks', day: 'days' } as const
  const timed = { hour: 'hours', minute: 'minutes', second: 'seconds' } as const
  const ticks = fc.integer({ min: -719_528 * 86_400, max: 2_932_896 * 86_400 })
  fc.assert(
    fc.property(
      fc.constantFrom(...units),
      fc.integer({ min: 1, max: 40 }),
      ticks,
      fc.integer({ min: -500, max: 500 }),
      fc.constantFrom('date', 'minute', 'second'),
      fc.boolean(),
      (unit, step, tick, index, precision, ends) => {
        const start = tickText(tick, precision)
        const monthEnd = ends && (unit === 'month' || unit === 'year')
        const name = { ...added, ...timed, businessDay: 'days' }[unit]
        const origin = Temporal.PlainDateTime.from(start)
        let moved = origin.add({ [name]: step * index })
        if (monthEnd) moved = moved.with({ day: moved.daysInMonth })
        const isDate = precision === 'date' && unit in added
        const seconds = precision === 'second' || unit === 'second'
        const wanted = isDate
          ? moved.toPlainDate().toString()
          : moved.toString({ smallestUnit: seconds ? 'second' : 'minute' })
        const inRange = moved.year >= 0 && moved.year <= 9999
        assert.equal(periodDate(calendar(unit, step, start, monthEnd), index), inRange ? wanted : null)
      },
    ),
    { seed: 3, numRuns: 2000 },
  )
})

test('text that is no date is none', () => {
  for (const text of ['1900-02-29', '2023-13-01', '2023-00-10', '2023-1-10', '2024-01-01T24:00', '', 'x'.repeat(10)])
    assert.ok(Number.isNaN(parseTick(text)), text)
  assert.equal(parseTick('2024-02-29 10:30'), parseTick('2024-02-29T10:30:00'))
})

test('the grid finds every period the calendar writes (two algorithms agree)', () => {
  const units: Frequency[] = [
    { unit: 'year', step: 1 },
    { unit: 'month', step: 1 },
    { unit: 'month', step: 3 },
    { unit: 'month', step: 6 },
    { unit: 'week', step: 1 },
    { unit: 'week', step: 2 },
    { unit: 'day', step: 1 },
    { unit: 'businessDay', step: 1 },
    { unit: 'hour', step: 1 },
    { unit: 'minute', step: 15 },
  ]
  const start = fc.integer({ min: -30_000, max: 60_000 })
  fc.assert(
    fc.property(fc.constantFrom(...units), start, fc.integer({ min: 2, max: 40 }), (frequency, day, n) => {
      const monday = frequency.unit === 'businessDay' ? day - weekday(day) : day
      const { year, month, day: ofMonth } = civilFromDay(monday)
      // a clipped first date does not know its anchor: days up to 28
      const kept = frequency.unit === 'month' || frequency.unit === 'year' ? Math.min(ofMonth, 27) : ofMonth
      const text = tickText(dayFromCivil(year, month, kept) * 86_400, 'date')
      const sub = frequency.unit === 'hour' || frequency.unit === 'minute'
      const c = { frequency, start: sub ? `${text}T00:00` : text, monthEnd: false }
      const all = dates(c, n) as string[]
      const ticks = Float64Array.from(all, parseTick)
      const grid = fitGrid(ticks, frequency)
      const first = periodNumber(grid, ticks[0])
      all.forEach((date, i) => {
        assert.equal(periodNumber(grid, ticks[i]) - first, i)
        assert.equal(tickText(periodTick(grid, first + i), sub ? 'minute' : 'date'), date)
      })
    }),
    { seed: 2 },
  )
})
