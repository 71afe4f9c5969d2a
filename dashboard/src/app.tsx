import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { pageOf } from './pages/page-of.tsx'
import { Runs } from './pages/runs.tsx'
import { Nothing } from './parts/nothing.tsx'
import { Notice } from './parts/notice.tsx'
import { Rescue } from './parts/rescue.tsx'
import { Shell } from './parts/shell.tsx'
import { useWords } from './words/words.tsx'

const Upload = pageOf(() => import('./pages/upload.tsx').then(({ UploadPage }) => UploadPage))
const Check = pageOf(() => import('./pages/check.tsx').then(({ CheckPage }) => CheckPage))
const Configure = pageOf(() => import('./pages/configure.tsx').then(({ ConfigurePage }) => ConfigurePage))
const Run = pageOf(() => import('./pages/run.tsx').then(({ RunPage }) => RunPage))
const Review = pageOf(() => import('./pages/review.tsx').then(({ ReviewPage }) => ReviewPage))
const Series = pageOf(() => import('./pages/series.tsx').then(({ SeriesPage }) => SeriesPage))
const Export = pageOf(() => import('./pages/export.tsx').then(({ ExportPage }) => ExportPage))
const Settings = pageOf(() => import('./pages/settings.tsx').then(({ SettingsPage }) => SettingsPage))

/** The name of a series, from the address itself: the router has decoded a part of what it gives. */
function seriesInAddress(): string {
  const part = location.pathname.split('/series/')[1] ?? ''
  try {
    return decodeURIComponent(part)
  } catch {
    // an address that somebody cut short: there is no such series, which is then said
    return part
  }
}

interface Place {
  readonly at: RegExp
  /** Of a page that is a file of its own. */
  readonly load?: () => Promise<unknown>
  /** `run`: the one in the address. */
  readonly show: (run: string) => ReactNode
}

/** The pages by their addresses. */
const PLACES: readonly Place[] = [
  { at: /^\/$/, show: () => <Runs /> },
  { at: /^\/new\/?$/, load: Upload.load, show: () => <Upload /> },
  { at: /^\/new\/check\/?$/, load: Check.load, show: () => <Check /> },
  { at: /^\/new\/configure\/?$/, load: Configure.load, show: () => <Configure /> },
  { at: /^\/runs\/[^/]+\/?$/, load: Run.load, show: (run) => <Run key={run} id={run} /> },
  { at: /^\/runs\/[^/]+\/review\/?$/, load: Review.load, show: (run) => <Review key={run} id={run} /> },
  { at: /^\/runs\/[^/]+\/export\/?$/, load: Export.load, show: (run) => <Export key={run} id={run} /> },
  { at: /^\/runs\/[^/]+\/series\/.+$/, load: Series.load, show: (run) => <Series id={run} name={seriesInAddress()} /> },
  { at: /^\/settings\/?$/, load: Settings.load, show: () => <Settings /> },
]

const placeOf = (path: string): Place | undefined => PLACES.find(({ at }) => at.test(path))

/** Loads the page of an address while the words are still on their way; one that does not come is told where it is shown. */
export function preload(path: string): void {
  placeOf(path)
    ?.load?.()
    .catch(() => {})
}

/** The page of the address, among what stands around every page. */
export function App() {
  const { say } = useWords()
  const [path] = useLocation()
  const run = path.split('/')[2] ?? ''
  return (
    <Shell>
      <Rescue place={path} instead={<Failed />}>
        {placeOf(path)?.show(run) ?? (
          <Nothing title={say('page.unknown')} text={say('page.unknown_help')} to="/" action={say('nav.runs')} />
        )}
      </Rescue>
    </Shell>
  )
}

function Failed() {
  const { say } = useWords()
  return (
    <div className="page">
      <Notice mark="bad" title={say('page.failed')}>
        <p>{say('page.failed_help')}</p>
        <div>
          <button type="button" className="button primary" onClick={() => location.reload()}>
            {say('action.reload')}
          </button>
        </div>
      </Notice>
    </div>
  )
}
