import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countMissing, interpolate, observedRange } from '../../src/series/missing.ts'
import { chooseSeasonLength } from '../../src/series/season.ts'

/** Numbers for tests only (mulberry32), normal by the sum of twelve. */
function normals(seed: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return () => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += uniform()
    return sum
  }
}

test('neither trend nor walk nor noise is called seasonal', () => {
  const n = 144
  assert.equal(chooseSeasonLength(Float64Array.from({ length: n }, (_, i) => 3 * i)).seasonLength, 1)
  assert.equal(chooseSeasonLength(new Float64Array(n)).seasonLength, 1)
  assert.equal(chooseSeasonLength([1, 2, 3]).seasonLength, 1)
  const wrong = { walk: 0, noise: 0, trend: 0 }
  for (let seed = 1; seed <= 200; seed++) {
    const next = normals(seed)
    let at = 0
    const walk = Float64Array.from({ length: n }, () => (at += next()))
    if (chooseSeasonLength(walk).seasonLength > 1) wrong.walk++
    if (chooseSeasonLength(walk.map(() => next())).seasonLength > 1) wrong.noise++
    if (chooseSeasonLength(walk.map((_, i) => i + 5 * next())).seasonLength > 1) wrong.trend++
  }
  // 5 candidates at half a percent each, less what the further conditions refuse; 200 seeds
  for (const [kind, count] of Object.entries(wrong)) assert.ok(count <= 8, `${kind}: ${count} of 200`)
})

test('a season is found under trend and noise, the shortest of its multiples', () => {
  for (const m of [4, 7, 12, 24]) {
    let found = 0
    for (let seed = 1; seed <= 40; seed++) {
      const next = normals(seed)
      const figure = Float64Array.from({ length: m }, () => 3 * next())
      const values = Float64Array.from({ length: 12 * m }, (_, i) => 0.2 * i + figure[i % m] + next())
      if (chooseSeasonLength(values).seasonLength === m) found++
    }
    assert.ok(found >= 34, `${m}: ${found} of 40`)
  }
})

test('a million points are looked at quickly', () => {
  const from = performance.now()
  assert.equal(chooseSeasonLength(Float64Array.from({ length: 1_000_000 }, (_, i) => (i % 7) ** 2)).seasonLength, 7)
  assert.ok(performance.now() - from < 3000)
})

test('missing values: counted, ranged, filled', () => {
  const NA = Number.NaN
  assert.equal(countMissing([NA, 1, NA]), 2)
  assert.deepEqual(observedRange([NA, 1, NA, 2, NA]), { first: 1, last: 3 })
  assert.equal(observedRange([NA]), null)
  assert.equal(observedRange([]), null)
  assert.deepEqual([...interpolate([NA, 1, NA, 3, NA])], [1, 1, 2, 3, 3])
  assert.deepEqual([...interpolate([NA, NA], 2)], [NA, NA])
  assert.deepEqual([...interpolate([], 4)], [])
  const whole = Float64Array.from({ length: 48 }, (_, i) => 100 + 2 * i + (i % 12 === 11 ? 66 : -6))
  const holed = whole.map((v, i) => (i === 23 || i === 30 ? NA : v))
  const filled = interpolate(holed, 12)
  assert.ok(Math.abs(filled[23] - whole[23]) < 8, `${filled[23]} for ${whole[23]}`)
  assert.ok(Math.abs(filled[30] - whole[30]) < 8, `${filled[30]} for ${whole[30]}`)
  assert.equal(filled[22], whole[22])
})
