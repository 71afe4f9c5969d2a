import { openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { Hands } from './hands.ts'
import type { Chunk, ForecastSeries, Report, WorkerSetup } from './messages.ts'
import type { Finished } from './packed-answers.ts'
import { takeShortWay } from './short-way.ts'

takeShortWay()
const { answer } = await import('./answer.ts')
const { milliseconds, takeTask } = await import('./hands.ts')
const { packAnswers } = await import('./packed-answers.ts')
const { unpack } = await import('./packed-jobs.ts')
const { splitTexts } = await import('./texts.ts')

/** Answers that come faster than this travel together: a message costs as much as a simple forecast. */
const TOGETHER_MS = 5

/** Answers are small pieces of large arrays: to make one for each takes longer than to write it. */
Buffer.poolSize = 2 ** 18

const port = parentPort!
const { engine, hands: memory, journal } = workerData as WorkerSetup
const hands: Hands = { memory, journal: journal === null ? null : openSync(journal, 'w') }
const { forecastSeries } = (await import(engine)) as { forecastSeries: ForecastSeries }

function send(finished: readonly Finished[], sealed: boolean): void {
  const packed = packAnswers(finished, sealed)
  port.postMessage({ kind: 'answers', ...packed } satisfies Report, [packed.bytes.buffer])
}

port.on('message', ({ jobs, keys, limits, secondsPerModel, keepStates }: Chunk) => {
  let finished: Finished[] = []
  let sent = milliseconds()
  const texts = keys === null ? null : splitTexts(keys)
  let done = 0
  for (const job of unpack(jobs)) {
    takeTask(hands, job.index)
    const start = milliseconds()
    const body = answer(job, limits, forecastSeries, hands, secondsPerModel, keepStates)
    const end = milliseconds()
    finished.push({ index: job.index, seconds: (end - start) / 1000, key: texts?.[done++] ?? '', body })
    if (end - sent < TOGETHER_MS) continue
    send(finished, texts !== null)
    finished = []
    sent = end
  }
  takeTask(hands, -1)
  if (finished.length > 0) send(finished, texts !== null)
})
port.postMessage({ kind: 'ready' } satisfies Report)
