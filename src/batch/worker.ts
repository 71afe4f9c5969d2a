import { openSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { answer } from './answer.ts'
import { type Hands, takeTask } from './hands.ts'
import type { Chunk, ForecastSeries, Report, WorkerSetup } from './messages.ts'

const port = parentPort!
const { engine, hands: memory, journal } = workerData as WorkerSetup
const hands: Hands = { memory, journal: journal === null ? null : openSync(journal, 'w') }
// the second process on a machine need not translate the sources again
enableCompileCache()
const { forecastSeries } = (await import(engine)) as { forecastSeries: ForecastSeries }

port.on('message', ({ jobs, secondsPerModel }: Chunk) => {
  for (const job of jobs) {
    takeTask(hands, job.index)
    const start = performance.now()
    const body = answer(job, forecastSeries, hands, secondsPerModel)
    const seconds = (performance.now() - start) / 1000
    const report: Report = { kind: 'answer', index: job.index, body, seconds }
    port.postMessage(report, [body.buffer])
  }
  takeTask(hands, -1)
})
port.postMessage({ kind: 'ready' } satisfies Report)
