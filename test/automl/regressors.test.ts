import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import { holidayColumns } from '../../src/automl/holiday-columns.ts'
import { usableRegressors } from '../../src/automl/regressors.ts'
import { randomStream } from '../../src/math/random.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import type { Series } from '../../src/series/series.ts'

const N = 96
const AHEAD = 12
const random = randomStream('regressors')
const column = (make: (t: number) => number, length = N + AHEAD) => Float64Array.from({ length }, (_, t) => make(t))
const promotion = column((t) => Number((t * 7) % 11 < 2))
const price = column(() => random.normal())
const noise = column(() => random.normal())
const values = column((t) => 100 + 15 * Math.sin((t * Math.PI) / 6) + 25 * promotion[t]! + random.normal(), N)

function verdicts(columns: Record<string, Float64Array>) {
  const series: Series = {
    ...{ name: 'S', values, seasonLength: 12, calendar: null },
    regressors: { names: Object.keys(columns), columns: Object.values(columns) },
  }
  const { regressors, ahead, problems } = usableRegressors(series, [], AHEAD, AHEAD + 1)
  return { names: regressors?.names ?? [], ahead, problems: problems.map(({ code, params }) => [code, params]) }
}

test('a regressor with an effect and its future is used', () => {
  assert.deepEqual(verdicts({ promotion }), { names: ['promotion'], ahead: AHEAD, problems: [] })
})

test('every other one is left aside, by name and with the reason', () => {
  const { names, problems } = verdicts({
    promotion,
    'the same, doubled': promotion.map((value) => 2 * value),
    constant: column(() => 3),
    'half missing': price.map((value, t) => (t < N / 2 ? Number.NaN : value)),
    'no future': price.slice(0, N),
    'half a future': price.slice(0, N + 5),
    'nothing to do with it': noise,
  })
  assert.deepEqual(names, ['promotion'])
  const dropped = (name: string, cause: string) => ['regressor_dropped', { name, cause }]
  const needed = AHEAD
  assert.deepEqual(problems, [
    dropped('constant', 'constant'),
    dropped('half missing', 'missing'),
    ['regressor_future_missing', { name: 'no future', known: 0, needed }],
    ['regressor_future_missing', { name: 'half a future', known: 5, needed }],
    dropped('the same, doubled', 'collinear'),
    dropped('nothing to do with it', 'no_effect'),
  ])
})

test('five hundred columns leave no more than the history can tell apart', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, column(() => random.normal())]))
  const { names, problems } = verdicts(many)
  assert.ok(names.length <= N / 10)
  assert.equal(names.length + problems.length, 500)
})

const easter = [{ name: 'Easter Sunday', dates: ['2023-04-09', '2024-03-31', '2025-04-20'] }]
const held = (unit: 'day' | 'week' | 'month' | 'hour', start: string, count: number, monthEnd = false): number[] => {
  const { columns } = holidayColumns(easter, { frequency: { unit, step: 1 }, start, monthEnd }, count)
  return Array.from(columns[0] ?? []).flatMap((days, i) => (days > 0 ? [i] : []))
}

test('a holiday falls into the period that holds its day', () => {
  assert.deepEqual(held('day', '2024-03-30', 3), [1])
  assert.deepEqual(held('month', '2023-01-01', 30), [3, 14, 27])
  assert.deepEqual(held('month', '2023-01-31', 30, true), [3, 14, 27])
  assert.deepEqual(held('week', '2024-03-25', 3), [0])
  assert.deepEqual(held('week', '2024-04-01', 3), [])
  assert.deepEqual(held('hour', '2024-03-30T22:00', 30).length, 24)
  assert.deepEqual(held('day', '2024-04-01', 300), [])
})

test('the answer lists what was left aside, and says what it takes account of', () => {
  const series: Series = {
    ...{ name: 'S', values, seasonLength: 12, calendar: null },
    regressors: { names: ['promotion', 'price'], columns: [promotion, price.slice(0, N)] },
  }
  const item = { name: 'S', calendar: null }
  const { problems, whyChosen } = forecastSeries(series, optionsFor(item, DEFAULT_CONFIG, AHEAD))
  const listed = problems.find(({ code }) => code === 'regressor_future_missing')
  assert.deepEqual(listed?.params, { name: 'price', known: 0, needed: AHEAD })
  assert.equal(whyChosen.find(({ code }) => code === 'regressors_used')?.params.names, 'promotion')
})
