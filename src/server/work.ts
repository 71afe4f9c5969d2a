import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { causeOf } from '../batch/cause.ts'
import { Problem, problem } from '../messages.ts'
import type { WorkOrder, WorkSaid } from './work-orders.ts'

const threadFile = new URL(import.meta.url.endsWith('.ts') ? './work-thread.ts' : './work-thread.js', import.meta.url)
/** Megabytes of a thread: more than the readers' own bounds need. */
const HEAP_MB = 1024
/** Threads at once: beside them jobs are computed. */
const AT_ONCE = Math.max(2, availableParallelism())

let running = 0
const waiting: (() => void)[] = []

/** A turn; whoever has it must give it back. */
async function turn(): Promise<() => void> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  return () => {
    const next = waiting.shift()
    if (next === undefined) running--
    else next()
  }
}

/** What a thread says, one message at a time; the next piece is asked for when the one before was taken. */
async function* said(order: WorkOrder): AsyncGenerator<WorkSaid> {
  const giveBack = await turn()
  const thread = new Worker(threadFile, { workerData: order, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
  const exited = once(thread, 'exit').then(
    (): WorkSaid => ({ kind: 'failed', problems: [problem('internal_error', { cause: 'exit' })] }),
    (error): WorkSaid => ({ kind: 'failed', problems: [problem('internal_error', { cause: causeOf(error) })] }),
  )
  try {
    for (;;) {
      const heard = once(thread, 'message').then(
        ([message]) => message as WorkSaid,
        () => exited,
      )
      const next = await Promise.race([heard, exited])
      if (next.kind === 'failed') throw new Problem(next.problems[0]!, next.problems)
      yield next
      if (next.kind !== 'piece') return
      thread.postMessage('taken')
    }
  } finally {
    await thread.terminate()
    giveBack()
  }
}

/** The answer to an order. Throws the `Problem` of it. */
export async function answerOf<T>(order: WorkOrder): Promise<T> {
  for await (const next of said(order)) if (next.kind === 'answer') return next.answer as T
  throw new Problem(problem('internal_error', { cause: 'no answer' }))
}

/** The pieces of a file; what is refused is refused before there is one. */
export async function piecesOf(order: WorkOrder): Promise<AsyncGenerator<string | Uint8Array>> {
  const all = said(order)
  const first = await all.next()
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await all.next())
        if (next.value.kind === 'piece') yield next.value.piece
    } finally {
      // a reader that went away ends the thread
      await all.return(undefined)
    }
  })()
}
