import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bandAt, levelName } from '../../src/export/bands.ts'
import { modelLabel } from '../../src/export/model-label.ts'
import { forecast } from './results.ts'

test('a published probability is exact, however its level was computed', () => {
  const band = bandAt(forecast, 0.8)
  assert.deepEqual([...band!.lower], [110, -2])
  assert.deepEqual([...band!.upper], [140, 2])
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
