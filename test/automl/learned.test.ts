import assert from 'node:assert/strict'
import { test } from 'node:test'
import { combined } from '../../src/automl/ensemble.ts'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import {
  cohortPrior,
  learnedMixture,
  probabilities,
  WEIGHTS_VERSION,
  widthFactors,
} from '../../src/automl/learned/index.ts'
import { calmInputs, type Known, recentInputs } from '../../src/automl/learned/inputs.ts'
import { evaluate, type Network, shares } from '../../src/automl/learned/network.ts'
import { withWidths } from '../../src/automl/learned/widths.ts'
import { band, quantileAt } from '../../src/models/bands.ts'
import type { Forecast } from '../../src/models/forecast.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import { noise, simulate, walk } from './simulate.ts'

test('a network is its formula', () => {
  const network: Network = {
    ...{ centres: [1, 0], widths: [2, 1], first: [0.5, -1, 0.1, 0, 2, 0], second: [1, -1, 0.25] },
  }
  const [x, y] = [(3 - 1) / 2, -0.5]
  const expected = Math.tanh(0.5 * x - y + 0.1) - Math.tanh(2 * y) + 0.25
  assert.ok(Math.abs(evaluate(network, Float64Array.of(3, -0.5))[0]! - expected) < 1e-12)
  // nothing was learned beyond four standard deviations, and nothing of what is not a number
  assert.equal(evaluate(network, Float64Array.of(1e9, 0))[0], evaluate(network, Float64Array.of(9, 0))[0])
  assert.equal(evaluate(network, Float64Array.of(Number.NaN, 0))[0], evaluate(network, Float64Array.of(1, 0))[0])
  assert.ok(Math.abs(shares(Float64Array.of(1000, 1001)).reduce((sum, share) => sum + share, 0) - 1) < 1e-12)
})

test('bands that are widened or narrowed stay in order around the same point', () => {
  const sd = Float64Array.of(2, 3)
  const forecast = {
    mean: Float64Array.of(10, 20),
    spread: { kind: 'normal' as const, sd, response: Float64Array.of(1, 1) },
  }
  for (const [a, b] of [
    [1, 1],
    [2, 1],
    [0.3, 0.26],
    [0.5, 3],
    [4, 0.25],
  ] as const) {
    const wide = withWidths(forecast, { at80: Float64Array.of(a, a), at95: Float64Array.of(b, b) })
    assert.deepEqual(wide.mean, forecast.mean)
    const [inner, outer, before] = [band(wide, 0.8), band(wide, 0.95), band(forecast, 0.8)]
    for (let h = 0; h < 2; h++) {
      assert.ok(outer.lower[h]! <= inner.lower[h]! && inner.upper[h]! <= outer.upper[h]!)
      const half = before.upper[h]! - forecast.mean[h]!
      assert.ok(Math.abs(inner.upper[h]! - forecast.mean[h]! - a * half) < 1e-9)
    }
  }
})

test('whatever the inputs, weights are shares, widths bounded, and confidence rises with the tolerance', () => {
  for (const fill of [0, 1e9, -1e9, Number.NaN]) {
    const inputs = new Array(80).fill(fill)
    const { weights, move } = learnedMixture(inputs, { steps: 9, horizon: 6 })
    assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9)
    assert.ok(move.every(Number.isFinite))
    assert.equal(move[8], move[5], 'beyond the horizon asked for it moves no further')
    const { at80, at95 } = widthFactors(inputs, 200)
    assert.ok([...at80, ...at95].every((factor) => factor >= 0.25 && factor <= 4))
    const said = [0.05, 0.25, 0.6].map((tolerance) => probabilities(inputs, tolerance).withinTolerance)
    assert.ok(said[0]! <= said[1]! && said[1]! <= said[2]!)
  }
  assert.match(WEIGHTS_VERSION, /^[0-9a-f]{12}$/)
  const prior = cohortPrior(['ets', 'theta'], 12, 100)!
  assert.ok(Math.abs(prior[0]! + prior[1]! - 1) < 1e-12)
  assert.equal(cohortPrior(['ets', 'unknown'], 12, 100), null)
})

test('what is looked at of the recent past has neither the level nor the size of a series', () => {
  const values = walk('recent', 60)
  const paths = [0, 1, -0.5].map((slope) => Float64Array.from({ length: 6 }, (_, h) => values[59]! + slope * (h + 1)))
  const looked = (level: number, size: number): number[] => {
    const there = (path: Float64Array): Float64Array => path.map((value) => level + size * value)
    const trials = [{ actual: there(values.slice(0, 4)), mean: there(values.slice(4, 8)), quantiles: null }]
    const known = { values: there(values), seasonLength: 4, trials } as unknown as Known
    const recent = recentInputs(known, paths.map(there), there(paths[0]!), size)
    return [...recent, ...calmInputs(known)].map((value) => Number(value.toFixed(9)))
  }
  assert.deepEqual(looked(5000, 64), looked(0, 1))
  assert.ok(looked(0, 1).every(Number.isFinite))
})

test('a move learned on other series takes the bands along, as far as the answer goes from the median', () => {
  const member = (level: number): Forecast => ({
    mean: Float64Array.of(level, level),
    spread: { kind: 'normal', sd: Float64Array.of(2, 3), response: Float64Array.of(1, 1) },
  })
  const members = [member(10), member(12), member(17)]
  const weights = Float64Array.of(0.2, 0.5, 0.3)
  const still = combined(members, { weights, fromMedian: 0.7, move: Float64Array.of(0, 0) })
  const moved = combined(members, { weights, fromMedian: 0.7, move: Float64Array.of(10, -20) })
  assert.ok(Math.abs(still.mean[0]! - (0.3 * 12 + 0.7 * (2 + 6 + 5.1))) < 1e-12)
  for (const probability of [0.025, 0.5, 0.9])
    for (const [h, by] of [7, -14].entries())
      assert.ok(
        Math.abs(quantileAt(moved, probability)[h]! - quantileAt(still, probability)[h]! - by) < 1e-9,
        `${probability} at ${h}`,
      )
})

const SERIES = 40

/** Shares of series of a kind: what was said of the total, and what came. */
function honesty(make: (seed: number) => Float64Array, horizon: number): { said: number; came: number } {
  let said = 0
  let came = 0
  for (let seed = 0; seed < SERIES; seed++) {
    const values = make(seed)
    const past = values.subarray(0, values.length - horizon)
    const series = { name: 's', values: past, seasonLength: 1, calendar: null }
    const { forecast, confidenceScore } = forecastSeries(
      series,
      optionsFor(series, { ...DEFAULT_CONFIG, effort: 'fast' }, horizon),
    )
    const total = (path: Float64Array): number => path.reduce((sum, value) => sum + value, 0)
    const actual = total(values.subarray(values.length - horizon))
    came += Number(Math.abs(total(forecast!.mean) - actual) <= 0.25 * Math.abs(actual)) / SERIES
    said += confidenceScore / SERIES
    assert.ok(confidenceScore > 0 && confidenceScore < 1, 'nothing is certain')
  }
  return { said, came }
}

test('confidence is honest on series of kinds it was not made for: said and came are near, or it is too modest', () => {
  const kinds: Record<string, (seed: number) => Float64Array> = {
    'noise that is small': (seed) => noise(`a${seed}`, 60, 100, 10),
    'noise that is large': (seed) => noise(`b${seed}`, 60, 10, 8).map(Math.abs),
    'a walk far from zero': (seed) => walk(`c${seed}`, 90).map((value) => value + 200),
    'a walk near zero': (seed) => walk(`d${seed}`, 90).map((value) => value + 8),
    'sporadic demand': (seed) =>
      simulate(`e${seed}`, 90, (_, random) => (random.uniform() < 0.2 ? Math.ceil(5 * random.uniform()) : 0)),
  }
  for (const [kind, make] of Object.entries(kinds)) {
    const { said, came } = honesty(make, 6)
    // two standard errors of 40 outcomes are up to .16; the model errs besides
    assert.ok(said - came < 0.25, `${kind}: ${said} said, ${came} came`)
    assert.ok(came - said < 0.35, `${kind}: ${said} said, ${came} came`)
  }
})
