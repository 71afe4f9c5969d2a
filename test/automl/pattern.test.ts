import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPattern } from '../../src/automl/pattern.ts'
import { noise, share, simulate, walk } from './simulate.ts'

const SEEDS = 300
const finds = (values: Float64Array, seasonLength: number, name: string): boolean => {
  const { pattern, flags } = findPattern(values, seasonLength)
  return pattern === name || flags.some((flag) => flag === name)
}

for (const [n, m] of [
  [60, 12],
  [120, 12],
  [40, 4],
] as const) {
  const make = {
    'a linear trend': (seed: number) => simulate(`line${seed}`, n, (t, random) => 100 + 2 * t + random.normal()),
    'a random walk': (seed: number) => walk(`walk${seed}`, n),
    'white noise': (seed: number) => noise(`noise${seed}`, n),
    'an autoregression': (seed: number) => simulate(`ar${seed}`, n, (_, random, y) => 0.7 * y + random.normal()),
  }
  for (const [name, values] of Object.entries(make))
    test(`${name} of ${n} values is not called seasonal (the original: 200 of 200 lines, 188 of 200 walks)`, () => {
      const wrong = share(SEEDS, (seed) => finds(values(seed), m, 'seasonal'))
      assert.ok(wrong <= 0.05, `${wrong}`)
    })
}

test('an exact line, rising or falling, is trending and not seasonal', () => {
  for (const slope of [1, -1]) {
    const found = findPattern(
      Float64Array.from({ length: 48 }, (_, t) => 100 + slope * t),
      12,
    )
    assert.equal(found.pattern, 'trending')
    assert.ok(!found.flags.includes('seasonal'))
    assert.ok(Math.abs(found.slope - slope) < 1e-9)
  }
})

test('a season whose amplitude is one standard deviation of the noise is found in five cycles', () => {
  const season = (t: number): number => Math.sin((2 * Math.PI * t) / 12)
  const flat = share(SEEDS, (seed) =>
    finds(
      simulate(`s${seed}`, 60, (t, random) => 10 + season(t) + random.normal()),
      12,
      'seasonal',
    ),
  )
  assert.ok(flat >= 0.95, `${flat}`)
  const rising = share(SEEDS, (seed) =>
    finds(
      simulate(`r${seed}`, 60, (t, random) => 10 + 0.2 * t + season(t) + random.normal()),
      12,
      'seasonal',
    ),
  )
  assert.ok(rising >= 0.95, `${rising}`)
})

test('a season alone, without noise, is seasonal', () => {
  const values = Float64Array.from({ length: 60 }, (_, t) => 10 + (t % 12 === 11 ? 5 : 0))
  assert.equal(findPattern(values, 12).pattern, 'seasonal')
})

test('a random walk is seldom called trending, a clear line always', () => {
  const wrong = share(SEEDS, (seed) => finds(walk(`t${seed}`, 120), 1, 'trending'))
  assert.ok(wrong <= 0.1, `${wrong}`)
  const stationary = share(SEEDS, (seed) => finds(noise(`n${seed}`, 120), 1, 'trending'))
  assert.ok(stationary <= 0.05, `${stationary}`)
  const right = share(SEEDS, (seed) =>
    finds(
      simulate(`l${seed}`, 60, (t, random) => 50 - 0.1 * t + random.normal()),
      1,
      'trending',
    ),
  )
  assert.ok(right >= 0.95, `${right}`)
})

test('one missing value changes nothing (the original: mean, trend and season were lost)', () => {
  const values = simulate('missing', 60, (t, random) => 10 + 3 * Math.sin((2 * Math.PI * t) / 12) + random.normal())
  const whole = findPattern(values, 12)
  values[17] = Number.NaN
  const holed = findPattern(values, 12)
  assert.equal(holed.pattern, 'seasonal')
  assert.equal(holed.pattern, whole.pattern)
  assert.equal(holed.features.missing, 1)
  assert.ok(Object.values(holed.evidence).every(Number.isFinite))
})

test('the first pattern that holds is named, the others are flags', () => {
  const named = (values: readonly number[], m = 1) => findPattern(Float64Array.from(values), m).pattern
  const repeat = (cycle: readonly number[], n: number) => Array.from({ length: n }, (_, i) => cycle[i % cycle.length]!)
  assert.equal(named([5, 5, 5]), 'constant')
  assert.equal(named([0, 0, 0, 0]), 'constant')
  assert.equal(named([5]), 'short')
  assert.equal(named([5, 6, 7]), 'short')
  assert.equal(named(repeat([0, 0, 4, 0, 5], 40)), 'intermittent')
  assert.equal(named(repeat([0, 0, 1, 0, 20], 40)), 'lumpy')
  assert.equal(named([...new Array(999).fill(0), 7]), 'intermittent')
  const volatile = simulate('volatile', 80, (_, random) => Math.exp(1.5 * random.normal()))
  assert.equal(findPattern(volatile, 1).pattern, 'volatile')
  assert.ok(findPattern(volatile, 1).flags.includes('erratic'))
  assert.equal(findPattern(noise('smooth', 80, 100, 5), 1).pattern, 'smooth')
})

test('intermittent and lumpy meet at the limits of Syntetos, Boylan and Croston', () => {
  // 25 of 33 periods with demand: an interval of exactly 1.32
  const at = Float64Array.from({ length: 33 }, (_, i) => (i % 4 === 3 ? 0 : 5))
  assert.equal(at.filter((value) => value > 0).length, 25)
  assert.equal(findPattern(at, 1).pattern, 'intermittent')
  const above = at.slice()
  above[3] = 5
  assert.notEqual(findPattern(above, 1).pattern, 'intermittent')
})
