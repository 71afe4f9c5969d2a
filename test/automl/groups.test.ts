import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findLeaders, withColumns } from '../../src/automl/groups/index.ts'
import { randomStream } from '../../src/math/random.ts'
import type { Series } from '../../src/series/series.ts'
import { simulate, walk } from './simulate.ts'

const findGroups = (series: readonly Series[]) => withColumns(series, findLeaders(series))

const series = (name: string, values: ArrayLike<number>, seasonLength = 12): Series => ({
  ...{ name, values: Float64Array.from(values), seasonLength, calendar: null },
})

/** A leader whose news show in `follower` two and in `later` three periods on, with a season and a trend of their own. */
function led(seed: string, n = 96): Series[] {
  const random = randomStream(seed)
  const news = Array.from({ length: n }, () => random.normal())
  let level = 0
  const leader = news.map((one) => {
    level += one
    return level
  })
  const at = (t: number): number => leader[Math.max(0, t)]!
  return [
    series(`${seed} leader`, leader),
    series(
      `${seed} follower`,
      leader.map((_, t) => 50 + 2 * at(t - 2) + 9 * Math.sin((2 * Math.PI * t) / 12) + random.normal()),
    ),
    series(
      `${seed} later`,
      leader.map((_, t) => 300 + 4 * t - 3 * at(t - 3) + random.normal()),
    ),
  ]
}

const alone = (seed: string): Series[] =>
  Array.from({ length: 12 }, (_, i) =>
    i % 2 === 0
      ? series(`walk ${i}`, walk(`${seed}${i}`, 80))
      : series(
          `ar ${i}`,
          simulate(`${seed}${i}`, 80, (t, random, y) => 0.7 * y + 0.05 * t + random.normal()),
        ),
  )

test('a follower is found with its lag, whatever the season, the trend or the sign', () => {
  const found = findGroups([...led('x'), ...alone('y')])
  const follower = found.get('x follower')!
  assert.deepEqual(
    follower.links!.map(({ leader, lag }) => [leader, lag]),
    [['x leader', 2]],
  )
  assert.ok(follower.links![0]!.correlation > 0.6 && follower.links![0]!.p < 1e-6)
  const first = found.get('x later')!.links!.find(({ leader }) => leader === 'x leader')!
  assert.ok(first.lag === 3 && first.correlation < -0.6)
  assert.ok(!found.has('x leader'), 'nothing leads the leader')
})

test('series that know nothing of each other are seldom bound together', () => {
  let bound = 0
  for (let seed = 0; seed < 60; seed++) if (findGroups(alone(`alone${seed}`)).size > 0) bound++
  // designed at 1 %: 3 of 60 has a probability of 0.3 %
  assert.ok(bound <= 3, `${bound} of 60 portfolios`)
})

test('one shock that all feel, some a little later, is no law', () => {
  const shocked = alone('shock').map((each, i) => series(each.name, each.values.with(40 + (i % 3), 500)))
  assert.equal(findGroups(shocked).size, 0)
})

test('groups do not depend on the order of the portfolio and hold five at most', () => {
  const chain = [...led('a'), ...led('b'), ...led('c')]
  const found = findGroups(chain)
  assert.ok(found.size >= 5)
  assert.deepEqual(
    [...findGroups(chain.toReversed())].sort(([a], [b]) => (a < b ? -1 : 1)),
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  const random = randomStream('many')
  const leader = Array.from({ length: 90 }, () => random.normal())
  const many = Array.from({ length: 9 }, (_, i) =>
    series(
      `f${i}`,
      leader.map((_, t) => leader[Math.max(0, t - 1)]! + 0.2 * random.normal()),
      1,
    ),
  )
  const groups = findGroups([series('leader', leader, 1), ...many])
  assert.ok(groups.size > 0)
  for (const { names, columns } of groups.values()) {
    assert.ok(names.length <= 4)
    assert.ok(columns.every((column) => column.length === 90))
  }
})

test('a shorter companion is aligned at the end; what is too short, sparse or full of gaps is left out', () => {
  const [leader, follower, later] = led('short') as [Series, Series, Series]
  const cut = series('short leader', leader.values.subarray(30))
  const companions = findGroups([cut, follower, later]).get('short follower')!
  const column = companions.columns[companions.names.indexOf('short leader')]!
  assert.ok(Number.isNaN(column[29]) && column[30] === leader.values[30])
  for (const bad of [
    leader.values.subarray(70),
    leader.values.map((value, t) => (t % 3 === 0 ? 0 : value)),
    leader.values.map((value, t) => (t % 5 === 0 ? Number.NaN : value)),
    new Float64Array(96).fill(7),
    new Float64Array(96).fill(Number.NaN),
  ])
    assert.ok(!findGroups([series('short leader', bad), follower]).has('short follower'))
})
