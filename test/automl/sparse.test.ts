import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import { randomStream } from '../../src/math/random.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'

const membersOf = (values: Float64Array, changes: object = {}): readonly string[] => {
  const series = { name: 'a', values, seasonLength: 12, calendar: null }
  const options = optionsFor(series, { ...DEFAULT_CONFIG, ...changes }, 6)
  return forecastSeries(series, options).members.map(({ model }) => model)
}

/** Poisson-like counts: Σ of ten draws. */
const pieces = (rate: number, seed: string): Float64Array => {
  const random = randomStream(seed)
  return Float64Array.from({ length: 36 }, () =>
    Array.from({ length: 10 }).reduce((sum: number) => sum + (random.uniform() < rate / 10 ? 1 : 0), 0),
  )
}

test('a few pieces a month, some months none, are forecast as sparse demand although most months have some', () => {
  const values = pieces(3, 'pieces')
  assert.ok(values.some((value) => value === 0) && values.filter((value) => value === 0).length < 36 / 5)
  assert.deepEqual(membersOf(values), ['sba', 'mean', 'tsb', 'imapa'])
  assert.ok(membersOf(values, { intermittentDetection: false }).includes('ets'))
})

test('counts of few pieces are counts where no month is without, and larger ones where some are', () => {
  const always = pieces(3, 'pieces').map((value) => value + 2)
  const dozens = pieces(3, 'pieces').map((value) => 12 * (value + 1))
  assert.ok(membersOf(always).includes('sba'))
  assert.ok(membersOf(dozens).includes('ets'), '48 a month, each month')
  assert.ok(membersOf(dozens.with(7, 0)).includes('sba'), '48 a month, and once none')
})

test('neither a quantity nor a trend of pieces is sparse', () => {
  const values = pieces(3, 'pieces')
  assert.ok(membersOf(values.map((value) => value + 0.5 * Number(value > 0))).includes('ets'))
  const rising = Float64Array.from({ length: 36 }, (_, t) => Math.max(0, Math.round(t / 3 - 1)))
  assert.ok(membersOf(rising).includes('ets'))
})
