import { Link, useLocation } from 'wouter'
import { useAddress } from '../data/address.ts'
import { titleOf, useJob } from '../data/jobs.ts'
import { Page } from '../parts/page.tsx'
import { SeriesPanel } from '../parts/series-panel.tsx'
import { useKeys } from '../review/walk.ts'
import { useWords } from '../words/words.tsx'

/** One series on a page of its own, to be sent to somebody. */
export function SeriesPage({ id, name }: { readonly id: string; readonly name: string }) {
  const words = useWords()
  const { get, set } = useAddress()
  const [, go] = useLocation()
  const job = useJob(id)
  const back = `/runs/${id}/review?${new URLSearchParams({ view: 'all', series: name })}`
  useKeys({
    Escape: () => go(back),
    e: () => {
      set({ part: 'override' })
      setTimeout(() => dispatchEvent(new Event('arfc:override')), 50)
    },
  })
  return (
    <Page
      title={name}
      lead={<Link href={back}>{job.data === undefined ? words.say('nav.review') : titleOf(job.data, words)}</Link>}
    >
      <SeriesPanel key={name} id={id} name={name} view={get('part')} choose={(part) => set({ part })} isPage />
    </Page>
  )
}
