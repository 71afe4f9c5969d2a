import { Link } from 'wouter'
import { useAddress } from '../data/address.ts'
import { isUnderWay, titleOf, useJob } from '../data/jobs.ts'
import { useSummary } from '../data/summary.ts'
import { Bones } from '../parts/bones.tsx'
import { Icon } from '../parts/icon.tsx'
import { Notice, Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { SeriesPanel } from '../parts/series-panel.tsx'
import { AllSeries } from '../review/all-series.tsx'
import { Changes } from '../review/changes.tsx'
import { Inbox } from '../review/inbox.tsx'
import { Overview } from '../review/overview.tsx'
import { stakeOf } from '../review/stake.ts'
import { useWords } from '../words/words.tsx'

const VIEWS = ['inbox', 'all', 'overview', 'changes'] as const

/** Which series need me first? */
export function ReviewPage({ id }: { readonly id: string }) {
  const words = useWords()
  const { say } = words
  const { get: at, set, search } = useAddress()
  const job = useJob(id)
  const against = at('against')
  const summary = useSummary(id, against)
  const view = VIEWS.find((each) => each === at('view')) ?? 'inbox'
  const chosen = at('series')
  const data = summary.data
  const isMaster = view === 'inbox' || view === 'all'
  const to = (next: string): string => {
    const query = new URLSearchParams(search)
    query.set('view', next)
    return `/runs/${id}/review?${query}`
  }
  const lead = (() => {
    if (data === undefined) return <span>&nbsp;</span>
    const stake = stakeOf(data, words)
    return (
      <span data-testid="headline">
        {say('review.headline', { waiting: data.reviews.open, series: data.series })}
        {data.reviews.open > 0 && stake !== null && ` · ${stake}`}
      </span>
    )
  })()
  return (
    <Page
      title={job.data === undefined ? say('nav.review') : titleOf(job.data, words)}
      lead={lead}
      actions={
        <>
          <Link href={`/runs/${id}/export`} className="button primary" data-testid="to-export">
            {say('nav.export')}
          </Link>
          <Link href={`/runs/${id}`} className="button">
            {say('review.run')}
          </Link>
        </>
      }
    >
      {job.isError && <Refusal error={job.error} again={() => job.refetch()} />}
      {job.data !== undefined && isUnderWay(job.data) && (
        <Notice mark="info" title={say('review.under_way')}>
          <Link href={`/runs/${id}`}>{say('review.watch')}</Link>
        </Notice>
      )}
      <nav className="tabs" aria-label={say('review.views')}>
        {VIEWS.map((each) => (
          <Link key={each} href={to(each)} {...(each === view && { 'aria-current': 'page' as const })}>
            {say(`review.view.${each}`)}
          </Link>
        ))}
      </nav>
      <div className={`master${isMaster && chosen !== null ? '' : ' alone'}`}>
        <div style={{ minWidth: 0 }}>
          {view === 'inbox' && <Inbox id={id} />}
          {view === 'all' && <AllSeries id={id} isNarrow={chosen !== null} />}
          {view === 'overview' && (data === undefined ? <Bones rows={10} /> : <Overview id={id} summary={data} />)}
          {view === 'changes' && (
            <Changes
              id={id}
              against={data?.against ?? null}
              isReady={data !== undefined}
              hasOneUnit={data?.totals.length === 1}
            />
          )}
          {view === 'overview' && summary.isError && <Refusal error={summary.error} again={() => summary.refetch()} />}
        </div>
        {isMaster && chosen !== null && (
          <aside className="detail appears" aria-label={chosen}>
            <div style={{ float: 'inline-end' }}>
              <button
                type="button"
                className="button plain"
                aria-label={say('action.close')}
                onClick={() => set({ series: null })}
              >
                <Icon name="close" />
              </button>
            </div>
            <SeriesPanel
              key={chosen}
              id={id}
              name={chosen}
              view={at('part')}
              choose={(part) => set({ part })}
              onReviewed={() => dispatchEvent(new Event('arfc:reviewed'))}
            />
          </aside>
        )}
      </div>
    </Page>
  )
}
