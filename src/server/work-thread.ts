import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { causeOf } from '../batch/cause.ts'
import { Problem, problem } from '../messages.ts'
import type { WorkOrder, WorkSaid } from './work-orders.ts'

type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string>

/** What an order asks for; what it needs is loaded then. */
async function done(order: WorkOrder): Promise<{ readonly answer: unknown } | { readonly pieces: Pieces }> {
  switch (order.kind) {
    case 'check':
      return { answer: await (await import('./work/check.ts')).check(order) }
    case 'check_report':
      return { pieces: await (await import('./work/check-report.ts')).checkReportCsv(order) }
    case 'estimate':
      return { answer: await (await import('./work/size.ts')).sizeOfJob(order) }
    case 'report':
      return { pieces: await (await import('./work/report.ts')).reportFile(order) }
    case 'system_file':
      return { pieces: await (await import('./work/profiles.ts')).systemFile(order) }
    case 'profiles':
      return { answer: await (await import('./work/profiles.ts')).profiles(order) }
  }
}

const port = parentPort!
const tell = (said: WorkSaid): void => port.postMessage(said)
try {
  const found = await done(workerData as WorkOrder)
  if ('answer' in found) tell({ kind: 'answer', answer: found.answer })
  else {
    for await (const piece of found.pieces) {
      if (piece.length === 0) continue
      tell({ kind: 'piece', piece })
      await once(port, 'message')
    }
    tell({ kind: 'end' })
  }
} catch (error) {
  tell({
    kind: 'failed',
    problems: error instanceof Problem ? error.all : [problem('internal_error', { cause: causeOf(error) })],
  })
}
port.close()
