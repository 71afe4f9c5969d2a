import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useLocation } from 'wouter'
import { aboutQuery } from '../data/about.ts'
import { type Config, type Estimate, type Job, send } from '../data/api.ts'
import { useCheck, useNewRun, usualOf } from '../data/new-run.ts'
import { Advanced } from '../parts/advanced.tsx'
import { Bones } from '../parts/bones.tsx'
import { Choice } from '../parts/field.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { Notice, Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { Steps } from '../parts/steps.tsx'
import { useWords } from '../words/words.tsx'

const EFFORTS = ['fast', 'balanced', 'thorough'] as const
/** Periods where a history has no season, as on the command line. */
const WITHOUT_SEASON = 6

/** What will it do, how long will it take? */
export function ConfigurePage() {
  const words = useWords()
  const { say, number, span } = words
  const run = useNewRun()
  const [, go] = useLocation()
  const check = useCheck(run)
  const about = useQuery(aboutQuery)
  const key = useRef(crypto.randomUUID())
  const usual = check.data === undefined ? null : usualOf(check.data)
  const steps =
    run.steps ?? (usual === null || usual.seasonLength <= 1 ? WITHOUT_SEASON : Math.round(usual.seasonLength))
  const { config } = run
  const request = { uploads: run.uploads, read: run.read, config, forecast_steps: steps }
  const estimate = useQuery({
    queryKey: ['estimate', request],
    queryFn: ({ signal }) => send<Estimate>('POST', '/estimates', { body: request, signal }),
    enabled: check.data !== undefined && check.data.refused === null,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  })
  const tooManyRejects = check.data !== undefined && check.data.totals.rejected > 0.2 * check.data.totals.rows_in
  const start = useMutation({
    mutationFn: () =>
      send<Job>('POST', '/jobs', {
        body: {
          ...request,
          ...(run.name !== null && { name: run.name }),
          ...(tooManyRejects && { accept_rejects: true }),
        },
        headers: { 'idempotency-key': key.current },
      }),
    onSuccess: ({ id }) => go(`/runs/${id}`),
    // what was refused may be mended and sent again: that is another request
    onError: () => {
      key.current = crypto.randomUUID()
    },
  })
  if (run.uploads.length === 0)
    return (
      <Page title={say('configure.title')}>
        <Nothing title={say('check.no_files')} text={say('check.no_files_text')} to="/new" action={say('runs.new')} />
      </Page>
    )
  const set = (changes: Partial<Record<keyof Config, unknown>>): void =>
    run.change({
      config: Object.fromEntries(
        Object.entries({ ...config, ...changes }).filter(([, value]) => value !== undefined),
      ) as Config,
    })
  const time = estimate.data
  const seriesCount = check.data?.series_total ?? null
  return (
    <Page
      title={say('configure.title')}
      lead={<Steps at="configure" run={run} isReady={check.data?.refused === null} />}
      actions={
        <button
          type="button"
          className="button primary"
          disabled={check.data === undefined || check.data.refused !== null || start.isPending}
          onClick={() => start.mutate()}
          data-testid="start"
        >
          {say('configure.start')}
        </button>
      }
    >
      {check.isError && <Refusal error={check.error} again={() => check.refetch()} />}
      {start.isError && <Refusal error={start.error} />}
      {check.isPending && <Bones rows={2} height={36} />}
      {seriesCount !== null && usual !== null && (
        <>
          <p className="sentence">
            {say('configure.forecast')}{' '}
            <input
              type="number"
              aria-label={say('configure.horizon')}
              min={1}
              max={10_000}
              key={steps}
              defaultValue={steps}
              style={{ width: 84 }}
              onBlur={(event) => changeSteps(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && changeSteps(event.currentTarget.value)}
              data-testid="horizon"
            />{' '}
            {say('configure.periods', { steps, frequency: usual.frequency ?? 'none' })}{' '}
            {say('configure.for_series', { count: seriesCount })}{' '}
            <select
              aria-label={say('configure.effort')}
              value={config.effort ?? 'balanced'}
              onChange={(event) => set({ effort: event.target.value === 'balanced' ? undefined : event.target.value })}
            >
              {EFFORTS.map((effort) => (
                <option key={effort} value={effort}>
                  {say(`configure.effort_${effort}`)}
                </option>
              ))}
            </select>
            {time !== undefined && (
              <span data-testid="estimate">
                {say('configure.about', { from: span(time.seconds_range[0]), to: span(time.seconds_range[1]) })}
              </span>
            )}
            {say('configure.end')}
          </p>
          <p className="muted reading">
            {say(`configure.effort_${config.effort ?? 'balanced'}_text`)}{' '}
            {time !== undefined &&
              say(time.measured ? 'configure.measured' : 'configure.assumed', { workers: time.workers })}
          </p>
          {estimate.isError && <Refusal error={estimate.error} again={() => estimate.refetch()} />}
          {tooManyRejects && (
            <Notice
              mark="attention"
              title={say('configure.rejects', {
                rejected: number(check.data!.totals.rejected, 12),
                rows: number(check.data!.totals.rows_in, 12),
              })}
            />
          )}
          <div style={{ maxWidth: 420 }}>
            <Choice
              label={say('configure.preset')}
              value={config.preset ?? ''}
              options={[
                ['', say('configure.preset_none')],
                ...Object.keys(about.data?.presets ?? {}).map(
                  (name) => [name, say(`configure.preset_${name}`)] as const,
                ),
              ]}
              onChange={(value) => set({ preset: value === '' ? undefined : value })}
              hint={say('configure.preset_hint')}
            />
          </div>
          <details>
            <summary>{say('configure.advanced')}</summary>
            {about.data !== undefined && (
              <Advanced
                config={config}
                about={about.data}
                steps={steps}
                set={set}
                setSteps={(value) => run.change({ steps: value })}
                name={run.name ?? ''}
                setName={(name) => run.change({ name: name === '' ? null : name })}
              />
            )}
          </details>
        </>
      )}
    </Page>
  )

  function changeSteps(text: string): void {
    const value = Number(text)
    if (Number.isInteger(value) && value >= 1 && value <= 10_000) run.change({ steps: value })
  }
}
