import { Worker } from 'node:worker_threads'
import { causeOf } from '../batch/answer.ts'
import type { ReadOptions } from '../contract/job.ts'
import type { Check } from '../contract/upload.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import type { JobSource } from './job-messages.ts'

const threadFile = new URL(import.meta.url.endsWith('.ts') ? './check-thread.ts' : './check-thread.js', import.meta.url)
/** Megabytes of a thread that reads: more than the readers' own bounds need. */
const HEAP_MB = 1024

export interface CheckOrder {
  readonly files: Extract<JobSource, { kind: 'uploads' }>['files']
  readonly read: ReadOptions
  readonly locale: string
}
export type Checked = { readonly check: Check } | { readonly problems: readonly LocatedProblem[] }

/** How files are understood; they are read in a thread, so that a large one holds up nobody. */
export async function checkFiles(files: CheckOrder['files'], read: ReadOptions, locale: string): Promise<Check> {
  const order: CheckOrder = { files, read, locale }
  const thread = new Worker(threadFile, { workerData: order, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
  const checked = await new Promise<Checked>((resolve) => {
    thread.once('message', resolve)
    thread.once('error', (error) => resolve({ problems: [problem('internal_error', { cause: causeOf(error) })] }))
  })
  await thread.terminate()
  if ('problems' in checked) throw new Problem(checked.problems[0]!, checked.problems)
  return checked.check
}
