import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BatchProgress } from '../../src/batch/progress.ts'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import type { BatchResult } from '../../src/processor/batch-result.ts'
import { resolveConfig } from '../../src/processor/config.ts'
import { workersFor } from '../../src/processor/run-portfolio.ts'
import { runPortfolio } from '../../src/processor/run-whole.ts'
import type { Series } from '../../src/series/series.ts'

const engine = new URL('../batch/engines/fake.ts', import.meta.url)
const fit = { engine, forecastSteps: 3 }
const quiet = <P extends BatchForecastProcessor>(processor: P): P => processor.setConfig({ verbose: false }) as P
const values = [5, 6, 7, 8, 9, 10]
const statuses = (results: ReadonlyMap<string, BatchResult>) => [...results].map(([name, { status }]) => [name, status])

test('any kind of portfolio gives the same results in its order; names are never keys of an object', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'b', 'a']
  const pairs = names.map((name, i) => [name, [...values, i]] as const)
  async function* slowly() {
    yield* pairs
  }
  const record = Object.fromEntries(pairs)
  const processor = quiet(new BatchForecastProcessor())
  for (const portfolio of [pairs, new Map(pairs), record, slowly()]) {
    const results = await processor.fitBatch(portfolio, fit)
    assert.deepEqual([...results.keys()], names)
    for (const [i, name] of names.entries()) assert.deepEqual(results.get(name)?.forecast?.mean, [i, i, i])
  }
})

test('a result shows bands, quantiles and totals', async () => {
  const input = { values, start: '2024-01-01', frequency: 'monthly', unit: 'kg' }
  const results = await quiet(new BatchForecastProcessor()).fitBatch({ a: input }, fit)
  const { forecast, explanation, plain, ok } = results.get('a')!
  assert.ok(forecast && ok)
  assert.deepEqual(forecast.dates, ['2024-07-01', '2024-08-01', '2024-09-01'])
  const { lower, upper } = forecast.level(0.8)
  assert.ok(Math.abs(upper[0]! - 11.2815515655446) < 1e-12 && Math.abs(lower[0]! + upper[0]! - 20) < 1e-12)
  assert.deepEqual(forecast.quantile(0.5), [10, 10, 10])
  // between published probabilities a normal forecast is answered exactly: the normal quantile of 0.8 is 0.8416
  assert.ok(Math.abs(forecast.quantile(0.8)[0]! - 10.841621233572914) < 1e-9)
  assert.ok(Number.isNaN(forecast.quantile(0.999)[0]!))
  // a random walk of unit steps: the variance of the sum of its first three values is 1 + 4 + 9
  const total = forecast.total(1, 3)
  assert.equal(total.mean, 30)
  assert.ok(Math.abs(total.quantile(0.9) - (30 + 1.2815515655446004 * Math.sqrt(14))) < 1e-9)
  assert.ok(Math.abs(total.quantile(0.1) - (30 - 1.2815515655446004 * Math.sqrt(14))) < 1e-9)
  assert.ok(Math.abs(forecast.total(2, 2).quantile(0.9) - forecast.quantile(0.9)[1]!) < 1e-9)
  assert.throws(() => forecast.total(1, 4), { code: 'config_invalid' })
  assert.throws(() => forecast.level(80), { code: 'config_invalid' })
  assert.deepEqual([explanation.recommendedModel, plain.unit, plain.observations], ['naive', 'kg', 6])
})

test('bad series fail alone, with codes; nothing rejects', async () => {
  const portfolio = {
    good: values,
    empty: [],
    missing: [null, null],
    text: ['x'] as never,
    throws: [...values, 1],
    'exits in all': [...values, 2],
  }
  const seen: BatchProgress[] = []
  const progressCallback = (progress: BatchProgress) => void seen.push(progress)
  const results = await quiet(new BatchForecastProcessor()).fitBatch(portfolio, { ...fit, progressCallback })
  assert.deepEqual(
    [...results.values()].map(({ problems, status }) => problems[0]?.code ?? status),
    ['success', 'series_empty', 'series_no_values', 'config_invalid', 'internal_error', 'worker_crashed'],
  )
  assert.equal(results.get('empty')?.explanation.confidenceScore, 0)
  const { totalTasks, completedTasks, successfulTasks, failedTasks, estimatedCompletion } = seen.at(-1)!
  assert.deepEqual([totalTasks, completedTasks, successfulTasks, failedTasks, estimatedCompletion], [6, 6, 1, 5, 0])
  assert.equal(seen.length, 6)
})

test('a bad request rejects', async () => {
  const processor = new BatchForecastProcessor()
  await assert.rejects(processor.fitBatch({ a: values }, { engine, forecastSteps: 0 }), { code: 'config_invalid' })
  assert.throws(() => processor.setConfig({ maxModelsToTry: 99 }), { code: 'config_invalid' })
  assert.equal(processor.config.maxModelsToTry, 5)
})

class Custom extends BatchForecastProcessor {
  override async preprocessSeries(series: Series, name: string): Promise<Series> {
    if (name === 'bad before') throw new Error('no')
    const kept = await super.preprocessSeries(series, name)
    return { ...kept, values: kept.values.map((value) => 2 * value) }
  }
  override postProcessResult(result: BatchResult, name: string): BatchResult {
    if (name === 'bad after') throw new Error('no')
    return result.with({ unit: 'pairs' })
  }
}

test('hooks may be async and call super; one that throws fails its own series', async () => {
  const results = await quiet(new Custom()).fitBatch({ a: values, 'bad before': values, 'bad after': values }, fit)
  assert.deepEqual(
    [...results.values()].map(({ status, problems }) => [status, problems[0]?.stage]),
    [
      ['success', undefined],
      ['failed', 'preprocessSeries'],
      ['failed', 'postProcessResult'],
    ],
  )
  assert.deepEqual(results.get('a')?.forecast?.mean, [20, 20, 20])
  assert.equal(results.get('a')?.plain.unit, 'pairs')
})

test('retryFailed keeps successes as they are and tries the others again', async () => {
  let broken = true
  class Flaky extends BatchForecastProcessor {
    override preprocessSeries(series: Series): Series {
      if (broken && series.name !== 'a') throw new Error('not yet')
      return series
    }
  }
  const processor = quiet(new Flaky())
  const first = await processor.fitBatch({ a: values, b: values, throws: [...values, 1] }, fit)
  broken = false
  const again = await processor.retryFailed(first, { engine })
  assert.deepEqual(statuses(again), [
    ['a', 'success'],
    ['b', 'success'],
    ['throws', 'failed'],
  ])
  assert.equal(again.get('a'), first.get('a'))
  assert.equal(again.get('b')?.forecast?.mean.length, 3)
})

test('abort resolves: what is not finished is cancelled, and can be tried again', async () => {
  const controller = new AbortController()
  controller.abort()
  const processor = quiet(new BatchForecastProcessor())
  const results = await processor.fitBatch({ a: values, b: values }, { ...fit, signal: controller.signal })
  assert.deepEqual(statuses(results), [
    ['a', 'cancelled'],
    ['b', 'cancelled'],
  ])
  assert.equal((await processor.retryFailed(results, { engine })).get('b')?.status, 'success')
})

test('pause holds the work back until resume', async () => {
  const processor = quiet(new BatchForecastProcessor())
  processor.pause()
  const running = processor.fitBatch({ a: values }, fit)
  const winner = await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 100, 'paused'))])
  assert.equal(winner, 'paused')
  processor.resume()
  assert.equal((await running).size, 1)
})

test('stream reads a portfolio piece by piece and can be left early', async () => {
  let read = 0
  function* many() {
    for (; read < 20_000; read++) yield [`s${read}`, [...values, read]] as const
  }
  let count = 0
  for await (const [name, result] of quiet(new BatchForecastProcessor()).stream(many(), fit)) {
    assert.equal(result.forecast?.mean[0], Number(name.slice(1)))
    if (++count === 600) break
  }
  assert.ok(read < 4000, `read ${read}`)
})

test('a name that comes twice loses nothing', async () => {
  const results = await quiet(new BatchForecastProcessor()).fitBatch(
    [
      ['a', values],
      ['a', values],
    ],
    fit,
  )
  assert.deepEqual([...results.keys()], ['a', 'a (2)'])
  assert.equal(results.get('a (2)')?.problems[0]?.code, 'series_name_twins')
})

test('exports are written whole, and the same with any number of workers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-processor-'))
  try {
    const portfolio = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`s${i}`, [...values, i]]))
    const texts: string[] = []
    for (const maxWorkers of [1, 2]) {
      const processor = quiet(new BatchForecastProcessor()).setConfig({ maxWorkers })
      const results = await processor.fitBatch(portfolio, fit)
      await processor.exportToCsv(results, join(folder, 'deep', 'forecasts.csv'))
      await processor.exportToJson(results, join(folder, 'deep', 'forecasts.json'))
      await processor.exportToHtml(results, join(folder, 'deep', 'forecasts.html'), { locale: 'it' })
      await processor.exportToExcel(results, join(folder, 'deep', 'forecasts.xlsx'))
      texts.push(
        ['csv', 'json', 'html', 'xlsx']
          .map((end) => readFileSync(join(folder, 'deep', `forecasts.${end}`), 'latin1'))
          .join(),
      )
    }
    assert.equal(texts[0], texts[1])
    assert.equal(texts[0]!.match(/^s\d+,/gm)?.length, 90)
    assert.deepEqual(readdirSync(join(folder, 'deep')).sort(), [
      'forecasts.csv',
      'forecasts.html',
      'forecasts.json',
      'forecasts.xlsx',
    ])
    assert.match(readFileSync(join(folder, 'deep', 'forecasts.html'), 'utf8'), /lang="it"/)
    assert.equal(
      readFileSync(join(folder, 'deep', 'forecasts.xlsx'))
        .subarray(0, 2)
        .toString(),
      'PK',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('runPortfolio gives failed results for items without values, in input order', async () => {
  const item = (name: string, history: number[]) => ({
    name,
    values: Float64Array.from(history),
    calendar: null,
    seasonLength: 1,
    unit: null,
    repairs: [],
    problems: [],
  })
  const seen: string[] = []
  const { results } = await runPortfolio([item('a', [Number.NaN]), item('b', values), item('c', [])], resolveConfig(), {
    engine,
    horizon: 2,
    workers: 2,
    onSeries: ({ name }) => void seen.push(name),
  })
  assert.deepEqual(
    results.map(({ name, status, dates }) => [name, status, dates]),
    [
      ['a', 'failed', [null, null]],
      ['b', 'success', [null, null]],
      ['c', 'failed', [null, null]],
    ],
  )
  assert.equal(seen.length, 3)
})

test('verbose writes how far a run is, in numbers, unless a callback tells it', async (t) => {
  const write = t.mock.method(process.stderr, 'write', () => true)
  const processor = new BatchForecastProcessor()
  await processor.fitBatch({ a: [], b: [] }, fit)
  await processor.fitBatch({ a: [] }, { ...fit, progressCallback: () => {} })
  const lines = write.mock.calls.map(({ arguments: [text] }) => text)
  write.mock.restore()
  assert.deepEqual(lines, ['1/2\n', '2/2\n'])
})

test('never more workers than allowed, than cores, than series', () => {
  assert.equal(workersFor(resolveConfig({ enableParallel: false })), 1)
  assert.equal(workersFor(resolveConfig({ maxWorkers: 256 })), availableParallelism())
  assert.equal(workersFor(resolveConfig(), 1), 1)
})
