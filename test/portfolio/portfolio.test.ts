import assert from 'node:assert/strict'
import { test } from 'node:test'
import { code, problem } from '../../src/messages.ts'
import { byAnalogy } from '../../src/portfolio/analogy.ts'
import { classified } from '../../src/portfolio/classify.ts'
import { ended } from '../../src/portfolio/end-of-life.ts'
import { basisOf, earlierOf, exceptionsOf, worstOfEach } from '../../src/portfolio/exceptions.ts'
import { groupingOf } from '../../src/portfolio/grouping.ts'
import { joinPredecessors } from '../../src/portfolio/predecessors.ts'
import { supplied } from '../../src/portfolio/supplied.ts'
import { forecastOf, member, monthly, season } from './members.ts'

/** A forecast that goes on with the season of `season`. */
const goesOn = (level: number) => {
  const { mean, bands } = forecastOf(level, level / 10, 6)
  const ahead = mean.map((_, h) => level * (1 + 0.5 * Math.sin((2 * Math.PI * h) / 12)))
  const values = bands.values.map((value, k) => value + ahead[Math.floor(k / 7)]! - level)
  return { outcome: { forecast: { mean: ahead, bands: { ...bands, values } } } }
}

test('a new item follows the course of items like it, from its own level, under its own label and in wide bands', () => {
  const old = [30, 60, 100, 200].map((level, i) =>
    member(`old ${i}`, season(level), { group: { family: 'shoes' } }, goesOn(level)),
  )
  // October to December of a year whose average is 50
  const fresh = member('new', season(50, 3), { group: { family: 'shoes' } })
  const [found] = byAnalogy([fresh, ...old])
  const { outcome, portfolio } = found!
  assert.deepEqual([outcome?.used, outcome?.label, outcome?.status], ['analogy', 'Analogy of 4', 'success'])
  assert.deepEqual([...portfolio!.likeItems].sort(), ['old 0', 'old 1', 'old 2', 'old 3'])
  for (const [h, mean] of outcome!.forecast!.mean.entries()) {
    const expected = 50 * (1 + 0.5 * Math.sin((2 * Math.PI * h) / 12))
    assert.ok(Math.abs(mean / expected - 1) < 1e-9, `${h}: ${mean} ${expected}`)
  }
  const width = (forecast: typeof outcome): number => {
    const { values } = forecast!.forecast!.bands!
    return (values[5]! - values[1]!) / forecast!.forecast!.mean[0]!
  }
  assert.ok(width(outcome) > 1.5 * width(old[0]!.result.outcome), 'what three months tell of a level is little')
  assert.deepEqual(
    outcome?.whyChosen.map(({ code }) => code),
    ['by_analogy'],
  )
  assert.ok(outcome?.risk.some(({ code }) => code === 'risk_by_analogy'))
  assert.equal(outcome?.inventory?.demandDistribution, 'gamma')
})

test('without three items like it, with nothing sold yet, or with history enough, an item stays as it is', () => {
  const old = [30, 60, 100].map((level, i) => member(`old ${i}`, season(level), {}, goesOn(level)))
  const fresh = member('new', season(50, 3))
  const nothing = member('nothing', [0, 0, 0])
  const kept = byAnalogy([fresh, nothing, old[0]!, old[1]!])
  assert.equal(kept[0], fresh.result)
  const all = byAnalogy([fresh, nothing, ...old])
  assert.notEqual(all[0], fresh.result)
  assert.deepEqual(
    all.slice(1),
    [nothing, ...old].map(({ result }) => result),
  )
})

test('of many, those of the same columns and size are asked first', () => {
  const shoes = [20, 30, 50].map((level, i) =>
    member(`shoe ${i}`, season(level), { group: { family: 'shoes' } }, goesOn(level)),
  )
  const hats = Array.from({ length: 9 }, (_, i) =>
    member(`hat ${i}`, season(30), { group: { family: 'hats' } }, goesOn(30)),
  )
  const fresh = member('new', season(30, 4), { group: { family: 'shoes' } })
  const [found] = byAnalogy([fresh, ...hats, ...shoes])
  assert.deepEqual(found!.portfolio!.likeItems.slice(0, 3), ['shoe 1', 'shoe 0', 'shoe 2'])
})

test('nothing is forecast after the end of life, and stock follows', () => {
  const before = member('ends', season(50), { endOfLife: '2024-02-15' })
  const { outcome } = ended(before)
  assert.deepEqual(
    Array.from(outcome!.forecast!.mean, (value) => value > 0),
    [true, true, false, false, false, false],
  )
  assert.ok(outcome!.forecast!.bands!.values.subarray(14).every((value) => value === 0))
  assert.ok(
    outcome!.whyChosen.some(({ code, params }) => code === 'end_of_life_planned' && params.date === '2024-02-15'),
  )
  const now = ended({ ...before, endOfLife: '2024-01-01' }).outcome!.inventory!
  // a lead time of two months, of which one is left
  assert.ok(Math.abs(now.reorderPoint / before.result.outcome!.inventory!.reorderPoint - 0.5) < 0.01)
  assert.equal(ended({ ...before, endOfLife: '2030-01-01' }), before.result)
})

test('a predecessor’s history stands in front: through chains, without overlap, with the gap missing', () => {
  const at = (start: string) => ({ ...monthly, start })
  const series = [
    { name: 'a', values: Float64Array.of(1, 2, 3, 4), calendar: at('2022-01-01') },
    { name: 'b', values: Float64Array.of(30, 40), calendar: at('2022-03-01'), predecessor: 'a' },
    { name: 'c', values: Float64Array.of(500), calendar: at('2022-06-01'), predecessor: 'b' },
    { name: 'x', values: Float64Array.of(1), calendar: null, predecessor: 'y' },
    { name: 'y', values: Float64Array.of(2), calendar: null, predecessor: 'x' },
    { name: 'lost', values: Float64Array.of(2), calendar: null, predecessor: 'nobody' },
    { name: 'plain', values: Float64Array.of(7, 8), calendar: null, predecessor: undefined },
    { name: 'next', values: Float64Array.of(9), calendar: null, predecessor: 'plain' },
    {
      name: 'daily',
      values: Float64Array.of(9),
      calendar: { ...at('2022-04-01'), frequency: { unit: 'day', step: 1 } as const },
      predecessor: 'a',
    },
  ]
  const joined = joinPredecessors(series)
  const values = (i: number): number[] => [...joined[i]!.values]
  assert.deepEqual(values(0), [1, 2, 3, 4])
  assert.deepEqual(values(1), [1, 2, 30, 40])
  assert.deepEqual([joined[1]!.from, joined[1]!.calendar?.start], [{ name: 'a', periods: 2 }, '2022-01-01'])
  assert.deepEqual(values(2), [1, 2, 30, 40, Number.NaN, 500])
  assert.deepEqual(values(7), [7, 8, 9])
  assert.deepEqual(
    [3, 4, 5, 8].map((i) => [values(i).length, joined[i]!.problem?.params.cause]),
    [
      [1, 'circle'],
      [1, 'circle'],
      [1, 'unknown'],
      [1, 'frequency'],
    ],
  )
})

test('classes: by money where all have a price, by pieces else; a season that is foreseen is X', () => {
  const priced = [1000, 100, 10].map((unitPrice, i) => member(`p${i}`, season(50), { supply: { unitPrice } }))
  const { results, basis } = classified(priced)
  assert.equal(basis, 'value')
  assert.deepEqual(
    results.map(({ portfolio }) => portfolio!.abc),
    ['A', 'B', 'C'],
  )
  assert.ok(Math.abs(results[0]!.portfolio!.value! - 300_000) < 1e-6)
  const pieces = classified([...priced, member('bare', season(5000))])
  assert.equal(pieces.basis, 'quantity')
  assert.deepEqual(
    pieces.results.map(({ portfolio }) => portfolio!.abc),
    ['C', 'C', 'C', 'A'],
  )
})

test('an order brings the stock back to the reorder point, in whole boxes; an item that is replaced is not ordered', () => {
  const supply = { stockOnHand: 60, onOrder: 40, minimumOrder: 100, orderMultiple: 24 }
  const given = member('a', season(50), { supply })
  const found = supplied(given).portfolio!.supply!
  // reorder point 260: 160 are missing, seven boxes
  assert.equal(found.orderProposal, 168)
  assert.deepEqual(Array.from(found.projectedStock.subarray(0, 3), Math.round), [10, -40, 118])
  assert.ok(Math.abs(found.coverPeriods! - 1.2) < 1e-9)
  assert.equal(found.stockOutRisk, 1)
  assert.equal(supplied({ ...given, successor: 'b' }).portfolio!.supply!.orderProposal, 0)
  assert.equal(supplied(member('b', season(50))).portfolio, undefined)
})

test('exceptions come worst first, then by what is at stake, and an earlier run is held against what came and what is said now', () => {
  const metrics = {
    mase: 1,
    rmsse: 1,
    smape: 10,
    coverage80: 0.8,
    coverage95: 0.95,
    skill: 0.2,
    bias: 0.3,
    trackingSignal: 6,
    oneSided: true,
  }
  const supply = { unitPrice: 10 }
  const biased = member('biased', season(50), { supply }, { outcome: { metrics, beatsNaive: 0.4 } })
  // worse in the trials, which is less than what is known of such series; two sides at three trials
  const noisy = { ...metrics, skill: -0.2, oneSided: false }
  const chance = member('chance', season(50), { supply }, { outcome: { metrics: noisy, beatsNaive: 0.7 } })
  const repeating = member('repeating', season(50), { supply }, { outcome: { used: 'naive', beatsNaive: 0.3 } })
  const short = member('short', season(50), { supply: { unitCost: 1, stockOnHand: 20 } })
  const stocked = { ...short, result: supplied(short) }
  const moved = member('moved', season(50), { supply: { unitPrice: 2 } })
  const earlier = new Map([
    [
      'moved',
      {
        dates: ['2023-12-01', '2024-01-01', '2024-02-01'],
        ...{ mean: [100, 20, 20], lower: [90, 10, 10], upper: [110, 30, 30], level: 95 },
      },
    ],
  ])
  const found = exceptionsOf([biased, stocked, moved, chance, repeating], earlier)
  assert.deepEqual(
    found.map(({ series, kind, severity }) => [series, kind, severity]),
    [
      ['short', 'stock_out', 'bad'],
      ['biased', 'bias', 'attention'],
      ['biased', 'worse_than_naive', 'attention'],
      ['moved', 'outside_band', 'attention'],
      ['moved', 'changed', 'info'],
    ],
  )
  assert.ok(found.every(({ value }) => value !== null))
  const [bias] = found.filter(({ kind }) => kind === 'bias')
  assert.ok(Math.abs(bias!.value! - 0.3 * sum(Array.from(biased.result.outcome!.forecast!.mean)) * 10) < 1e-9)
  const changed = found.find(({ because }) => because.code === 'exception_changed')!
  assert.deepEqual([changed.because.params.direction, Math.round(changed.quantity)], ['up', 60])
  assert.deepEqual(found.find(({ because }) => because.code === 'exception_outside_band')!.because.params, {
    ...{ count: 1, of: 1, level: 95 },
  })
  assert.deepEqual(earlierOf(moved.result)!.dates, moved.result.dates)
})

test('what has no forecast, a stand-in, low confidence, a large change or an outlier is an exception too', () => {
  const outlier = problem('outlier_set_aside', { value: 900, period: '2023-05-01', typical: 50 })
  const lost = member('lost', season(50), {}, { status: 'failed', outcome: null })
  const stopped = member('stopped', season(10), {}, { status: 'cancelled', outcome: null })
  const because = code('series_too_short', { observations: 3, needed: 24 })
  const plain = member('stand-in', season(50), {}, { status: 'fallback', outcome: { because } })
  const unsure = member(
    'unsure',
    season(50),
    {},
    {
      outcome: { confidenceGrade: 'low', confidenceScore: 0.3, risk: [code('risk_wide_bands', { percent: 90 })] },
    },
  )
  const grown = member(
    'grown',
    Array.from({ length: 24 }, (_, t) => (t < 18 ? 10 : 40)),
  )
  const strange = member('strange', season(50), {}, { problems: [outlier] })
  const found = exceptionsOf([strange, grown, unsure, plain, stopped, lost])
  assert.deepEqual(
    found.map(({ series, kind, position }) => [series, kind, position]),
    [
      ['lost', 'failed', 5],
      ['stopped', 'cancelled', 4],
      ['unsure', 'low_confidence', 2],
      ['stand-in', 'fallback', 3],
      ['strange', 'outlier', 0],
      ['grown', 'large_change', 1],
    ],
  )
  const [failed, , low, fallback, set] = found
  assert.equal(failed!.because.code, 'exception_failed')
  assert.ok(Math.abs(failed!.quantity - sum(season(50).slice(-6))) < 1e-9, 'what was sold over as many periods')
  assert.deepEqual([low!.because.code, fallback!.because], ['risk_wide_bands', because])
  assert.ok(low!.quantity > 0 && low!.quantity === fallback!.quantity, 'half the 80 % band of the total')
  assert.deepEqual([set!.quantity, set!.because.params, set!.value], [850, outlier.params, null])
  assert.equal(basisOf(found), 'quantity')
  assert.deepEqual(
    worstOfEach([...found, { ...low!, kind: 'outlier', severity: 'info' }]).map(({ series }) => series),
    found.map(({ series }) => series),
  )
})

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

test('totals begin with the longest part, a part that ends early is left out, gaps are filled for the sum alone', () => {
  const part = (name: string, values: number[], start: string) => ({
    ...{
      name,
      values: Float64Array.from(values),
      calendar: { ...monthly, start },
      seasonLength: 1,
      unit: 'kg',
      group: {},
    },
  })
  const { series, members, problems } = groupingOf(
    [
      part('Milano_A', [1, 1, 1, 1], '2022-01-01'),
      part('Milano_B', [10, 10], '2022-03-01'),
      part('Roma_A', [100, Number.NaN, 300, 100], '2022-01-01'),
      part('Roma_B', [5, 5], '2022-01-01'),
    ],
    'names',
  )
  assert.deepEqual(members, [0, 1, 2])
  assert.deepEqual(
    problems.map(({ series: name, params }) => [name, params.cause]),
    [['Roma_B', 'end']],
  )
  assert.deepEqual(
    series.map(({ name, values, unit }) => [name, [...values], unit]),
    [
      ['Milano_*', [1, 1, 11, 11], 'kg'],
      ['*_A', [101, 201, 301, 101], 'kg'],
      ['*', [101, 201, 311, 111], 'kg'],
    ],
  )
  assert.throws(
    () => groupingOf([part('a', [1, 2], '2022-01-01'), part('b', [1, 2], '2022-01-01')], 'auto'),
    /config_invalid/,
  )
})
