import type { Job } from '../data/api.ts'
import { useWords } from '../words/words.tsx'

/** How far a run is and when it will be done: a count, and a range rather than a promise. */
export function Progress({
  job,
  isShort = false,
}: {
  readonly job: Pick<Job, 'progress' | 'queue' | 'state'>
  readonly isShort?: boolean
}) {
  const { say, number, span } = useWords()
  const { total, completed, seconds_left_range: range } = job.progress
  const share = total === null || total === 0 ? 0 : completed / total
  const count =
    total === null ? say('run.reading') : say('run.count', { done: number(completed, 12), total: number(total, 12) })
  const left =
    job.queue !== null && job.state === 'queued'
      ? say('run.queued', { position: job.queue.position })
      : job.state === 'running' && range !== null
        ? say('run.left', { from: span(range[0]), to: span(range[1]) })
        : null
  return (
    <div className="stack" style={{ gap: 4 }}>
      <div
        className="bar"
        role="progressbar"
        aria-label={say('run.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
        aria-valuetext={count}
      >
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
      <div className={isShort ? 'small' : ''}>
        {count}
        {left !== null && <span className="muted"> · {left}</span>}
      </div>
    </div>
  )
}
