import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Frequency, forecastDates } from '../../src/series/calendar.ts'
import { defaultSeasonLength, detectFrequency, frequencyName, parseFrequency } from '../../src/series/frequency.ts'

const dates = (unit: Frequency['unit'], step: number, start: string, n: number, monthEnd = false): string[] =>
  forecastDates({ frequency: { unit, step }, start, monthEnd }, 0, n) as string[]

const name = (all: readonly string[]): string | null => {
  const found = detectFrequency(all)
  return found && `${frequencyName(found.frequency)}${found.monthEnd ? ' end' : ''}`
}

test('every usual step is recognised', () => {
  const cases: [string, string[]][] = [
    ['yearly', dates('year', 1, '2015-01-01', 6)],
    ['yearly end', dates('year', 1, '2015-12-31', 6, true)],
    ['half-yearly', dates('month', 6, '2015-04-01', 6)],
    ['quarterly', dates('month', 3, '2015-01-01', 8)],
    ['quarterly end', dates('month', 3, '2015-03-31', 8, true)],
    ['monthly', dates('month', 1, '2015-01-01', 12)],
    ['monthly end', dates('month', 1, '2015-01-31', 12, true)],
    ['monthly', dates('month', 1, '2015-01-30', 12)],
    ['monthly', dates('month', 1, '2015-01-15', 3)],
    ['weekly', dates('week', 1, '2015-01-03', 60)],
    ['2week', dates('week', 2, '2015-01-03', 60)],
    ['4week', dates('week', 4, '2015-01-03', 30)],
    ['daily', dates('day', 1, '2015-01-03', 9)],
    ['business-daily', dates('businessDay', 1, '2015-01-05', 9)],
    ['hourly', dates('hour', 1, '2015-01-03T00:00', 30)],
    ...[30, 15, 10, 5].map((m): [string, string[]] => [
      m === 30 ? 'half-hourly' : `${m}min`,
      dates('minute', m, '2015-01-03T00:00', 30),
    ]),
    ['daily', dates('day', 1, '2015-01-03T10:30', 30)],
  ]
  for (const [expected, all] of cases) assert.equal(name(all), expected, all.slice(0, 3).join(' '))
})

test('gaps, strays and changing days do not mislead', () => {
  const months = dates('month', 1, '2015-01-01', 60)
  assert.equal(name(months.filter((_, i) => [0, 3, 5, 9, 10, 16, 20, 23, 30, 41, 55].includes(i))), 'monthly')
  const weeks = dates('week', 1, '2024-01-06', 20)
  assert.equal(name(weeks.with(7, '2024-02-23')), 'weekly')
  assert.equal(detectFrequency(weeks.with(7, '2024-02-23'))?.evidence.onGrid, 0.95)
  const sixDays = dates('day', 1, '2024-01-01', 60).filter((_, i) => i % 7 !== 6)
  assert.equal(name(sixDays), 'daily')
  const open = dates('hour', 1, '2024-01-01T00:00', 240).filter((_, i) => i % 24 >= 8 && i % 24 < 18)
  assert.equal(name(open), 'hourly')
  const lastWorkingDay = ['2024-01-31', '2024-02-29', '2024-03-29', '2024-04-30', '2024-05-31', '2024-06-28']
  assert.equal(name(lastWorkingDay), 'monthly end')
  assert.equal(name(['2024-01-03', '2024-02-17', '2024-03-29', '2024-04-02', '2024-05-20']), 'monthly')
  assert.equal(name(['2023-01-01', '2024-01-01']), 'yearly')
  assert.equal(name(['2024-01-01']), null)
  assert.equal(name([]), null)
})

test('names read back', () => {
  for (const text of ['yearly', 'half-yearly', 'quarterly', 'monthly', 'weekly', 'daily', 'business-daily', 'hourly']) {
    const frequency = parseFrequency(text)
    assert.ok(frequency)
    assert.equal(frequencyName(frequency), text)
  }
  for (const frequency of [
    { unit: 'minute', step: 15 },
    { unit: 'week', step: 2 },
    { unit: 'second', step: 10 },
    { unit: 'businessDay', step: 2 },
  ] as const)
    assert.deepEqual(parseFrequency(frequencyName(frequency)), frequency)
  assert.deepEqual(parseFrequency(' 12 Months '), { unit: 'year', step: 1 })
  for (const text of ['', 'foo', '0min', '-1d', 'constructor', '1.5h', '99999d'])
    assert.equal(parseFrequency(text), null)
})

test('season lengths of the usual steps', () => {
  const lengths = ['yearly', 'half-yearly', 'quarterly', 'monthly', 'weekly', 'daily', 'business-daily', 'hourly']
    .concat('half-hourly', '15min', '2week', '2day')
    .map((text) => defaultSeasonLength(parseFrequency(text) as Frequency))
  assert.deepEqual(lengths, [1, 2, 4, 12, 52, 7, 5, 24, 48, 96, 26, 1])
})
