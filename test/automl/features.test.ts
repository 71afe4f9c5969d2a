import assert from 'node:assert/strict'
import { test } from 'node:test'
import { autocorrelations, partialAutocorrelations } from '../../src/automl/features/autocorrelation.ts'
import { traitsOf } from '../../src/automl/features/index.ts'
import { noise, simulate, walk } from './simulate.ts'

const wave = (n: number, period: number): Float64Array =>
  Float64Array.from({ length: n }, (_, t) => Math.sin((2 * Math.PI * t) / period))

test('what is known of simple series: a line, a wave, noise, a walk', () => {
  const line = traitsOf(
    Float64Array.from({ length: 60 }, (_, t) => 3 - 2 * t),
    1,
  )
  assert.ok(Math.abs(line.linearity + 1) < 1e-9 && Math.abs(line.curvature) < 1e-9 && line.trendStrength > 0.999)
  const season = traitsOf(wave(96, 12), 12)
  assert.ok(season.seasonalStrength > 0.99 && season.entropy < 0.5 && season.seasonAcf > 0.8)
  const white = traitsOf(noise('white', 400), 1)
  assert.ok(white.entropy > 0.95 && Math.abs(white.acf1) < 0.15 && white.stability < 0.3)
  const random = traitsOf(walk('walk', 400), 1)
  assert.ok(random.acf1 > 0.9 && Math.abs(random.diffAcf1) < 0.15)
})

test('a shift of the level is found where it is, and a change of noise is lumpy', () => {
  const shifted = traitsOf(
    simulate('shift', 80, (t, r) => (t < 50 ? 0 : 8) + r.normal()),
    1,
  )
  assert.ok(shifted.levelShift > 1.2)
  assert.ok(Math.abs(shifted.levelShiftAt * 80 - 50) <= 2, `${shifted.levelShiftAt * 80}`)
  const calm = traitsOf(noise('calm', 200), 1)
  const lumpy = traitsOf(
    simulate('lumpy', 200, (t, r) => (t < 100 ? 0.2 : 3) * r.normal()),
    1,
  )
  assert.ok(lumpy.lumpiness > 3 * calm.lumpiness)
})

test('no trait depends on level or size; all are finite on anything', () => {
  const values = simulate('equivariant', 72, (t, r) => 10 + t + 5 * Math.sin(t / 2) + r.normal())
  const scaled = traitsOf(
    values.map((value) => 1e6 * value + 1e7),
    12,
  )
  for (const [name, value] of Object.entries(traitsOf(values, 12)))
    assert.ok(Math.abs(value - scaled[name as keyof typeof scaled]) < 1e-6, name)
  for (const hostile of [[], [1], [1, 1, 1, 1], [0, 0, 0, 5], [1e150, -1e150, 1e150, 2, 3], new Array(50).fill(7)])
    assert.ok(Object.values(traitsOf(Float64Array.from(hostile), 12)).every(Number.isFinite), `${hostile}`)
})

test('partial autocorrelations of an autoregression end with its order', () => {
  const ar = simulate('ar1', 4000, (_, r, before) => 0.7 * before + r.normal())
  const partial = partialAutocorrelations(autocorrelations(ar, 5))
  assert.ok(Math.abs(partial[0]! - 0.7) < 0.05)
  assert.ok(partial.subarray(1).every((value) => Math.abs(value) < 0.06))
})
