import { useInfiniteQuery } from '@tanstack/react-query'
import { useAddress } from '../data/address.ts'
import { type ChangePage, get, jobPath, type Summary } from '../data/api.ts'
import { hasEnded, titleOf, useJobs } from '../data/jobs.ts'
import { Bones } from '../parts/bones.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { Refusal } from '../parts/notice.tsx'
import { signed } from '../parts/series-panel.tsx'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'

const PAGE = 200

/** What is different from the run before, and why. */
export function Changes({
  id,
  against,
  isReady,
  hasOneUnit,
}: {
  readonly id: string
  readonly against: Summary['against']
  readonly isReady: boolean
  /** Totals of several units cannot be added up. */
  readonly hasOneUnit: boolean
}) {
  const words = useWords()
  const { say, number, percent, told } = words
  const { get: at, set } = useAddress()
  const jobs = (useJobs().data?.jobs ?? []).filter((job) => job.id !== id && hasEnded(job))
  const other = at('against') ?? against?.job_id ?? null
  const list = useInfiniteQuery({
    queryKey: ['changes', id, other, words.language],
    queryFn: ({ pageParam, signal }) =>
      get<ChangePage>(
        `${jobPath(id)}/compare/${other}`,
        { limit: PAGE, locale: words.language, cursor: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    enabled: other !== null,
  })
  const rows = (list.data?.pages.flatMap(({ changes }) => changes) ?? []).filter(({ causes }) => causes.length > 0)
  return (
    <div className="stack">
      <div className="row">
        <label htmlFor="against">{say('changes.against')}</label>
        <select id="against" value={other ?? ''} onChange={(event) => set({ against: event.target.value || null })}>
          <option value="">{say('changes.none_chosen')}</option>
          {jobs.map((job) => (
            <option key={job.id} value={job.id}>
              {titleOf(job, words)} · {words.moment(job.created_at)}
            </option>
          ))}
        </select>
      </div>
      {isReady && other === null && <p className="muted reading">{say('changes.no_other')}</p>}
      {against !== null && (
        <p className="reading">
          {say('changes.summary', {
            ...{ both: against.both, changed: against.changed, added: against.added, gone: against.gone },
          })}
          {against.change !== null &&
            hasOneUnit &&
            ` ${say('changes.total', { change: signed(against.change, percent) })}`}
        </p>
      )}
      {list.isError && <Refusal error={list.error} again={() => list.refetch()} />}
      {list.isLoading && <Bones rows={8} />}
      {list.isSuccess && rows.length === 0 && <p className="mark good">{say('changes.nothing')}</p>}
      {rows.length > 0 && (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{say('ui.report.column.series')}</th>
                <th scope="col" className="number">
                  {say('ui.report.column.total_before')}
                </th>
                <th scope="col" className="number">
                  {say('ui.report.column.total')}
                </th>
                <th scope="col" className="number">
                  {say('ui.report.column.change')}
                </th>
                <th scope="col">{say('changes.why')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <td>
                    <button
                      type="button"
                      className="title name"
                      onClick={() => set({ view: 'all', q: row.name, series: row.name }, 'push')}
                    >
                      {row.name}
                    </button>
                  </td>
                  <td className="number">{number(row.before ?? row.other?.total)}</td>
                  <td className="number">{number(row.after ?? row.this?.total)}</td>
                  <td className="number">{row.total_change === null ? '–' : signed(row.total_change, percent)}</td>
                  <td className="small">
                    {row.causes.map(({ text }) => told(text)).join(' ')}
                    {row.this !== null && row.other !== null && row.this.model !== row.other.model && (
                      <span className="muted">
                        {' '}
                        {modelName(row.other.model, say)} → {modelName(row.this.model, say)}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list} />
    </div>
  )
}
