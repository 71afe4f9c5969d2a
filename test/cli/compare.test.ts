import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Comparison, compareRuns, type ToldRun } from '../../src/cli/compare-runs.ts'
import type { Entry } from '../../src/cli/explain-text.ts'
import { asCsv, madePortfolio } from '../faults/portfolio.ts'
import { arfc } from './arfc.ts'

const cwd = mkdtempSync(join(tmpdir(), 'arfc-compare-'))
after(() => rmSync(cwd, { recursive: true, force: true }))

const entry = (forecast: readonly number[] | null, from: number, change: Partial<Entry> = {}): Entry => ({
  ...{ status: 'success', model_label: 'ETS', observations: from, forecast },
  dates: forecast?.map((_, h) => `2020-01-${String(from + h).padStart(2, '0')}`) ?? null,
  ...change,
})
const told = (entries: Record<string, Entry>, version = '1', seed = 1): ToldRun => ({
  entries: new Map(Object.entries(entries)),
  report: { engine: { version }, config: { seed: { value: seed } }, inputs: [] },
})
const whyOf = ({ changed }: Comparison, name: string) =>
  changed.find((change) => change.name === name)!.why.map(({ code }) => code.replace('compare_', ''))

test('totals are over the periods that both forecast; what is the same is only counted', () => {
  const comparison = compareRuns(
    told({ a: entry([1, 2, 3], 10), same: entry([5], 10), gone: entry([1], 10) }),
    told({ a: entry([4, 6, 9], 11), same: entry([5], 10), added: entry([1], 10) }),
  )
  assert.deepEqual([comparison.both, comparison.same, comparison.gone, comparison.added], [2, 1, ['gone'], ['added']])
  assert.deepEqual(comparison.changed[0], {
    ...{ name: 'a', before: 5, after: 10, periods: 2, relative: 1 },
    why: [{ code: 'compare_new_periods', params: { periods: 1 } }],
  })
  assert.deepEqual(comparison.total, { before: 10, after: 15 })
})

test('why: values, models, states, settings, version; series without a forecast come first', () => {
  const updated = { problems: [{ code: 'updated_without_refit', params: {}, severity: 'warning' }] } as const
  const before = told({ a: entry([2], 10), b: entry([2, 2], 10), c: entry([2], 10), d: entry([2], 10) })
  const comparison = compareRuns(
    before,
    told({
      a: entry([3], 10),
      b: entry([2, 2], 11, updated as unknown as Partial<Entry>),
      c: entry([2.5], 10, { model_label: 'Theta' }),
      d: entry(null, 10, { status: 'failed' }),
    }),
  )
  assert.deepEqual(
    comparison.changed.map(({ name }) => name),
    ['d', 'a', 'c', 'b'],
  )
  assert.deepEqual(whyOf(comparison, 'a'), ['history_changed'])
  assert.deepEqual(whyOf(comparison, 'b'), ['new_periods', 'updated_without_refit'])
  assert.deepEqual(whyOf(comparison, 'c'), ['history_changed', 'model_changed'])
  assert.deepEqual(whyOf(comparison, 'd'), ['status_changed'])
  const settings = compareRuns(before, told({ a: entry([3], 10) }, '2', 7))
  assert.deepEqual(whyOf(settings, 'a'), ['settings_changed', 'version_changed'])
  assert.deepEqual(settings.settings, [{ name: 'seed', before: 1, after: 7 }])
})

test('a run that continues another one keeps its parameters, and the two can be compared', async () => {
  const portfolio = madePortfolio(6, 61, 'compare')
  const write = (file: string, cut: number): void =>
    writeFileSync(
      join(cwd, file),
      asCsv(portfolio.map(([name, values]) => [name, values.slice(0, values.length - cut)])),
    )
  write('june.csv', 1)
  write('july.csv', 0)
  const how = ['--horizon', '4', '--effort', 'fast', '--max-models', '3', '--quiet']
  assert.equal((await arfc(['run', 'june.csv', '--run-dir', 'june', ...how], { cwd })).code, 0)
  const july = ['run', 'july.csv', '--run-dir', 'july', '--continue', 'june', ...how]
  assert.equal((await arfc(july, { cwd })).code, 0)
  const json = await arfc(['compare', 'june', 'july', '--json'], { cwd })
  const { both, changed } = JSON.parse(json.stdout) as Comparison
  assert.equal(both, 6)
  const updated = changed.filter(({ why }) => why.some(({ code }) => code === 'compare_updated_without_refit'))
  assert.ok(updated.length >= 2, json.stdout)
  const { stdout, code } = await arfc(['compare', 'june', 'july'], { cwd })
  assert.equal(code, 0)
  assert.match(stdout, /6 series are in both runs/)
  assert.ok(
    stdout.split('\n').every((line) => line.length <= 80),
    stdout,
  )
  assert.equal((await arfc(['run', 'july.csv', '--run-dir', 'x', '--continue', 'nowhere'], { cwd })).code, 2)
  assert.equal((await arfc(['compare', 'june', 'nowhere'], { cwd })).code, 2)
})
