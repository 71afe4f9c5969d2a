import { setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { causeOf } from '../batch/cause.ts'
import { cost } from '../batch/plan.ts'
import type { BatchProgress } from '../batch/progress.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { exceptionsOf } from '../portfolio/exceptions.ts'
import { workersFor } from '../processor/run-portfolio.ts'
import { runWhole } from '../processor/run-whole.ts'
import { openCheckpoint } from '../store/open-checkpoint.ts'
import { earlierRun } from './earlier-run.ts'
import { START_SECONDS } from './estimate.ts'
import { readJobInput } from './job-input.ts'
import type { EncodedResult, FromJob, JobOrder, ToJob } from './job-messages.ts'
import { encodeFinal, encodeResult, finite, itemOf, NO_ITEM } from './stored-result.ts'
import { configOf } from './wire-config.ts'

/** Milliseconds in which results are gathered for one commit of the store, and the most that wait for it. */
const GATHER_MS = 50
const MOST_WAITING = 500
/** Where a commit takes long, as on a slow disk, they are gathered for so many times as long: the rest is for answers. */
const COMMIT_SHARE = 4

/** A tenth of the weight of the server itself: forecasts take what answers leave, which is nearly all of a quiet machine. */
const NICENESS = 10

const order = workerData as JobOrder
const port = parentPort!
// Linux counts priority by thread, and those a thread begins have its own: answers come before forecasts. Elsewhere this
// would slow the whole server
if (process.platform === 'linux') setPriority(NICENESS)
const tell = (message: FromJob): void => port.postMessage(message)
const abort = new AbortController()
let withCancelled = false
let results: EncodedResult[] = []
let problems: LocatedProblem[] = []
let progress: BatchProgress | null = null
let isUnderWay = false
let handedOn = 0
/** Before, only what is urgent is handed on. */
let notBefore = 0
let isFinal = false
const begun = performance.now() / 1000
/** Work that was not there before. */
let computed = 0

port.on('message', (message: ToJob) => {
  if (message.kind === 'taken') {
    isUnderWay = false
    const now = performance.now()
    notBefore = now + COMMIT_SHARE * (now - handedOn)
  } else {
    withCancelled = message.cancel
    abort.abort()
  }
})

/** Hands on what has gathered, if the last was taken. */
function handOn(isUrgent: boolean): void {
  if (isUnderWay || (results.length === 0 && problems.length === 0)) return
  if (!isUrgent && performance.now() < notBefore) return
  isUnderWay = true
  handedOn = performance.now()
  const left = finite(progress?.estimatedCompletion)
  const [from, to] = progress?.estimatedRange ?? [Number.NaN, Number.NaN]
  const range = finite(from) === null || finite(to) === null ? null : ([from, to] as const)
  const outlook = { seconds_left: left, seconds_left_range: range }
  tell({ kind: 'results', final: isFinal, results, problems, outlook })
  results = []
  problems = []
}

/** Waits while `isMuch` waits to be taken. */
async function drained(isMuch: () => boolean): Promise<void> {
  while (isMuch()) {
    handOn(true)
    await wait(1)
  }
}

const isMuch = (): boolean => results.length >= MOST_WAITING
const isAnything = (): boolean => results.length > 0 || problems.length > 0 || isUnderWay

async function run(): Promise<'done' | 'stopped'> {
  const config = configOf(order.config)
  const { parallel: _, workers: __, memory_budget_mb: ___, ...meaning } = order.config
  const options = JSON.stringify([meaning, order.forecastSteps])
  const opened = openCheckpoint(order.folder, (damage) => problems.push(damage))
  const timer = setInterval(() => handOn(false), GATHER_MS)
  try {
    const { entries, report } = await readJobInput(order.source)
    tell({ kind: 'read', total: entries.length, report })
    const workers = Math.min(order.workers, workersFor(config, entries.length))
    const whole = await runWhole(entries, config, {
      horizon: order.forecastSteps,
      workers,
      checkpoint: opened.checkpoint,
      lean: true,
      shareCopies: true,
      retry: order.retry,
      isolated: true,
      signal: abort.signal,
      onEvent: (event) => {
        if (event.kind === 'progress') progress = event.progress
        else if (event.kind === 'problem') problems.push(event.problem)
        else if (event.kind === 'series' && event.seconds !== null && event.index < entries.length)
          computed += cost({ series: entries[event.index]!.item, options: config })
      },
      async onSeries(result, index) {
        // totals come when all is known
        if (index >= entries.length || (result.status === 'cancelled' && !withCancelled)) return
        results.push(encodeResult({ result, item: itemOf(entries[index]!) }, index, options))
        await drained(isMuch)
      },
    })
    await drained(isAnything)
    if (abort.signal.aborted && !withCancelled) return 'stopped'
    isFinal = true
    for (const [position, member] of whole.members.entries()) {
      const { result } = member
      results.push(encodeFinal({ result, item: itemOf(entries[position]!, member) }, position, options))
      await drained(isMuch)
    }
    for (const [i, result] of whole.totals.entries()) {
      results.push(encodeFinal({ result, item: NO_ITEM }, entries.length + i, options))
      await drained(isMuch)
    }
    await drained(isAnything)
    const earlier = await earlierRun(order, new Set(entries.map(({ item }) => item.name)))
    const seconds = workers * Math.max(0, performance.now() / 1000 - begun - START_SECONDS)
    const work = { cost: computed, seconds: computed > 0 ? seconds : 0 }
    tell({ kind: 'whole', exceptions: exceptionsOf(whole.members, earlier), basis: whole.basis, work })
    return abort.signal.aborted ? 'stopped' : 'done'
  } finally {
    clearInterval(timer)
    await opened.close()
  }
}

try {
  const kind = await run()
  tell({ kind })
} catch (error) {
  const cause = error instanceof Problem ? error.all : [problem('internal_error', { cause: causeOf(error) })]
  tell({ kind: 'failed', problems: cause })
}
port.close()
