import type { JobState } from '../../../src/contract/job.ts'
import { useWords } from '../words/words.tsx'

const MARKS: Readonly<Record<JobState, string>> = {
  queued: 'none',
  running: 'info',
  paused: 'attention',
  completed: 'good',
  completed_with_failures: 'attention',
  failed: 'bad',
  cancelled: 'none',
}

/** The state of a run, by shape, colour and word. */
export function StateMark({ state }: { readonly state: JobState }) {
  const { say } = useWords()
  return (
    <span className={`mark ${MARKS[state]}`} style={{ whiteSpace: 'normal' }}>
      {say(`state.${state}`)}
    </span>
  )
}
