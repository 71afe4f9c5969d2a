import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import type { ForecastOptions, Outcome } from '../../src/automl/outcome.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import { noise, share, simulate, walk } from './simulate.ts'

const HORIZON = 6
const OPTIONS = optionsFor({ name: 'hostile', calendar: null }, DEFAULT_CONFIG, HORIZON)
const run = (values: ArrayLike<number>, seasonLength = 1, options: Partial<ForecastOptions> = {}): Outcome =>
  forecastSeries(
    { name: 'hostile', values: Float64Array.from(values), seasonLength, calendar: null },
    { ...OPTIONS, effort: 'fast', ...options },
  )

/** Finite numbers in order, whatever came in. */
function whole({ forecast }: Outcome, about: string): void {
  assert.ok(forecast !== null && forecast.bands !== null, about)
  const { mean, bands } = forecast
  const width = bands.probabilities.length
  assert.ok(mean.length === HORIZON && mean.every(Number.isFinite), `${about}: ${mean}`)
  bands.values.forEach((value, i) => {
    assert.ok(Number.isFinite(value) && (i % width === 0 || value >= bands.values[i - 1]!), `${about}: bands`)
  })
}
const codesOf = ({ problems }: Outcome): string[] => problems.map(({ code }) => code)
const upperOf = ({ forecast }: Outcome, step: number, p: number): number => {
  const { probabilities, values } = forecast!.bands!
  return values[step * probabilities.length + probabilities.indexOf(p)]!
}

test('2 to 29 values are forecast, with a warning that names what is advised (H003)', () => {
  for (let n = 2; n < 30; n++) {
    const outcome = run(Array.from({ length: n }, (_, t) => 10 + ((t * 7) % 5)))
    whole(outcome, `${n} values`)
    assert.deepEqual(codesOf(outcome), ['series_short'])
  }
})

test('constant but for one point; all zero (H004)', () => {
  const almost = run(new Array(40).fill(5).with(20, 6))
  whole(almost, 'almost constant')
  assert.ok(Math.abs(almost.forecast!.mean[0]! - 5) < 0.5)
  assert.deepEqual([...run(new Array(40).fill(0)).forecast!.mean], new Array(HORIZON).fill(0))
})

test('missing and infinite values anywhere are treated as missing, and listed (H005)', () => {
  const holes = [3, 17, 18, 39]
  const values = noise('holes', 40, 50, 5)
  const at = (bad: number): Float64Array => values.map((value, t) => (holes.includes(t) ? bad : value))
  const missing = run(at(Number.NaN))
  const infinite = run(at(Number.NEGATIVE_INFINITY))
  whole(missing, 'missing')
  assert.deepEqual(infinite.forecast, missing.forecast)
  assert.ok(codesOf(infinite).includes('not_finite_treated_missing'))
  assert.throws(() => run(new Array(9).fill(Number.NaN)), { code: 'series_no_values' })
})

test('the smallest and largest numbers behave as scaled ones do (H006, H007)', () => {
  const values = noise('scale', 48, 50, 5)
  const plain = run(values).forecast!.mean
  for (const scale of [2 ** -1000, 2 ** -300, 2 ** 900]) {
    const outcome = run(values.map((value) => value * scale))
    whole(outcome, `${scale}`)
    for (let h = 0; h < HORIZON; h++) assert.ok(Math.abs(outcome.forecast!.mean[h]! / scale / plain[h]! - 1) < 1e-3)
  }
  assert.deepEqual(run(values.with(7, -0)).forecast, run(values.with(7, 0)).forecast)
  whole(run(values.map((value, t) => (t % 2 === 0 ? value * 1e-200 : value * 1e200))), '1e-200 … 1e200')
  assert.throws(() => run(values.with(5, 1.7e308)), { code: 'series_out_of_range' })
})

test('one slip of 1e12 is set aside and leaves the forecast alone (H009)', () => {
  const values = noise('slip', 60, 50, 5)
  const outcome = run(values.with(30, 1e12))
  assert.ok(codesOf(outcome).includes('outlier_set_aside'))
  assert.ok(upperOf(outcome, 0, 0.975) < 100)
})

test('a new level at the end and a very steep line are followed (H010)', () => {
  const shifted = run(noise('shift', 60, 50, 2).map((value, t) => (t >= 54 ? value + 40 : value)))
  assert.ok(upperOf(shifted, 0, 0.975) > 85, `${upperOf(shifted, 0, 0.975)}`)
  const steep = run(simulate('steep', 60, (t, random) => 1e6 * t + random.normal()))
  assert.ok(Math.abs(steep.forecast!.mean[0]! / 60e6 - 1) < 0.01)
})

test('nothing is certain, and bands hold on what cannot be foreseen (H011)', () => {
  const kinds: Record<string, (seed: number) => Float64Array> = {
    noise: (seed) => noise(`h11-${seed}`, 90, 100, 10),
    walk: (seed) => walk(`h11-${seed}`, 90).map((value) => value + 200),
  }
  for (const [kind, make] of Object.entries(kinds)) {
    let inside = 0
    let judged = 0
    const certain = share(100, (seed) => {
      const values = make(seed)
      const outcome = run(values.subarray(0, 90 - HORIZON))
      for (let h = 0; h < HORIZON; h++) {
        const actual = values[90 - HORIZON + h]!
        inside += Number(actual >= upperOf(outcome, h, 0.1) && actual <= upperOf(outcome, h, 0.9))
        judged++
      }
      return !(outcome.confidenceScore < 1)
    })
    assert.equal(certain, 0, kind)
    // 600 values that depend on one another within a series: two standard errors are about .05
    assert.ok(inside / judged > 0.74 && inside / judged < 0.88, `${kind}: ${inside / judged} in 80 %`)
  }
})

test('series that alternate or swing are forecast with finite bands, whatever their season is said to be (H011)', () => {
  const wave = (period: number) => Array.from({ length: 80 }, (_, t) => 10 + 5 * Math.sin((2 * Math.PI * t) / period))
  whole(
    run(
      Array.from({ length: 60 }, (_, t) => (t % 2 === 0 ? 5 : -5)),
      2,
    ),
    'alternating',
  )
  for (const period of [2, 7.3, 12, 365.25]) whole(run(wave(period), 12), `period ${period}`)
})

test('almost no demand, and a single one, are never negative (H012)', () => {
  for (const demands of [1, 2]) {
    const values = new Array(1000).fill(0)
    for (let k = 0; k < demands; k++) values[300 + 400 * k] = 8
    const outcome = run(values)
    whole(outcome, `${demands} demands`)
    assert.ok(['intermittent', 'lumpy'].includes(outcome.pattern))
    assert.ok(outcome.forecast!.bands!.values.every((value) => value >= 0))
  }
})

test('negative and mixed values have negative forecasts where they should (H013)', () => {
  const negative = run(noise('negative', 48, -50, 5), 12)
  whole(negative, 'negative')
  assert.ok(negative.forecast!.mean.every((value) => value < -30))
  whole(run(noise('mixed', 48, 0, 5), 12), 'mixed')
})

test('a million values are thinned to the last ones, and it is said (H015)', () => {
  const outcome = run(
    simulate('long', 1_000_000, (t) => 50 + (t % 7)),
    7,
  )
  whole(outcome, 'a million values')
  assert.ok(codesOf(outcome).includes('history_limited'))
})

test('near-unit roots, over-differenced, rounded and cancelling series end with a finite answer (H023)', () => {
  const level = walk('h23', 120)
  const shapes: Record<string, ArrayLike<number>> = {
    'near unit root': simulate(
      'root',
      120,
      (() => {
        let state = 0
        return (_, random) => {
          state = 0.9999 * state + random.normal()
          return 100 + state
        }
      })(),
    ),
    'differenced twice': level.map((value, t) => value - 2 * (level[t - 1] ?? 0) + (level[t - 2] ?? 0)),
    'rounded to whole numbers': level.map(Math.round),
    'two values': Array.from({ length: 100 }, (_, t) => (t * 7919) % 2),
    steps: Array.from({ length: 100 }, (_, t) => Math.floor(t / 10)),
  }
  for (const [name, values] of Object.entries(shapes)) whole(run(values, 12), name)
})

test('an item that came down to a hundredth is forecast from what it is now, with bands of that size, and that is said', () => {
  const season = (t: number): number => 1 + 0.4 * Math.sin((2 * Math.PI * t) / 12)
  const level = (t: number): number => (t < 78 ? 5000 : 50) * season(t)
  const values = simulate('collapsed', 150, (t, random) => level(t) * (1 + 0.1 * random.normal()))
  const outcome = run(values, 12)
  whole(outcome, 'collapsed')
  assert.ok(codesOf(outcome).includes('history_settled'))
  for (let h = 0; h < HORIZON; h++) {
    assert.ok(Math.abs(outcome.forecast!.mean[h]! / level(150 + h) - 1) < 0.25)
    assert.ok(upperOf(outcome, h, 0.975) < 2 * level(150 + h))
  }
  assert.ok(!codesOf(run(values.slice(80), 12)).includes('history_settled'))
})
