import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { causeOf } from '../batch/answer.ts'
import type { BatchProgress } from '../batch/progress.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { runEntries, workersFor } from '../processor/run-portfolio.ts'
import { openCheckpoint } from '../store/open-checkpoint.ts'
import { readJobInput } from './job-input.ts'
import type { EncodedResult, FromJob, JobOrder, ToJob } from './job-messages.ts'
import { encodeResult, finite } from './stored-result.ts'
import { configOf } from './wire-config.ts'

/** Milliseconds in which results are gathered for one commit of the store, and the most that wait for it. */
const GATHER_MS = 50
const MOST_WAITING = 500

const order = workerData as JobOrder
const port = parentPort!
const tell = (message: FromJob): void => port.postMessage(message)
const abort = new AbortController()
let withCancelled = false
let results: EncodedResult[] = []
let problems: LocatedProblem[] = []
let progress: BatchProgress | null = null
let isUnderWay = false

port.on('message', (message: ToJob) => {
  if (message.kind === 'taken') isUnderWay = false
  else {
    withCancelled = message.cancel
    abort.abort()
  }
})

/** Hands on what has gathered, if the last was taken. */
function handOn(): void {
  if (isUnderWay || (results.length === 0 && problems.length === 0)) return
  isUnderWay = true
  const left = finite(progress?.estimatedCompletion)
  const [from, to] = progress?.estimatedRange ?? [Number.NaN, Number.NaN]
  const range = finite(from) === null || finite(to) === null ? null : ([from, to] as const)
  tell({ kind: 'results', results, problems, outlook: { seconds_left: left, seconds_left_range: range } })
  results = []
  problems = []
}

async function run(): Promise<void> {
  const config = configOf(order.config)
  const { parallel: _, workers: __, memory_budget_mb: ___, ...meaning } = order.config
  const options = JSON.stringify([meaning, order.forecastSteps])
  const opened = openCheckpoint(order.folder, (damage) => problems.push(damage))
  const timer = setInterval(handOn, GATHER_MS)
  try {
    const { entries, report } = await readJobInput(order.source)
    tell({ kind: 'read', total: entries.length, report })
    const all = runEntries([entries], config, {
      horizon: order.forecastSteps,
      workers: Math.min(order.workers, workersFor(config, entries.length)),
      whole: true,
      totalTasks: entries.length,
      checkpoint: opened.checkpoint,
      shareCopies: true,
      retry: order.retry,
      isolated: true,
      signal: abort.signal,
      onEvent: (event) => {
        if (event.kind === 'progress') progress = event.progress
        else if (event.kind === 'problem') problems.push(event.problem)
      },
    })
    for await (const [index, result] of all) {
      if (result.status === 'cancelled' && !withCancelled) continue
      results.push(encodeResult({ result, values: entries[index]!.item.values }, index, options))
      while (results.length >= MOST_WAITING) {
        handOn()
        await wait(1)
      }
    }
    while (results.length > 0 || problems.length > 0 || isUnderWay) {
      handOn()
      await wait(1)
    }
    tell({ kind: abort.signal.aborted ? 'stopped' : 'done' })
  } finally {
    clearInterval(timer)
    opened.close()
  }
}

try {
  await run()
} catch (error) {
  const cause = error instanceof Problem ? error.all : [problem('internal_error', { cause: causeOf(error) })]
  tell({ kind: 'failed', problems: cause })
}
port.close()
