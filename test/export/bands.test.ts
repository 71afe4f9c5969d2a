import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bandAt, levelName, quantileAt } from '../../src/export/bands.ts'
import { frequencyText } from '../../src/export/frequency-text.ts'
import { modelLabel } from '../../src/export/model-label.ts'
import type { Frequency } from '../../src/series/calendar.ts'
import { frequencyName } from '../../src/series/frequency-name.ts'
import { forecast } from './results.ts'

test('a published probability is exact, another lies on the line between its neighbours', () => {
  const band = bandAt(forecast, 0.8)
  assert.deepEqual([...band!.lower], [110, -2])
  assert.deepEqual([...band!.upper], [140, 2])
  assert.deepEqual(
    [...quantileAt(forecast, 0.3)!].map((value) => Number(value.toFixed(9))),
    [117.5, -1],
  )
})

test('beyond the grid nothing is invented; without bands there is none', () => {
  assert.deepEqual([...bandAt(forecast, 0.99)!.lower], [Number.NaN, Number.NaN])
  assert.deepEqual([...bandAt(forecast, 0.99)!.upper], [Number.NaN, Number.NaN])
  assert.equal(bandAt({ ...forecast, bands: null }, 0.8), null)
})

test('levels are named without binary dust', () => {
  assert.deepEqual([0.8, 0.95, 0.57, 0.975, 0.999].map(levelName), ['80', '95', '57', '97.5', '99.9'])
})

test('models are named as the guide names them; an unknown one keeps its own name', () => {
  const names = ['ets', 'sarima', 'seasonal_naive', 'prophet', 'ensemble', 'my_model', 'constructor']
  assert.deepEqual(names.map(modelLabel), [
    'ETS',
    'SARIMA',
    'Seasonal naive',
    'Prophet',
    'Ensemble',
    'my_model',
    'constructor',
  ])
})

test('a frequency is written as frequencyName writes it', () => {
  const units: Frequency['unit'][] = ['year', 'month', 'week', 'day', 'businessDay', 'hour', 'minute', 'second']
  for (const unit of units)
    for (const step of [1, 2, 3, 6, 15, 30]) {
      const frequency = { unit, step }
      assert.equal(frequencyText({ frequency, start: '2024-01-01', monthEnd: false }), frequencyName(frequency))
    }
})
