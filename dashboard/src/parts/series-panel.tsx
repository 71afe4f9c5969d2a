import { useState } from 'react'
import { Link } from 'wouter'
import { DecompositionChart } from '../charts/decomposition-chart.tsx'
import { ForecastChart } from '../charts/forecast-chart.tsx'
import { useBefore, useDetail } from '../data/detail.ts'
import { titleOf, useJob } from '../data/jobs.ts'
import { useSummary } from '../data/summary.ts'
import { useWords } from '../words/words.tsx'
import { Backtest } from './backtest.tsx'
import { Bones } from './bones.tsx'
import { Candidates } from './candidates.tsx'
import { Found } from './found.tsx'
import { Notice, Refusal } from './notice.tsx'
import { OverrideGrid } from './override-grid.tsx'
import { ReviewButtons } from './review-buttons.tsx'
import { Stock } from './stock.tsx'
import { Why } from './why.tsx'

const VIEWS = ['why', 'override', 'backtest', 'stock', 'decomposition', 'data'] as const
type View = (typeof VIEWS)[number]

/** What will happen, how sure, and why: one series whole. */
export function SeriesPanel({
  id,
  name,
  view,
  choose,
  isPage = false,
  onReviewed,
}: {
  readonly id: string
  readonly name: string
  readonly view: string | null
  readonly choose: (view: string) => void
  readonly isPage?: boolean
  readonly onReviewed?: (state: string) => void
}) {
  const words = useWords()
  const { say, number, percent, told } = words
  const detail = useDetail(id, name)
  const job = useJob(id)
  const against = useSummary(id).data?.against
  const before = useBefore(against?.job_id ?? null, name)
  const [showsBefore, setShowsBefore] = useState(true)
  if (detail.isError) return <Refusal error={detail.error} again={() => detail.refetch()} />
  if (detail.data === undefined) return <Bones rows={10} height={32} />
  const { value, etag } = detail.data
  const { row, forecast } = value
  const at: View = VIEWS.find((each) => each === view) ?? 'why'
  const total = forecast?.published.reduce<number>((sum, each) => sum + (each ?? 0), 0) ?? null
  const past = value.history.values.slice(-value.horizon)
  const pastTotal =
    past.length === value.horizon && past.every((each) => each !== null) ? past.reduce((a, b) => a! + b!, 0) : null
  const stamp = `${job.data === undefined ? '' : titleOf(job.data, words)} · ${job.data === undefined ? '' : words.moment(job.data.created_at)}`
  const has: Readonly<Record<View, boolean>> = {
    ...{ why: true, override: forecast !== null, backtest: true, stock: value.supply !== null },
    ...{ decomposition: value.decomposition !== null, data: true },
  }
  return (
    <article className="stack" style={{ gap: 16 }} aria-label={name}>
      <header className="stack" style={{ gap: 8 }}>
        <div className="row">
          {!isPage && (
            <h2 className="name" style={{ fontSize: 20, flex: '1 1 200px' }}>
              {name}
            </h2>
          )}
          {!isPage && (
            <Link href={`/runs/${id}/series/${encodeURIComponent(name)}`} className="button plain">
              {say('series.open')}
            </Link>
          )}
          <ReviewButtons id={id} name={name} review={row.review} onReviewed={onReviewed} />
        </div>
        <dl className="figures">
          <div>
            <dt>
              {say('series.total', {
                count: value.horizon,
                periods: say('configure.periods', { steps: value.horizon, frequency: value.frequency ?? 'none' }),
              })}
              {row.unit !== null && `, ${row.unit}`}
            </dt>
            <dd>
              {number(total)}{' '}
              {total !== null && pastTotal !== null && pastTotal !== 0 && (
                <span className="small">
                  {say('series.against_past', { change: signed(total / pastTotal - 1, percent) })}
                </span>
              )}
            </dd>
          </div>
          <div>
            <dt>{say('ui.report.column.confidence')}</dt>
            <dd>
              {row.confidence_grade === null ? (
                '–'
              ) : (
                <>
                  {percent(row.confidence)}{' '}
                  <span className="small">{say(`ui.report.grade.${row.confidence_grade}`)}</span>
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>{say('ui.report.column.pattern')}</dt>
            <dd style={{ fontSize: 16 }}>{row.pattern === null ? '–' : say(`ui.report.pattern.${row.pattern}`)}</dd>
          </div>
          <div>
            <dt>{say('ui.report.column.model')}</dt>
            <dd style={{ fontSize: 16 }}>
              {row.model === 'ensemble'
                ? say('ui.report.model_ensemble', { count: value.members.length })
                : (row.model_label ?? '–')}
            </dd>
          </div>
        </dl>
      </header>
      {row.status !== 'success' && (
        <Notice
          mark={row.status === 'failed' ? 'bad' : 'attention'}
          title={told(value.because?.text ?? value.problems[0]?.text ?? say(`ui.report.status.${row.status}`))}
        />
      )}
      <div className={isPage ? 'beside' : 'stack'} style={{ gap: 24 }}>
        <div className="stack" style={{ gap: 8 }}>
          {(forecast !== null || value.history.values.length > 0) && (
            <ForecastChart
              detail={value}
              before={showsBefore ? (before.data ?? null) : null}
              stamp={stamp}
              title={say('series.chart', { unit: row.unit ?? 'none' })}
            />
          )}
          {forecast !== null && (
            <p className="small muted row">
              <span style={{ color: 'var(--accent)' }}>━</span> {say('series.key')}
              {before.data?.forecast && (
                <label className="check">
                  <input
                    type="checkbox"
                    checked={showsBefore}
                    onChange={(event) => setShowsBefore(event.target.checked)}
                  />
                  {say('series.show_before')}
                </label>
              )}
            </p>
          )}
        </div>
        <div className="stack" style={{ gap: 12 }}>
          <div className="tabs" role="tablist" aria-label={say('series.views')}>
            {VIEWS.filter((each) => has[each]).map((each) => (
              <button
                key={each}
                type="button"
                role="tab"
                id={`tab-${each}`}
                aria-selected={at === each}
                aria-controls="series-view"
                onClick={() => choose(each)}
              >
                {say(`series.view.${each}`)}
              </button>
            ))}
          </div>
          <div id="series-view" role="tabpanel" aria-labelledby={`tab-${at}`}>
            {at === 'why' && (
              <div className="stack" style={{ gap: 24 }}>
                <Why detail={value} />
                <Candidates detail={value} />
              </div>
            )}
            {at === 'override' && forecast !== null && (
              <OverrideGrid key={`${name} ${etag}`} id={id} name={name} detail={value} etag={etag} />
            )}
            {at === 'backtest' && <Backtest detail={value} stamp={stamp} />}
            {at === 'stock' && <Stock detail={value} />}
            {at === 'decomposition' && <DecompositionChart detail={value} stamp={stamp} />}
            {at === 'data' && <Found detail={value} />}
          </div>
        </div>
      </div>
    </article>
  )
}

export const signed = (share: number, percent: (share: number) => string): string =>
  `${share > 0 ? '+' : ''}${percent(share)}`
