import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalQuantile } from '../../src/math/distribution/normal.ts'
import { randomStream } from '../../src/math/random.ts'
import { band, correlation, quantileAt, quantileGrid, totalMoments, totalQuantile } from '../../src/models/bands.ts'
import type { Forecast } from '../../src/models/forecast.ts'
import { dependence, followed, responseTo } from '../../src/models/response.ts'

/** Closed forms: rounding only. */
const EXACT = 1e-12
/** 2,000 to 4,000 draws: a standard deviation is good to about 2 %, an extreme quantile's distance to 4 %. */
const SIMULATION = 0.06

const HORIZON = 12
const GRID = Float64Array.of(0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
const draw = randomStream('never asked')
const close = (actual: number, expected: number, share: number): void =>
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${actual} against ${expected}`)

/** Level moved by `alpha` times each error of size `sigma`, around 100. */
function smoothing(alpha: number, sigma = 3): Forecast {
  const response = new Float64Array(HORIZON).fill(alpha)
  response[0] = 1
  const sd = response.map((_, h) => sigma * Math.sqrt(1 + h * alpha * alpha))
  return { mean: new Float64Array(HORIZON).fill(100), spread: { kind: 'normal', sd, response } }
}

/** The same as simulated futures. */
function simulated(alpha: number, count: number, scale = 1, horizon = HORIZON, seed = 'futures'): Forecast {
  const random = randomStream(`${seed} ${alpha}`)
  const values = new Float64Array(count * horizon)
  for (let i = 0; i < count; i++) {
    let level = 100
    for (let h = 0; h < horizon; h++) {
      const error = 3 * random.normal()
      values[i * horizon + h] = (level + error) * scale
      level += alpha * error
    }
  }
  return { mean: new Float64Array(horizon).fill(100 * scale), spread: { kind: 'paths', count, values } }
}

const asGrid = (forecast: Forecast, probabilities = GRID): Forecast => ({
  mean: forecast.mean,
  spread: { kind: 'quantiles', probabilities, ...quantileGrid(forecast, probabilities) },
})

/** Brute force: the errors of steps 1 … h add up with their responses, seen from each error. */
function bruteSd(alpha: number, from: number, to: number): number {
  let variance = 0
  for (let k = 1; k <= to; k++) {
    let effect = 0
    for (let h = Math.max(k, from); h <= to; h++) effect += h === k ? 1 : alpha
    variance += (3 * effect) ** 2
  }
  return Math.sqrt(variance)
}

test('quantiles and bands of a normal spread are those of the normal distribution', () => {
  const forecast = smoothing(0.4)
  const { lower, upper } = band(forecast, 0.8)
  for (let h = 0; h < HORIZON; h++) {
    const half = normalQuantile(0.9) * 3 * Math.sqrt(1 + 0.16 * h)
    close(upper[h]!, 100 + half, EXACT)
    close(lower[h]!, 100 - half, EXACT)
    close(quantileAt(asGrid(forecast), 0.9)[h]!, upper[h]!, EXACT)
  }
})

test('steps of a random walk correlate as the roots of their times', () => {
  const walk = new Float64Array(HORIZON).fill(1)
  for (const [a, b] of [
    [0, 3],
    [2, 2],
    [7, 4],
  ] as const)
    close(correlation(walk, a, b), Math.sqrt((Math.min(a, b) + 1) / (Math.max(a, b) + 1)), EXACT)
})

test('a total of a normal spread has the variance that its errors add up to', () => {
  for (const alpha of [0, 0.3, 1])
    for (const [from, to] of [
      [1, 1],
      [1, 12],
      [4, 9],
    ] as const) {
      const { mean, sd } = totalMoments(smoothing(alpha), from, to)
      close(mean, 100 * (to - from + 1), EXACT)
      close(sd, bruteSd(alpha, from, to), 1e-9)
      close(totalQuantile(smoothing(alpha), from, to, 0.95, draw), mean + normalQuantile(0.95) * sd, EXACT)
    }
})

test('a grid of a normal spread gives its totals back, tails included', () => {
  for (const alpha of [0, 0.3, 1]) {
    const grid = asGrid(smoothing(alpha))
    const { mean, sd } = totalMoments(smoothing(alpha), 1, 12)
    close(totalMoments(grid, 1, 12).sd, sd, 1e-9)
    const distance = totalQuantile(grid, 1, 12, 0.99, randomStream('copula')) - mean
    close(distance, normalQuantile(0.99) * sd, SIMULATION)
  }
})

test('simulated futures keep their dependence when they are reduced to a grid', () => {
  for (const alpha of [0, 0.3, 1]) {
    const paths = simulated(alpha, 4000)
    for (const [from, to] of [
      [1, 3],
      [1, 12],
      [7, 12],
    ] as const) {
      const expected = bruteSd(alpha, from, to)
      close(totalMoments(paths, from, to).sd, expected, SIMULATION)
      close(totalMoments(asGrid(paths), from, to).sd, expected, SIMULATION)
    }
  }
})

test('a few hundred futures are enough for the dependence of four years', () => {
  const steps = 48
  for (const alpha of [0, 0.2]) {
    let squares = 0
    const repeats = 8
    for (let repeat = 0; repeat < repeats; repeat++) {
      const paths = simulated(alpha, 500, 1, steps, `repeat ${repeat}`)
      const ratio = totalMoments(asGrid(paths), 1, steps).sd / bruteSd(alpha, 1, steps)
      squares += (ratio - 1) ** 2 / repeats
    }
    // The total of 500 futures itself is good to 3 %; following the first surprise only, this was 10 % to 34 %.
    assert.ok(Math.sqrt(squares) < 0.08, `${alpha}: ${Math.sqrt(squares)}`)
  }
})

test('sparse demand, mostly zero, has a total above its mean', () => {
  const values = new Float64Array(HORIZON * GRID.length)
  for (let h = 0; h < HORIZON; h++) values[h * GRID.length + GRID.length - 1] = 8
  const response = new Float64Array(HORIZON)
  response[0] = 1
  const sparse: Forecast = {
    mean: new Float64Array(HORIZON).fill(0.6),
    spread: { kind: 'quantiles', probabilities: GRID, values, response },
  }
  assert.ok(totalMoments(sparse, 1, 12).sd > 1)
  const high = totalQuantile(sparse, 1, 12, 0.95, randomStream('sparse'))
  assert.ok(high > 8, `${high}`)
  assert.equal(totalQuantile(sparse, 1, 12, 0.95, randomStream('sparse')), high)
})

test('no size of the unit overflows, and constants have no spread', () => {
  for (const scale of [1e290, 1e-290]) {
    const paths = simulated(0.3, 500, scale)
    const plain = totalMoments(simulated(0.3, 500), 1, 12).sd
    close(totalMoments(paths, 1, 12).sd / scale, plain, 1e-9)
    close(totalMoments(asGrid(paths), 1, 12).sd / scale, totalMoments(asGrid(simulated(0.3, 500)), 1, 12).sd, 1e-9)
  }
  const flat: Forecast = {
    mean: new Float64Array(HORIZON).fill(5),
    spread: { kind: 'paths', count: 10, values: new Float64Array(10 * HORIZON).fill(5) },
  }
  for (const forecast of [flat, asGrid(flat)]) {
    assert.deepEqual(totalMoments(forecast, 1, 4), { mean: 20, sd: 0 })
    assert.equal(totalQuantile(forecast, 1, 4, 0.99, draw), 20)
  }
})

test('where nothing is known of the spread, nothing is said', () => {
  const forecast: Forecast = { mean: Float64Array.of(1, 2), spread: { kind: 'none' } }
  assert.ok(quantileAt(forecast, 0.9).every(Number.isNaN))
  const { mean, sd } = totalMoments(forecast, 1, 2)
  assert.equal(mean, 3)
  assert.ok(Number.isNaN(sd) && Number.isNaN(totalQuantile(forecast, 1, 2, 0.9, draw)))
})

test('the dependence of simulated futures is that of their covariances, whatever the number of steps', () => {
  const count = 40
  // beyond the steps that are followed, in numbers that do and do not fill the blocks of four
  for (const horizon of [1, 2, 3, 5, 8, 23, 24, 27, 41]) {
    const { spread } = simulated(0.4, count, 1, horizon)
    assert.ok(spread.kind === 'paths')
    const columns = followed(horizon)
    const centre = (h: number): number => {
      let sum = 0
      for (let i = 0; i < count; i++) sum += spread.values[i * horizon + h]! / count
      return sum
    }
    const covariance = new Float64Array(horizon * columns)
    for (let h = 0; h < horizon; h++)
      for (let k = 0; k <= Math.min(h, columns - 1); k++)
        for (let i = 0; i < count; i++)
          covariance[h * columns + k]! +=
            ((spread.values[i * horizon + h]! - centre(h)) * (spread.values[i * horizon + k]! - centre(k))) / count
    const expected = responseTo(covariance, horizon)
    const found = dependence(spread.values, count, horizon)
    // rounding, which the recursion of the factor multiplies
    for (let h = 0; h < horizon; h++) assert.ok(Math.abs(found[h]! - expected[h]!) < 1e-9, `${horizon}: ${h}`)
  }
})

test('a grid asked at other probabilities is linear between its own, and its ends beyond', () => {
  const forecast = asGrid(smoothing(0.4))
  const asked = Float64Array.of(0.01, 0.05, 0.15, 0.5, 0.97)
  const { values } = quantileGrid(forecast, asked)
  const at = (p: number): Float64Array => quantileAt(forecast, p)
  const found = (h: number, k: number): number => values[h * asked.length + k]!
  for (let h = 0; h < HORIZON; h++) {
    close(found(h, 0), at(0.05)[h]!, EXACT)
    close(found(h, 1), at(0.05)[h]!, EXACT)
    close(found(h, 2), at(0.1)[h]! + ((at(0.25)[h]! - at(0.1)[h]!) * 0.05) / 0.15, EXACT)
    close(found(h, 3), 100, EXACT)
    close(found(h, 4), at(0.95)[h]!, EXACT)
  }
})
