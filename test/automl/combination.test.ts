import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hedge } from '../../src/automl/combination/dynamic.ts'
import { COMBINATIONS, weightsByTrials } from '../../src/automl/combination/index.ts'
import { stackedWeights } from '../../src/automl/combination/stacked.ts'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import type { Trial } from '../../src/evaluate/rolling-origin.ts'
import { randomStream } from '../../src/math/random.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import { simulate } from './simulate.ts'

const trial = (actual: readonly number[], mean: readonly number[]): Trial => {
  const path = Float64Array.from(mean)
  const forecast = { mean: path, spread: { kind: 'none' as const } }
  return {
    origin: { at: 0, steps: mean.length },
    actual: Float64Array.from(actual),
    mean: path,
    forecast,
    quantiles: null,
  }
}

/** Members that are wrong by noise of these sizes, over some origins. */
function records(sizes: readonly number[], origins = 6, seed = 'records'): Trial[][] {
  const random = randomStream(seed)
  const actual = Array.from({ length: origins }, () => Array.from({ length: 4 }, () => 100 + 10 * random.normal()))
  return sizes.map((size) =>
    actual.map((path) =>
      trial(
        path,
        path.map((value) => value + size * random.normal()),
      ),
    ),
  )
}

test('every way gives weights of sum 1, none below 0, equal before anything is known, and the better member more', () => {
  for (const kind of COMBINATIONS) {
    const found = weightsByTrials(kind, records([1, 6, 6]), null)
    const before = weightsByTrials(kind, [[], [], []], null)
    if (found === null) {
      assert.ok(['auto', 'learned', 'median'].includes(kind) && before === null)
      continue
    }
    for (const { weights } of [found, before!]) {
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12, kind)
      assert.ok(
        weights.every((weight) => weight >= 0),
        kind,
      )
    }
    assert.ok(
      before!.weights.every((weight) => Math.abs(weight - 1 / 3) < 1e-12),
      kind,
    )
    if (kind !== 'equal')
      assert.ok(found.weights[0]! > found.weights[1]! && found.weights[0]! > found.weights[2]!, kind)
  }
})

test('the online average loses no more than its bound to the best member, whatever comes', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = randomStream(`regret ${seed}`)
    const k = 2 + (seed % 6)
    const steps = 1 + (seed % 90)
    // some sequences are made against it: whoever leads is hit
    const losses = Array.from({ length: k }, () => new Float64Array(steps))
    const sums = new Float64Array(k)
    for (let t = 0; t < steps; t++)
      for (let i = 0; i < k; i++) {
        const leads = sums[i] === Math.min(...sums)
        losses[i]![t] = seed % 2 === 0 ? random.uniform() : leads ? 1 : random.uniform() * 0.3
        sums[i]! += losses[i]![t]!
      }
    const { regret, bound } = hedge(losses)
    assert.ok(regret <= bound + 1e-9, `${regret} above ${bound}`)
  }
})

test('stacking finds the least squares on the simplex; with little to go by it stays near its cohort', () => {
  const two = records([2, 3], 200)
  const squares = (share: number): number =>
    two[0]!.reduce((sum, { actual, mean }, i) => {
      const other = two[1]![i]!.mean
      return sum + actual.reduce((s, y, h) => s + (share * mean[h]! + (1 - share) * other[h]! - y) ** 2, 0)
    }, 0)
  let best = 0
  for (let share = 0; share <= 1; share += 0.001) if (squares(share) < squares(best)) best = share
  const [found] = stackedWeights(two, Float64Array.of(0.5, 0.5))
  assert.ok(Math.abs(found! - best) < 0.02, `${found}, by brute force ${best}`)
  const few = stackedWeights(records([1, 8], 1), Float64Array.of(0.2, 0.8))
  assert.ok(few[0]! > 0.2 && few[0]! < 0.95)
  assert.deepEqual([...stackedWeights([[], []], Float64Array.of(0.3, 0.7))], [0.3, 0.7])
})

test('each way answers a series, and most of them differently', () => {
  const values = simulate('ways', 72, (t, random) => 50 + t + 10 * Math.sin((t * Math.PI) / 6) + 4 * random.normal())
  const series = { name: 'ways', values, seasonLength: 12, calendar: null }
  const means = COMBINATIONS.map((combination) => {
    const { forecast, members } = forecastSeries(series, optionsFor(series, { ...DEFAULT_CONFIG, combination }, 6))
    assert.ok(Math.abs(members.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9, combination)
    return forecast!.mean.join()
  })
  assert.equal(means[0], means[1], 'auto is learned here')
  assert.equal(new Set(means).size, COMBINATIONS.length - 1)
})
