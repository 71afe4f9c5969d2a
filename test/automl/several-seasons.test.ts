import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import type { Series } from '../../src/series/series.ts'
import { simulate } from './simulate.ts'

const HORIZON = 48

test('hours with a day and a week are answered by models of both, with less error than by the day alone', () => {
  const ratios: number[] = []
  for (const seed of ['a']) {
    const busy = (t: number): number => (Math.floor(t / 24) % 7 < 5 ? 1 : 0.55)
    const load = simulate(seed, 24 * 7 * 4 + HORIZON, (t, random, before) => {
      const shape = (100 + 40 * Math.sin((2 * Math.PI * t) / 24)) * busy(t)
      return t === 0 ? shape : shape + 0.3 * (before - shape) + 2 * random.normal()
    })
    const past: Series = { name: seed, values: load.subarray(0, -HORIZON), seasonLength: 24, calendar: null }
    const error = (series: Series): number => {
      const { forecast, members } = forecastSeries(
        series,
        optionsFor(series, { ...DEFAULT_CONFIG, effort: 'fast' }, HORIZON),
      )
      if (series.furtherSeasons)
        assert.deepEqual(
          ['mstl', 'tbats', 'dynamic_harmonic_regression'].filter(
            (name) => !members.some(({ model }) => model === name),
          ),
          [],
        )
      return forecast!.mean.reduce((sum, value, h) => sum + Math.abs(value - load[load.length - HORIZON + h]!), 0)
    }
    ratios.push(error({ ...past, furtherSeasons: [168] }) / error(past))
  }
  assert.ok(
    ratios.every((ratio) => ratio < 0.9),
    ratios.join(' '),
  )
})
