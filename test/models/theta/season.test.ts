import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { type ThetaFit, type ThetaSpec, theta } from '../../../src/models/theta/index.ts'

const random = randomStream('theta seasons')
const wave = (t: number): number => Math.sin((t * Math.PI) / 6)
const additive = Array.from({ length: 96 }, (_, t) => 100 + 3 * t + 30 * wave(t) + random.normal())
const multiplicative = Array.from(
  { length: 96 },
  (_, t) => (100 + 3 * t) * (1 + 0.3 * wave(t) + 0.01 * random.normal()),
)
const noise = Array.from({ length: 96 }, () => 100 + random.normal())
const fitOf = (values: readonly number[], options: Partial<ThetaSpec> = {}): ThetaFit =>
  theta.fit(
    { name: '', values: Float64Array.from(values), seasonLength: 12, calendar: null },
    theta.check(options),
    unlimited,
  )
const meanOf = (fit: ThetaFit, horizon: number): Float64Array =>
  theta.forecast(fit, horizon, randomStream('unused')).mean

test('the kind of season is decided by likelihood', () => {
  assert.equal(fitOf(additive).season?.kind, 'additive')
  assert.equal(fitOf(multiplicative).season?.kind, 'multiplicative')
  // the autocorrelation that `ml` tests does not see a season on so steep a line
  assert.equal(fitOf(additive, { estimation: 'ml' }).season, null)
  const flat = additive.map((value, t) => value - 2.5 * t)
  assert.equal(fitOf(flat, { estimation: 'ml' }).season?.kind, 'additive')
  const ahead = meanOf(fitOf(multiplicative), 24)
  for (let h = 0; h < 24; h++) {
    const truth = (100 + 3 * (96 + h)) * (1 + 0.3 * wave(96 + h))
    assert.ok(Math.abs(ahead[h]! / truth - 1) < 0.05, `step ${h + 1}: ${ahead[h]} for ${truth}`)
  }
})

test('a season that is noise is shrunk away, or fails the test', () => {
  let size = 0
  const runs = 40
  for (let run = 0; run < runs; run++) {
    const { season } = fitOf(Array.from({ length: 96 }, () => 100 + random.normal()))
    const neutral = season?.kind === 'additive' ? 0 : 1
    size += Math.hypot(...(season?.figure ?? []).map((index) => index - neutral)) / runs
  }
  // twelve means of seven values with a noise of 1 % of their mean have a size of √12 · 0.01 / √7
  assert.ok(size < (0.5 * Math.sqrt(12) * 0.01) / Math.sqrt(7), `${size}`)
  assert.equal(fitOf(noise, { estimation: 'ml' }).season, null)
  assert.equal(fitOf(noise.slice(0, 30)).season, null)
})

test('options restrict the season, and values that are not positive its kind', () => {
  assert.equal(fitOf(multiplicative, { season: 'none' }).season, null)
  assert.equal(fitOf(multiplicative, { season: 'additive' }).season?.kind, 'additive')
  assert.equal(fitOf(additive, { season: 'multiplicative' }).label, 'DOTM(M)[12]')
  assert.equal(fitOf(multiplicative.map((value) => value - 300)).season?.kind, 'additive')
})

test('missing values are skipped: the line through them stays, the season keeps its place', () => {
  const holes = additive.map((value, t) => (t % 9 === 4 ? Number.NaN : value))
  const whole = meanOf(fitOf(additive), 12)
  const ahead = meanOf(fitOf(holes), 12)
  for (let h = 0; h < 12; h++) assert.ok(Math.abs(ahead[h]! / whole[h]! - 1) < 0.02, `step ${h + 1}`)
  // nothing is observed before the series begins: the phase moves with it
  const later = meanOf(fitOf([Number.NaN, Number.NaN, Number.NaN, ...additive]), 12)
  for (let h = 0; h < 12; h++) assert.ok(Math.abs(later[h]! / whole[h]! - 1) < 1e-12)
  // the last three periods missing: steps 1 to 9 are steps 4 to 12 of the series without them
  const cut = additive.slice(0, 93)
  const beyond = meanOf(fitOf(cut), 12)
  const ended = meanOf(fitOf([...cut, Number.NaN, Number.NaN, Number.NaN]), 9)
  for (let h = 0; h < 9; h++) assert.ok(Math.abs(ended[h]! / beyond[h + 3]! - 1) < 0.02, `step ${h + 1}`)
})

test('a constant goes on, a line goes on', () => {
  for (const variant of ['standard', 'optimised', 'dynamic', 'dynamic_optimised'] as const)
    for (const value of meanOf(fitOf(new Array(30).fill(7), { variant }), 20))
      assert.ok(Math.abs(value - 7) < 1e-9, `${variant}: ${value}`)
  const line = meanOf(
    fitOf(
      Array.from({ length: 40 }, (_, t) => 50 + 2 * t),
      { season: 'none' },
    ),
    10,
  )
  for (let h = 0; h < 10; h++) assert.ok(Math.abs(line[h]! - (130 + 2 * h)) < 0.5, `${line[h]}`)
})
