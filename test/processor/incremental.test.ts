import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { forecastSeries } from '../../src/automl/forecast-series.ts'
import { unwatched } from '../../src/automl/watch.ts'
import type { FitBase } from '../../src/models/model.ts'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import type { BatchResult } from '../../src/processor/batch-result.ts'
import { resolveConfig } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import { madePortfolio } from '../faults/portfolio.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-incremental-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [, history] = madePortfolio(1, 90, 'incremental')[0]!
const LENGTH = 84
const CONFIG = { verbose: false, maxWorkers: 1, effort: 'fast', maxModelsToTry: 3 } as const
const HORIZON = 6

interface Given {
  readonly values: readonly number[]
  readonly start?: string
}

/** What a run in this folder makes of them. */
async function run(name: string, given: Record<string, Given>, keep = true): Promise<Map<string, BatchResult>> {
  const processor = new BatchForecastProcessor().setConfig({ ...CONFIG, relatedSeries: false })
  processor.enableCheckpoint = true
  processor.enableIncremental = keep
  processor.enablePreprocessingCache = false
  processor.checkpointFolder = join(folder, name)
  const portfolio = Object.entries(given).map(
    ([key, { values, start = '2016-01-01' }]) => [key, { values, start, frequency: 'monthly' }] as const,
  )
  return processor.fitBatch(portfolio, { forecastSteps: HORIZON })
}

const told = ({ problems }: BatchResult) =>
  problems.find(({ code }) => code === 'updated_without_refit')?.params ?? null
const first = history.slice(0, LENGTH)
const NAMES = ['appended', 'corrected', 'moved', 'unforeseen', 'rewritten', 'shorter', 'elsewhere', 'same']
const before = await run('a', Object.fromEntries(NAMES.map((name) => [name, { values: first }])))
/** As the first run foresaw it. */
const next = before.get('same')!.forecast!.mean
const longer = [...first, ...next.slice(0, 1)]
const now = await run('a', {
  appended: { values: longer },
  corrected: { values: longer.with(70, first[70]! + 3) },
  moved: { values: longer.slice(3), start: '2016-04-01' },
  unforeseen: { values: [...first, 10 * next[0]!] },
  rewritten: { values: longer.map((value, t) => (t % 8 === 0 && t < LENGTH ? value + 1 : value)) },
  shorter: { values: first.slice(0, -1) },
  elsewhere: { values: longer, start: '2031-01-01' },
  same: { values: first },
})

test('new periods are filtered with the parameters that were estimated before, to the same bits, and it is said', () => {
  const updated = now.get('appended')!
  assert.deepEqual(told(updated), { periods: 1, corrected: 0, age: 1 })

  const series = (values: readonly number[]) => ({
    ...{ name: 'a', values: Float64Array.from(values), seasonLength: 12, furtherSeasons: [] },
    calendar: { frequency: { unit: 'month', step: 1 }, start: '2016-01-01', monthEnd: false } as const,
  })
  const options = optionsFor(series(first), resolveConfig(CONFIG), HORIZON)
  const fits = new Map<string, FitBase>()
  let estimated = 0
  const watch = {
    ...unwatched,
    recall: (id: string, stage: string) => fits.get(id + stage) ?? null,
    remember(id: string, stage: string, fit: FitBase): void {
      estimated++
      fits.set(id + stage, fit)
    },
  }
  forecastSeries(series(first), options, watch)
  const once = estimated
  assert.ok(once > 0)
  const { forecast } = forecastSeries(series(longer), options, watch)
  assert.equal(estimated, once, 'nothing was estimated anew')
  assert.deepEqual(updated.plain.outcome!.forecast, forecast)
  // the same parameters are not those of the longer history
  const anew = forecastSeries(series(longer), options)
  assert.notDeepEqual(forecast!.mean, anew.forecast!.mean)
})

test('a corrected value is filtered again from there on; a window that has moved on is laid over the one before', () => {
  assert.deepEqual(told(now.get('corrected')!), { periods: 1, corrected: 1, age: 1 })
  assert.deepEqual(told(now.get('moved')!), { periods: 1, corrected: 0, age: 1 })
})

test('values that do not come as foreseen, many corrections, a shorter history, another start: estimated anew', () => {
  for (const name of ['unforeseen', 'rewritten', 'shorter', 'elsewhere']) assert.equal(told(now.get(name)!), null, name)
})

test('a series that did not change is found as it was', () => {
  // its class by value depends on what the others are worth
  const own = (results: typeof now) => ({ ...results.get('same')!.plain, portfolio: undefined })
  assert.deepEqual(own(now), own(before))
})

test('what was carried on is carried on again, until a tenth of the history is new; unasked nothing is', async () => {
  const two = await run('a', { appended: { values: [...first, ...next.slice(0, 2)] } })
  assert.equal(told(two.get('appended')!)?.age, 2)
  const far = await run('a', { appended: { values: [...first, ...next, ...next] } })
  assert.equal(told(far.get('appended')!), null)
  const unasked = await run('a', { same: { values: longer } }, false)
  assert.equal(told(unasked.get('same')!), null)
})
