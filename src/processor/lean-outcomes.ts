import type { Outcome } from '../automl/outcome.ts'
import { decodeOutcome } from '../batch/answer-bytes.ts'
import type { CheckpointStore } from '../batch/checkpoint.ts'
import { Problem, problem } from '../messages.ts'

/** Outcomes that were read last: an export asks for one several times. */
const REMEMBERED = 16

/**
 * Outcomes by key, read from the checkpoint each time: so that the memory of a run does not grow with what it has finished.
 * The checkpoint must stay open.
 */
export function leanOutcomes(checkpoint: CheckpointStore): (key: string, name: string) => Outcome | null {
  const recent = new Map<string, Outcome | null>()
  return (key, name) => {
    const id = `${key} ${name}`
    if (!recent.has(id)) {
      if (recent.size === REMEMBERED) recent.delete(recent.keys().next().value!)
      const [body] = checkpoint.find([key])
      if (body == null) throw new Problem(problem('checkpoint_failed', { file: name, cause: 'answer not there' }))
      recent.set(id, decodeOutcome(body, name))
    }
    return recent.get(id) ?? null
  }
}
