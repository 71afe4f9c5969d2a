import type { Outcome } from '../automl/outcome.ts'
import { decodeOutcome } from '../batch/answer-bytes.ts'
import type { CheckpointStore } from '../batch/checkpoint.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import { Problem, problem } from '../messages.ts'

/** Outcomes that were read last: an export asks for one several times. */
const REMEMBERED = 16

/**
 * The same result without its outcome, which is read from the checkpoint when it is asked for: so that the memory of a run
 * does not grow with what it has finished. The checkpoint must stay open.
 */
export function leanResults(checkpoint: CheckpointStore): (result: SeriesResult, key: string) => SeriesResult {
  const recent = new Map<string, Outcome | null>()
  const read = (key: string, name: string): Outcome | null => {
    const id = `${key} ${name}`
    if (!recent.has(id)) {
      if (recent.size === REMEMBERED) recent.delete(recent.keys().next().value!)
      const body = checkpoint.find([key]).get(key)
      if (body === undefined) throw new Problem(problem('checkpoint_failed', { file: name, cause: 'answer not there' }))
      recent.set(id, decodeOutcome(body, name))
    }
    return recent.get(id) ?? null
  }
  return ({ outcome: _, ...rest }, key) => {
    const { name } = rest
    return {
      ...rest,
      get outcome() {
        return read(key, name)
      },
    }
  }
}
