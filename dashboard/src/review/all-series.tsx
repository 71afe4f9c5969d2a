import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { Spark } from '../charts/spark.tsx'
import { useAddress } from '../data/address.ts'
import { get, jobPath, type ResultPage, type ResultRow } from '../data/api.ts'
import { Bones } from '../parts/bones.tsx'
import { Refusal } from '../parts/notice.tsx'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'
import { FilterBar } from './filter-bar.tsx'
import { NONE, queryOf, useFilters } from './filters.ts'
import { useKeys } from './walk.ts'

const PAGE = 500
const ROW = 36
const MARKS: Readonly<Record<string, string>> = {
  success: 'good',
  fallback: 'attention',
  failed: 'bad',
  cancelled: 'none',
}

interface Column {
  readonly key: string
  readonly word: string
  readonly sort?: string
  readonly isNumber?: boolean
  readonly isWide?: boolean
}

const COLUMNS: readonly Column[] = [
  { key: 'name', word: 'ui.report.column.series', sort: 'name' },
  { key: 'spark', word: 'all.picture', isWide: true },
  { key: 'total', word: 'ui.report.column.total', sort: 'total', isNumber: true },
  { key: 'confidence', word: 'ui.report.column.confidence', sort: 'confidence', isNumber: true },
  { key: 'skill', word: 'all.skill', sort: 'skill', isNumber: true, isWide: true },
  { key: 'model', word: 'ui.report.column.model', sort: 'model', isWide: true },
  { key: 'pattern', word: 'ui.report.column.pattern', sort: 'pattern', isWide: true },
  { key: 'safety_stock', word: 'ui.report.column.safety_stock', isNumber: true, isWide: true },
  { key: 'reorder_point', word: 'ui.report.column.reorder_point', isNumber: true, isWide: true },
]

/** Every series of a run: sorted and narrowed by the server, drawn as far as it is seen. */
export function AllSeries({ id, isNarrow }: { readonly id: string; readonly isNarrow: boolean }) {
  const words = useWords()
  const { say, number } = words
  const { get: at, set } = useAddress()
  const { filters, set: setFilters, isAny } = useFilters()
  const chosen = at('series')
  const list = useInfiniteQuery({
    queryKey: ['results', id, filters],
    queryFn: ({ pageParam, signal }) =>
      get<ResultPage>(`${jobPath(id)}/results`, { ...queryOf(filters), limit: PAGE, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  })
  const rows = useMemo(() => list.data?.pages.flatMap(({ results }) => results) ?? [], [list.data])
  const total = list.data?.pages[0]?.total ?? 0
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - 1 && list.hasNextPage && !list.isFetching) list.fetchNextPage()
  }, [last, rows.length, list])
  const place = chosen === null ? -1 : rows.findIndex(({ name }) => name === chosen)
  // an address that names a series shows it in the list too
  const isShown = useRef(false)
  useEffect(() => {
    if (isShown.current || place === -1) return
    isShown.current = true
    virtual.scrollToIndex(place, { align: 'center' })
  }, [place, virtual])
  const stand = (i: number): void => {
    const row = rows[i]
    if (row === undefined) return
    set({ series: row.name })
    virtual.scrollToIndex(i)
  }
  useKeys({
    j: () => stand(place + 1),
    k: () => stand(Math.max(0, place - 1)),
    Escape: () => set({ series: null }),
  })
  const columns = COLUMNS.filter(({ isWide }) => !(isNarrow && isWide))
  const order = filters.sort ?? 'position'
  const by = (sort: string): void =>
    setFilters({ sort: order === sort ? `-${sort}` : order === `-${sort}` ? null : sort })
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div className="stack">
      <FilterBar id={id} rows={rows} isNarrow={isNarrow} />
      {list.isError && <Refusal error={list.error} again={() => list.refetch()} />}
      {list.isPending && <Bones rows={10} height={24} />}
      {list.isSuccess && total === 0 && (
        <div className="stack reading">
          <h2>{say(isAny ? 'all.none_match' : 'all.none')}</h2>
          {isAny && (
            <p>
              <button type="button" className="button" onClick={() => setFilters({ ...NONE, sort: filters.sort })}>
                {say('all.clear')}
              </button>
            </p>
          )}
        </div>
      )}
      {total > 0 && (
        <>
          <p className="small muted" aria-live="polite" data-testid="matching">
            {say('all.matching', { total })}
          </p>
          <section
            ref={scroll}
            className={isNarrow ? 'virtual narrow' : 'virtual'}
            tabIndex={0}
            aria-label={say('review.view.all')}
            aria-busy={list.isPlaceholderData}
          >
            <table aria-rowcount={total + 1}>
              <thead>
                <tr>
                  {columns.map(({ key, word, sort, isNumber, isWide }) => (
                    <th
                      key={key}
                      scope="col"
                      className={`${isNumber ? 'number' : ''}${isWide ? ' wide-only' : ''}`}
                      aria-sort={
                        sort === undefined
                          ? undefined
                          : order === sort
                            ? 'ascending'
                            : order === `-${sort}`
                              ? 'descending'
                              : 'none'
                      }
                    >
                      {sort === undefined ? (
                        say(word)
                      ) : (
                        <button type="button" className="sort" onClick={() => by(sort)}>
                          {say(word)}
                          <span aria-hidden="true">{order === sort ? ' ↑' : order === `-${sort}` ? ' ↓' : ''}</span>
                        </button>
                      )}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {before > 0 && (
                  <tr>
                    <td colSpan={columns.length} style={{ height: before, padding: 0, border: 0 }} />
                  </tr>
                )}
                {items.map(({ index }) => {
                  const row = rows[index]
                  return (
                    <tr
                      key={index}
                      aria-rowindex={index + 2}
                      className={row !== undefined && row.name === chosen ? 'chosen' : ''}
                      style={{ height: ROW }}
                    >
                      {columns.map((column) => (
                        <td
                          key={column.key}
                          className={`${column.isNumber ? 'number' : 'cut'}${column.isWide ? ' wide-only' : ''}`}
                        >
                          {row === undefined ? (
                            <div className="bone" />
                          ) : column.key === 'name' ? (
                            <button
                              type="button"
                              className="title"
                              title={row.name}
                              onClick={() => set({ series: row.name }, 'push')}
                            >
                              <span className={`mark ${MARKS[row.status]}`}>
                                <span className="hush">{say(`ui.report.status.${row.status}`)}</span>
                              </span>
                              {row.name}
                              {row.overridden && <span style={{ color: 'var(--override)' }}> ◆</span>}
                            </button>
                          ) : (
                            cell(column.key, row, words)
                          )}
                        </td>
                      ))}
                    </tr>
                  )
                })}
                {after > 0 && (
                  <tr>
                    <td colSpan={columns.length} style={{ height: after, padding: 0, border: 0 }} />
                  </tr>
                )}
              </tbody>
            </table>
          </section>
          <p className="small muted">
            {say('all.sum', {
              rows: number(rows.length, 12),
              total: number(rows.reduce((sum, row) => sum + (row.total ?? 0), 0)),
            })}
          </p>
        </>
      )}
    </div>
  )
}

function cell(key: string, row: ResultRow, { say, number, percent }: ReturnType<typeof useWords>) {
  switch (key) {
    case 'spark':
      return <Spark history={row.sparkline.history} forecast={row.sparkline.forecast} width={110} height={24} />
    case 'confidence':
      return row.confidence === null ? (
        '–'
      ) : (
        <span className={`mark ${{ high: 'good', fair: 'attention', low: 'bad' }[row.confidence_grade ?? ''] ?? ''}`}>
          {percent(row.confidence)}
        </span>
      )
    case 'skill':
      return percent(row.skill)
    case 'model':
      return <span title={row.model_label ?? ''}>{modelName(row.model, say)}</span>
    case 'pattern':
      return row.pattern === null ? '–' : say(`ui.report.pattern.${row.pattern}`)
    case 'total':
      return (
        <>
          {number(row.total)}
          {row.unit !== null && <span className="small muted"> {row.unit}</span>}
        </>
      )
    case 'safety_stock':
      return number(row.safety_stock)
    default:
      return number(row.reorder_point)
  }
}
