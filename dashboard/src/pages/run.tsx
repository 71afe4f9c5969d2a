import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Counts } from '../charts/counts.tsx'
import { type Job, jobPath, send } from '../data/api.ts'
import { useEvents } from '../data/events.ts'
import { hasEnded, isUnderWay, titleOf, useJob } from '../data/jobs.ts'
import { useAnnounce } from '../parts/announcer.tsx'
import { Bones } from '../parts/bones.tsx'
import { LiveTable } from '../parts/live-table.tsx'
import { Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { Progress } from '../parts/progress.tsx'
import { Remarks } from '../parts/remarks.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'

/** Is it going well, when is it done? */
export function RunPage({ id }: { readonly id: string }) {
  const words = useWords()
  const { say } = words
  const [, go] = useLocation()
  const job = useJob(id)
  const isLive = job.data !== undefined && !hasEnded(job.data)
  const live = useEvents(id, isLive)
  const wasLive = useRef(false)
  const announce = useAnnounce()
  const data: Job | undefined = job.data && {
    ...job.data,
    progress: live.progress ?? job.data.progress,
    // a state that was told before the page came back is older than the answer
    state: job.data.state,
  }
  const completed = data?.progress.completed ?? 0
  const total = data?.progress.total ?? 0
  const tenth = total === 0 ? 0 : Math.floor((10 * completed) / total)
  useEffect(() => {
    if (tenth > 0 && isLive) announce(say('run.announce', { percent: tenth * 10 }))
  }, [tenth, isLive, announce, say])
  useEffect(() => {
    if (isLive) wasLive.current = true
    // who has watched it to the end goes on to what waits; who comes back later sees how it went
    else if (data !== undefined && wasLive.current && data.state !== 'failed')
      go(`/runs/${id}/review`, { replace: true })
  }, [isLive, data, id, go])

  if (job.isError && data === undefined)
    return (
      <Page title={say('run.title')}>
        <Refusal error={job.error} again={() => job.refetch()} />
      </Page>
    )
  if (data === undefined)
    return (
      <Page title={say('run.title')}>
        <Bones rows={4} height={40} />
      </Page>
    )
  const { progress } = data
  const failures = progress.failed
  return (
    <Page title={titleOf(data, words)} lead={<StateMark state={data.state} />} actions={<Controls job={data} />}>
      <Progress job={data} />
      <dl className="figures">
        <Figure label={say('run.success')} value={progress.success} />
        <Figure
          label={say('run.fallback')}
          value={progress.fallback}
          href={`/runs/${id}/review?view=all&status=fallback`}
        />
        <Figure label={say('run.failed')} value={failures} href={`/runs/${id}/review?view=all&status=failed`} />
        <div>
          <dt>{say('run.elapsed')}</dt>
          <dd>{words.span(progress.elapsed_seconds)}</dd>
        </div>
      </dl>
      {data.state === 'running' && (
        <p className="muted" style={{ minHeight: 20 }}>
          {live.isConnected ? say('run.leave') : say('run.reconnecting')}
        </p>
      )}
      <div className="columns">
        {(isLive || live.series.length > 0) && (
          <section className="stack" aria-label={say('run.newest')}>
            <h2>{say('run.newest')}</h2>
            <LiveTable rows={live.series} jobId={id} />
          </section>
        )}
        <section className="stack">
          <Counts
            title={say('run.models')}
            counts={isLive ? live.models : data.models}
            nameOf={(model) => modelName(model, say)}
            isModel
          />
        </section>
      </div>
      <Remarks problems={data.problems} />
    </Page>
  )
}

function Figure({ label, value, href }: { readonly label: string; readonly value: number; readonly href?: string }) {
  const { number } = useWords()
  return (
    <div>
      <dt>{label}</dt>
      <dd>{href !== undefined && value > 0 ? <Link href={href}>{number(value, 12)}</Link> : number(value, 12)}</dd>
    </div>
  )
}

type Control = 'pause' | 'resume' | 'cancel' | 'retry'

/** What can be done with a run as it stands. */
function Controls({ job }: { readonly job: Job }) {
  const { say } = useWords()
  const client = useQueryClient()
  const [asked, setAsked] = useState<Control | null>(null)
  const act = useMutation({
    mutationFn: (control: Control) => send<Job>('POST', `${jobPath(job.id)}/${control}`),
    onMutate: setAsked,
    onSettled: () => {
      setAsked(null)
      client.invalidateQueries({ queryKey: ['job', job.id] })
    },
  })
  const button = (control: Control, isMain = false) => (
    <button
      type="button"
      className={`button${isMain ? ' primary' : ''}`}
      disabled={asked !== null}
      onClick={() => act.mutate(control)}
      data-testid={control}
    >
      {say(`run.${control}`)}
    </button>
  )
  return (
    <>
      {hasEnded(job) && job.progress.completed > 0 && (
        <Link href={`/runs/${job.id}/review`} className="button primary">
          {say('run.review')}
        </Link>
      )}
      {job.state === 'paused' && button('resume', true)}
      {isUnderWay(job) && button('pause')}
      {!hasEnded(job) && button('cancel')}
      {hasEnded(job) &&
        (job.progress.failed > 0 || job.progress.cancelled > 0 || job.state === 'failed') &&
        button('retry')}
      {act.isError && <Refusal error={act.error} />}
    </>
  )
}
