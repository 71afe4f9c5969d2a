import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { type Job, jobPath, send, type Upload } from '../data/api.ts'
import { hasEnded, isUnderWay, titleOf, useJobs } from '../data/jobs.ts'
import { useSummary } from '../data/summary.ts'
import { Bones } from '../parts/bones.tsx'
import { Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { Progress } from '../parts/progress.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { stakeOf } from '../review/stake.ts'
import { useWords } from '../words/words.tsx'

/** What happened, what waits for me? */
export function Runs() {
  const { say } = useWords()
  const jobs = useJobs()
  const sample = useSample()
  const list = jobs.data?.jobs ?? []
  const isEmpty = jobs.isSuccess && list.length === 0
  return (
    <Page
      title={say('runs.title')}
      lead={isEmpty ? null : <Newest jobs={list} />}
      actions={
        <>
          <Link href="/new" className="button primary" data-testid="new-run">
            {say('runs.new')}
          </Link>
          <button type="button" className="button" disabled={sample.isPending} onClick={() => sample.mutate()}>
            {say('runs.sample')}
          </button>
        </>
      }
    >
      {sample.isError && <Refusal error={sample.error} />}
      {jobs.isError && !jobs.isSuccess && <Refusal error={jobs.error} again={() => jobs.refetch()} />}
      {jobs.isPending && <Bones rows={4} height={40} />}
      {isEmpty && (
        <div className="stack reading">
          <h2>{say('runs.empty')}</h2>
          <p>{say('runs.empty_text')}</p>
        </div>
      )}
      {list.length > 0 && <JobTable jobs={list} />}
    </Page>
  )
}

/** The sample in one click: to its first page, where it is shown what was understood. */
function useSample() {
  const [, go] = useLocation()
  return useMutation({
    mutationFn: () => send<Upload>('POST', '/uploads/sample'),
    onSuccess: ({ id }) => go(`/new?uploads=${id}`),
  })
}

function Newest({ jobs }: { readonly jobs: readonly Job[] }) {
  const words = useWords()
  const newest = jobs.find(hasEnded) ?? null
  const summary = useSummary(newest?.id ?? null)
  if (newest === null) return <span>{words.say('runs.none_ended')}</span>
  if (summary.data === undefined) return <span>&nbsp;</span>
  const { series, reviews } = summary.data
  const stake = reviews.open > 0 ? stakeOf(summary.data, words) : null
  return (
    <Link href={`/runs/${newest.id}/review`}>
      {words.say('runs.newest', { name: titleOf(newest, words), waiting: reviews.open, series })}
      {stake !== null && ` · ${stake}`}
    </Link>
  )
}

function JobTable({ jobs }: { readonly jobs: readonly Job[] }) {
  const words = useWords()
  const { say } = words
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: (id: string) => send('DELETE', jobPath(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
  return (
    <>
      {remove.isError && <Refusal error={remove.error} />}
      <div className="scroll">
        <table className="jobs">
          <caption className="hush">{say('runs.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('runs.run')}</th>
              <th scope="col" className="number">
                {say('runs.series')}
              </th>
              <th scope="col">{say('runs.state')}</th>
              <th scope="col" className="wide-only">
                {say('runs.confidence')}
              </th>
              <th scope="col" className="wide-only">
                {say('runs.started')}
              </th>
              <th scope="col">
                <span className="hush">{say('runs.remove')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {jobs.map((job) => (
              <tr key={job.id}>
                <th scope="row" style={{ fontSize: 14, color: 'var(--ink)' }}>
                  <Link href={hasEnded(job) ? `/runs/${job.id}/review` : `/runs/${job.id}`} className="name">
                    {titleOf(job, words)}
                  </Link>
                  <div className="muted small" style={{ fontWeight: 400 }}>
                    {say('runs.horizon', { steps: job.forecast_steps })}
                  </div>
                </th>
                <td className="number">{words.number(job.progress.total, 12)}</td>
                <td style={{ minWidth: 140 }}>
                  {isUnderWay(job) ? <Progress job={job} isShort /> : <StateMark state={job.state} />}
                  {job.progress.failed > 0 && (
                    <div className="small">{say('runs.failed', { count: job.progress.failed })}</div>
                  )}
                </td>
                <td className="wide-only">
                  {['high', 'fair', 'low']
                    .filter((grade) => (job.grades[grade] ?? 0) > 0)
                    .map((grade) => say(`grade.count.${grade}`, { count: job.grades[grade]! }))
                    .join(' · ')}
                </td>
                <td className="wide-only">{words.moment(job.created_at)}</td>
                <td className="wide-only">
                  {hasEnded(job) && (
                    <button
                      type="button"
                      className="button plain"
                      aria-label={say('runs.remove_this', { name: titleOf(job, words) })}
                      onClick={() =>
                        confirm(say('runs.remove_sure', { name: titleOf(job, words) })) && remove.mutate(job.id)
                      }
                    >
                      {say('runs.remove')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
