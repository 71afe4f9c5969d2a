import { parentPort, workerData } from 'node:worker_threads'
import { answer, failure } from './answer.ts'
import type { Chunk, ForecastSeries, Report, WorkerSetup } from './messages.ts'

const port = parentPort!
const { engine } = workerData as WorkerSetup
const { forecastSeries } = (await import(engine)) as { forecastSeries: ForecastSeries }

const report = (message: Report): void => port.postMessage(message)

port.on('message', (chunk: Chunk) => {
  for (const job of chunk) {
    const result = answer(job, forecastSeries)
    try {
      report({ kind: 'result', result })
    } catch (error) {
      // an answer that is not plain data cannot be sent
      report({ kind: 'result', result: failure(job.index, job.series.name, error) })
    }
  }
})
report({ kind: 'ready' })
