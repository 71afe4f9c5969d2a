import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReviewState } from '../../../src/contract/review.ts'
import { useAddress } from '../data/address.ts'
import { type ExceptionPage, get, jobPath } from '../data/api.ts'
import { Bones } from '../parts/bones.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { Refusal } from '../parts/notice.tsx'
import { useReview } from '../parts/review-buttons.tsx'
import { useWords } from '../words/words.tsx'
import { InboxRow } from './inbox-row.tsx'
import { useKeys } from './walk.ts'

const STATES = ['open', 'later', 'accepted'] as const
const PAGE = 50

/** What waits for a person, the most at stake first. A row that was dealt with stays where it is until the list is read anew. */
export function Inbox({ id }: { readonly id: string }) {
  const { say, number, language } = useWords()
  const { get: at, set } = useAddress()
  const kind = at('kind')
  const state = STATES.find((each) => each === at('state')) ?? 'open'
  const chosen = at('series')
  const list = useInfiniteQuery({
    queryKey: ['exceptions', id, kind, state, language],
    queryFn: ({ pageParam, signal }) =>
      get<ExceptionPage>(
        `${jobPath(id)}/exceptions`,
        { kind, state, limit: PAGE, locale: language, cursor: pageParam },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [done, setDone] = useState<Readonly<Record<string, ReviewState>>>({})
  const review = useReview(id)
  const rows = useMemo(() => list.data?.pages.flatMap(({ exceptions }) => exceptions) ?? [], [list.data])
  // a series is one row: where its worst stands, with all that is the matter
  const groups = useMemo(() => [...Map.groupBy(rows, ({ series }) => series).values()], [rows])
  const names = useMemo(() => groups.map(([first]) => first!.series), [groups])
  const place = chosen === null ? -1 : names.indexOf(chosen)
  const body = useRef<HTMLUListElement>(null)

  const stand = (name: string | undefined): void => {
    if (name === undefined) return
    set({ series: name })
    const row = [...(body.current?.children ?? [])].find((each) => (each as HTMLElement).dataset.series === name)
    row?.scrollIntoView({ block: 'nearest' })
  }
  const onward = (from: number): void => stand(names.slice(from + 1).find((name) => !(name in done)) ?? names[from + 1])
  const put = (name: string, next: ReviewState): void => {
    review.mutate({ name, state: next })
    setDone({ ...done, [name]: next })
    onward(names.indexOf(name))
  }
  useKeys({
    j: () => stand(names[place + 1]),
    k: () => stand(names[Math.max(0, place - 1)]),
    Escape: () => set({ series: null }),
    ...(chosen !== null && {
      a: () => put(chosen, 'accepted'),
      l: () => put(chosen, 'later'),
      e: () => {
        set({ part: 'override' })
        setTimeout(() => dispatchEvent(new Event('arfc:override')), 50)
      },
    }),
  })
  // what the panel beside has done counts here too
  useEffect(() => {
    const on = (): void => {
      if (chosen === null) return
      setDone((before) => ({ ...before, [chosen]: 'accepted' }))
      onward(names.indexOf(chosen))
    }
    addEventListener('arfc:reviewed', on)
    return () => removeEventListener('arfc:reviewed', on)
  })

  const first = list.data?.pages[0]
  if (list.isError) return <Refusal error={list.error} again={() => list.refetch()} />
  if (first === undefined) return <Bones rows={8} height={56} />
  const kinds = Object.entries(first.totals.by_kind)
  return (
    <div className="stack">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <fieldset className="chips">
          <legend className="hush">{say('inbox.kinds')}</legend>
          <button type="button" className="button" aria-pressed={kind === null} onClick={() => set({ kind: null })}>
            {say('inbox.all_kinds')}
          </button>
          {kinds.map(([each, { count }]) => (
            <button
              key={each}
              type="button"
              className="button"
              aria-pressed={kind === each}
              onClick={() => set({ kind: kind === each ? null : each })}
            >
              {say(`ui.report.finding.${each}`)} <span className="muted">{number(count, 12)}</span>
            </button>
          ))}
        </fieldset>
        <label className="row">
          <span className="hush">{say('inbox.state')}</span>
          <select
            value={state}
            onChange={(event) => set({ state: event.target.value === 'open' ? null : event.target.value })}
          >
            {STATES.map((each) => (
              <option key={each} value={each}>
                {say(`inbox.state_${each}`, { count: first.by_state[each] })}
              </option>
            ))}
          </select>
        </label>
      </div>
      {rows.length === 0 ? (
        <div className="stack reading" style={{ padding: '24px 0' }}>
          <h2 className="mark good">{say(state === 'open' ? 'inbox.empty' : 'inbox.none_here')}</h2>
          <p className="muted">{say('inbox.empty_text')}</p>
        </div>
      ) : (
        <>
          <p className="small muted">
            {say(first.totals.basis === 'value' ? 'inbox.by_value' : 'inbox.by_quantity', {
              shown: rows.length,
              total: first.total,
            })}
          </p>
          <ul ref={body} className="inbox" aria-label={say('review.view.inbox')}>
            {groups.map((each) => (
              <InboxRow
                key={each[0]!.series}
                exceptions={each}
                isChosen={each[0]!.series === chosen}
                isNarrow={chosen !== null}
                done={done[each[0]!.series] ?? null}
                open={() => set({ series: each[0]!.series }, 'push')}
                put={(next) => put(each[0]!.series, next)}
              />
            ))}
          </ul>
          <MoreButton list={list} />
        </>
      )}
    </div>
  )
}
