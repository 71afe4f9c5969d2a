import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import type { BatchEvent } from '../../src/batch/events.ts'
import type { BatchProgress } from '../../src/batch/progress.ts'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import type { BatchResult } from '../../src/processor/batch-result.ts'
import type { ProcessorConfig } from '../../src/processor/config.ts'
import { madePortfolio } from '../faults/portfolio.ts'

/** Every option of the guide is read and changes something: a test an option. */

const fake = new URL('../batch/engines/fake.ts', import.meta.url)
const monthly = { frequency: 'monthly', start: '2015-01-01' } as const
const portfolioOf = (count: number, seed = 'options') =>
  madePortfolio(count, 48, seed).map(([name, values]) => [name, { values, ...monthly }] as const)

function processorWith(config: Partial<ProcessorConfig> = {}): BatchForecastProcessor {
  return new BatchForecastProcessor().setConfig({ verbose: false, effort: 'fast', ...config })
}

/** What happened to worker threads meanwhile: how many there were, and how many series each message took. */
async function watched(work: () => Promise<unknown>): Promise<{ threads: number; chunks: number[] }> {
  const chunks: number[] = []
  let threads = 0
  const born = (worker: Worker): void => {
    threads++
    const { postMessage } = worker
    worker.postMessage = (message: { readonly jobs: { readonly indexes: readonly number[] } }, ...rest: never[]) => {
      chunks.push(message.jobs.indexes.length)
      postMessage.call(worker, message, ...rest)
    }
  }
  process.on('worker', born)
  try {
    await work()
  } finally {
    process.off('worker', born)
  }
  return { threads, chunks }
}

/** One series with a season and a trend, forecast by the real engine. */
async function one(config: Partial<ProcessorConfig>, values?: readonly number[]): Promise<BatchResult> {
  const [, series] = portfolioOf(1)[0]!
  const results = await processorWith(config).fitBatch(
    { a: { ...series, values: values ?? series.values } },
    { forecastSteps: 6 },
  )
  return results.get('a')!
}

test('enable_parallel and max_workers: how many threads there are', async () => {
  const threadsWith = async (config: Partial<ProcessorConfig>): Promise<number> => {
    const fit = () => processorWith(config).fitBatch(portfolioOf(20), { engine: fake, forecastSteps: 3 })
    return (await watched(fit)).threads
  }
  assert.equal(await threadsWith({ maxWorkers: 1 }), 1)
  assert.equal(await threadsWith({ enableParallel: false }), 1)
  // the machine of a test may have one core
  const most = await threadsWith({ maxWorkers: 2 })
  assert.equal(most, Math.min(2, (await import('node:os')).availableParallelism()))
})

test('enable_chunking and chunk_size: how many series a worker takes at once', async () => {
  const chunksWith = async (enableChunking: boolean, chunkSize: number | 'auto'): Promise<number> => {
    const processor = processorWith({ maxWorkers: 1 })
    processor.enableChunking = enableChunking
    processor.chunkSize = chunkSize
    const { chunks } = await watched(() => processor.fitBatch(portfolioOf(60), { engine: fake, forecastSteps: 3 }))
    return Math.max(...chunks)
  }
  assert.equal(await chunksWith(false, 10), 1)
  assert.equal(await chunksWith(true, 3), 3)
  assert.ok((await chunksWith(true, 10)) > 3)
  assert.ok((await chunksWith(true, 'auto')) > 3)
})

test('validation_split: how much of the history is held back', async () => {
  const [little, much] = [await one({ validationSplit: 0.1 }), await one({ validationSplit: 0.4 })]
  assert.notDeepEqual(little.metrics, much.metrics)
})

test('max_models_to_try: how many candidates there are', async () => {
  const [few, many] = [
    await one({ maxModelsToTry: 3, effort: 'balanced' }),
    await one({ maxModelsToTry: 10, effort: 'balanced' }),
  ]
  assert.ok(few.candidates.length < many.candidates.length)
})

test('timeout_per_model: a model that takes longer is answered for by the others', async () => {
  const fit = { engine: fake, forecastSteps: 3 }
  const results = await processorWith({ timeoutPerModel: 0.1 }).fitBatch({ 'spins in theta': [1, 2, 3, 4] }, fit)
  const { status, because } = results.get('spins in theta')!
  assert.equal(status, 'fallback')
  assert.deepEqual(because, { code: 'time_limit_reached', params: { model: 'theta', seconds: 0.1 } })
})

test('verbose: progress on the error output, where nobody listens to it otherwise', async (t) => {
  const said: string[] = []
  t.mock.method(process.stderr, 'write', (text: string) => said.push(text) > 0)
  const fit = { engine: fake, forecastSteps: 3 }
  await processorWith().fitBatch(portfolioOf(10), fit)
  assert.deepEqual(said, [])
  await processorWith({ verbose: true }).fitBatch(portfolioOf(10), fit)
  assert.equal(said.at(-1), '10/10\n')
})

test('enable_preprocessing_cache: a hundred renamed copies of a series cost what one costs', async () => {
  const evaluations = async (copies: number, enablePreprocessingCache: boolean): Promise<number> => {
    const [, series] = portfolioOf(1)[0]!
    const processor = processorWith({ relatedSeries: false })
    processor.enablePreprocessingCache = enablePreprocessingCache
    let spent = 0
    const onEvent = (event: BatchEvent): void => {
      // an answer that was there costs nothing
      if (event.kind === 'series' && event.seconds !== null) spent += costs.get(event.name) ?? 0
    }
    const costs = new Map<string, number>()
    const portfolio = Object.fromEntries(Array.from({ length: copies }, (_, i) => [`copy ${i}`, series]))
    const events: BatchEvent[] = []
    const results = await processor.fitBatch(portfolio, { forecastSteps: 6, onEvent: (event) => events.push(event) })
    for (const [name, { candidates }] of results)
      costs.set(
        name,
        candidates.reduce((sum, each) => sum + each.evaluations, 0),
      )
    events.forEach(onEvent)
    assert.equal(results.size, copies)
    for (const [name, { forecast, problems }] of results) {
      assert.deepEqual(forecast?.mean, results.get('copy 0')?.forecast?.mean)
      assert.ok(problems.every((each) => each.series === undefined || each.series === name))
    }
    return spent
  }
  const single = await evaluations(1, true)
  assert.ok(single > 0)
  assert.ok((await evaluations(100, true)) <= 1.2 * single)
  assert.ok((await evaluations(3, false)) >= 3 * single)
})

test('enable_checkpoint: what was finished is found, what has changed is computed, one process at a time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-checkpoint-'))
  try {
    const computed = async (portfolio: ReturnType<typeof portfolioOf>, retry = false): Promise<string[]> => {
      const processor = processorWith()
      processor.enableCheckpoint = true
      processor.checkpointFolder = join(folder, 'kept')
      const names: string[] = []
      const onEvent = (event: BatchEvent): void => {
        if (event.kind === 'series' && event.seconds !== null) names.push(event.name)
      }
      const results = await processor.fitBatch(portfolio, { engine: fake, forecastSteps: 3, onEvent })
      if (retry) await processor.retryFailed(results, { engine: fake, onEvent })
      return names.sort()
    }
    const portfolio = portfolioOf(5)
    const names = portfolio.map(([name]) => name)
    assert.deepEqual(await computed(portfolio), names)
    assert.deepEqual(await computed(portfolio), [])
    const [, first] = portfolio[0]!
    const longer = { ...first, values: [...first.values, 7] }
    const changed = [['series 0', longer] as const, ...portfolio.slice(1)]
    assert.deepEqual(await computed(changed), ['series 0'])
    assert.deepEqual(await computed([...portfolio, ['throws', { ...first, values: [1, 2] }]], true), [
      'throws',
      'throws',
    ])

    const held = processorWith()
    held.enableCheckpoint = true
    held.checkpointFolder = join(folder, 'kept')
    const stream = held.stream(portfolioOf(3), { engine: fake, forecastSteps: 3 })
    await stream.next()
    await assert.rejects(computed(portfolio), { code: 'run_folder_held' })
    await stream.return(undefined)
    assert.deepEqual(await computed(portfolio), [])
    assert.ok(readFileSync(join(folder, 'kept/checkpoint.sqlite')).length > 0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('seasonal_preference and intermittent_detection: who may try', async () => {
  const named = ({ candidates }: BatchResult): string => candidates.map(({ model }) => model).join()
  const [plain, preferred] = [
    await one({ maxModelsToTry: 10 }),
    await one({ maxModelsToTry: 10, seasonalPreference: true }),
  ]
  assert.notEqual(named(plain), named(preferred))
  const sparse = Array.from({ length: 60 }, (_, t) => (t % 5 === 0 ? 2 : 0))
  const [detected, not] = [await one({}, sparse), await one({ intermittentDetection: false }, sparse)]
  assert.match(named(detected), /sba/)
  assert.doesNotMatch(named(not), /sba/)
})

test('deadline: in time or with simple forecasts, and said', async () => {
  const results = await processorWith({ deadline: '0.3s', maxWorkers: 1 }).fitBatch(
    { 'spins in ets': [1, 2, 3, 4], a: [1, 2, 3] },
    { engine: fake, forecastSteps: 3 },
  )
  assert.equal(results.get('spins in ets')?.because?.code, 'deadline_reached')
})

test('forecast_steps: how far ahead, 30 by default', async () => {
  const lengths = async (forecastSteps?: number): Promise<number | undefined> => {
    const results = await processorWith().fitBatch({ a: [1, 2, 3, 4] }, { engine: fake, forecastSteps })
    return results.get('a')?.forecast?.mean.length
  }
  assert.deepEqual([await lengths(), await lengths(7)], [30, 7])
})

test('progress_callback: every field of the guide counts, up to the end', async () => {
  const told: BatchProgress[] = []
  const portfolio = [...portfolioOf(30), ['throws', { values: [1, 2, 3] }] as const]
  await processorWith().fitBatch(portfolio, {
    ...{ engine: fake, forecastSteps: 3 },
    progressCallback: (progress) => told.push(progress),
  })
  assert.equal(told.length, 31)
  told.forEach(({ completedTasks, successfulTasks, failedTasks, totalTasks, elapsedTime }, i) => {
    assert.equal(completedTasks, i + 1)
    assert.equal(successfulTasks + failedTasks, completedTasks)
    assert.equal(totalTasks, 31)
    assert.ok(elapsedTime >= (told[i - 1]?.elapsedTime ?? 0))
  })
  const { failedTasks, estimatedCompletion } = told.at(-1)!
  assert.deepEqual([failedTasks, estimatedCompletion], [1, 0])
})

test('presets of the guide: retail and manufacturing are other settings', () => {
  const { config: retail } = processorWith({ preset: 'retail' })
  const { config: manufacturing } = processorWith({ preset: 'manufacturing' })
  assert.deepEqual(
    [retail, manufacturing].map((config) => [config.validationSplit, config.maxModelsToTry, config.timeoutPerModel]),
    [
      [0.15, 8, 90],
      [0.25, 4, 45],
    ],
  )
})
