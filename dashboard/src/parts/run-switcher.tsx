import { useLocation } from 'wouter'
import { titleOf, useJobs } from '../data/jobs.ts'
import { useWords } from '../words/words.tsx'

/** From one run to another, at the same view. */
export function RunSwitcher({ run }: { readonly run: string | null }) {
  const words = useWords()
  const [path, go] = useLocation()
  const jobs = useJobs().data?.jobs ?? []
  if (run === null || jobs.length === 0) return null
  const view = /^\/runs\/[^/]+(\/review|\/export)?/.exec(path)?.[1] ?? ''
  return (
    <>
      <label className="hush" htmlFor="run">
        {words.say('nav.run')}
      </label>
      <select
        id="run"
        value={run}
        style={{ maxWidth: 'min(100%, 420px)' }}
        onChange={(event) => go(`/runs/${event.target.value}${view}`)}
      >
        {!jobs.some(({ id }) => id === run) && <option value={run}>{run.slice(0, 8)}</option>}
        {jobs.map((job) => (
          <option key={job.id} value={job.id}>
            {titleOf(job, words)} · {words.moment(job.created_at)}
          </option>
        ))}
      </select>
    </>
  )
}
