import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seasonalNaiveMae } from '../../src/evaluate/metrics.ts'
import { unlimited } from '../../src/math/optimize/budget.ts'
import { randomStream } from '../../src/math/random.ts'
import { chooseWaves } from '../../src/models/choose-waves.ts'
import { registry } from '../../src/models/registry.ts'
import { fourierTerms } from '../../src/series/fourier.ts'
import type { Series } from '../../src/series/series.ts'

const random = randomStream('seasons')
const wave = (t: number, period: number): number => Math.sin((2 * Math.PI * t) / period)
const N = 24 * 7 * 6
const H = 48
const load = Float64Array.from(
  { length: N + H },
  (_, t) =>
    500 + 80 * wave(t, 24) + 30 * wave(t, 12) + 60 * wave(t, 168) + 40 * Number(t % 168 < 48) + 8 * random.normal(),
)
const hourly: Series = {
  ...{ name: 'load', values: load.slice(0, N), seasonLength: 24, furtherSeasons: [168], calendar: null },
}

test('waves of a period that is not whole come round again, and are orthogonal over whole cycles', () => {
  const [cosine] = fourierTerms({ period: 365.25, harmonics: 1 }, 0, 1462)
  assert.ok(Math.abs(cosine![1461]! - cosine![0]!) < 1e-9)
  const columns = fourierTerms({ period: 12, harmonics: 6 }, 5, 120)
  assert.equal(columns.length, 11)
  for (const [i, a] of columns.entries())
    for (const b of columns.slice(0, i)) assert.ok(Math.abs(a.reduce((sum, value, t) => sum + value * b[t]!, 0)) < 1e-9)
})

test('both seasons are found, one that is not there is not', () => {
  assert.deepEqual(
    chooseWaves(hourly, 'auto').map(({ period }) => period),
    [24, 168],
  )
  let found = 0
  for (let seed = 0; seed < 40; seed++) {
    const stream = randomStream(`no year ${seed}`)
    let level = 0
    const values = Float64Array.from({ length: 800 }, (_, t) => {
      level += 0.3 * stream.normal()
      return 100 + 5 * wave(t, 7) + level + stream.normal()
    })
    const daily = { name: '', values, seasonLength: 7, furtherSeasons: [365.25], calendar: null }
    if (chooseWaves(daily, 'auto').some(({ period }) => period > 7)) found++
  }
  // a random walk makes slow waves by chance: AICc lets in no more than this
  assert.ok(found <= 8, `${found} of 40`)
})

for (const name of ['mstl', 'dynamic_harmonic_regression'] as const)
  test(`${name}: the day within the week is foreseen better than by repeating the day`, () => {
    const model = registry[name]
    const fit = model.fit(hourly, model.check() as never, unlimited)
    const { mean } = model.forecast(fit as never, H, randomStream('f'))
    const error = mean.reduce((sum, value, h) => sum + Math.abs(value - load[N + h]!) / H, 0)
    assert.ok(error < 0.7 * seasonalNaiveMae(hourly.values, 24), `${error}`)
    assert.ok(fit.label.includes('24') && fit.label.includes('168'), fit.label)
  })

test('waves follow the calendar of the series, wherever it ends', () => {
  const { dynamic_harmonic_regression: model } = registry
  const spec = model.check()
  for (const end of [N - 5, N - 12]) {
    const fit = model.fit({ ...hourly, values: load.slice(0, end) }, spec, unlimited)
    const { mean } = model.forecast(fit, 24, randomStream('f'))
    const error = mean.reduce((sum, value, h) => sum + Math.abs(value - load[end + h]!) / 24, 0)
    assert.ok(error < 15, `${error}`)
  }
})
