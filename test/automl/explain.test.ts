import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import type { MessageCode } from '../../src/messages.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import type { Calendar } from '../../src/series/calendar.ts'
import { noise, simulate } from './simulate.ts'

const monthly: Calendar = { frequency: { unit: 'month', step: 1 }, start: '2018-01-01', monthEnd: false }

function advice(values: ArrayLike<number>, seasonLength = 12) {
  const series = { name: 'a', values: Float64Array.from(values), seasonLength, calendar: monthly }
  const { businessRecommendation } = forecastSeries(series, optionsFor(series, DEFAULT_CONFIG, 12))
  return new Map(businessRecommendation.map(({ code, params }) => [code, params]))
}
const has = (codes: ReadonlyMap<MessageCode, unknown>, code: MessageCode): boolean => codes.has(code)

test('a rising series is told to rise; turned round it is told to fall', () => {
  const values = simulate('rise', 72, (t, random) => 200 + 3 * t + 4 * random.normal())
  const rising = advice(values)
  assert.ok(has(rising, 'advice_rising') && !has(rising, 'advice_falling'))
  const falling = advice(values.toReversed())
  assert.ok(has(falling, 'advice_falling') && !has(falling, 'advice_rising'))
})

test('the high season is named by its months; upside down it is the other half of the year', () => {
  const season = (t: number): number => 40 * Math.cos((2 * Math.PI * (t - 11)) / 12)
  const at = (sign: number) =>
    advice(simulate('season', 84, (t, random) => 200 + sign * season(t) + 2 * random.normal())).get(
      'advice_season_peak',
    )
  assert.equal(at(1)?.period, '2025-12')
  assert.match(String(at(1)?.periods), /2025-01.*2025-11, 2025-12/)
  assert.equal(at(-1)?.period, '2025-06')
  assert.match(String(at(-1)?.periods), /2025-05, 2025-06, 2025-07/)
})

test('an item that stopped selling is at its end; one that pauses as always is not', () => {
  const selling = noise('selling', 60, 50, 5)
  const ended = advice([...selling, 0, 0, 0, 0, 0])
  assert.equal(ended.get('advice_end_of_life')?.periods, 5)
  const sparse = Array.from({ length: 60 }, (_, t) => (t % 6 === 0 ? 5 : 0))
  assert.ok(!has(advice([...sparse, 0, 0, 0], 1), 'advice_end_of_life'))
  assert.ok(has(advice([...sparse, ...new Array(40).fill(0)], 1), 'advice_end_of_life'))
})

test('a new item and a doubtful forecast are said to be so, a steady one is not', () => {
  assert.ok(has(advice([3, 5, 4, 6], 1), 'advice_new_item'))
  const steady = advice(noise('steady', 80, 100, 2))
  assert.ok(!has(steady, 'advice_new_item') && !has(steady, 'advice_review'))
  const wild = advice(simulate('wild', 60, (_, random) => Math.exp(2 * random.normal())))
  assert.ok(has(wild, 'advice_review'))
})
