import { Route, Switch, useLocation } from 'wouter'
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

/** Loads the page of an address while the words are still on their way. */
export function preload(path: string): void {
  const page = path.endsWith('/review')
    ? Review
    : path.endsWith('/export')
      ? Export
      : path.includes('/series/')
        ? Series
        : path.startsWith('/runs/')
          ? Run
          : path === '/new'
            ? Upload
            : path === '/new/check'
              ? Check
              : path === '/new/configure'
                ? Configure
                : null
  // one that does not come is told where it is shown
  page?.load().catch(() => {})
}

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

/** The pages by their addresses. */
export function App() {
  const { say } = useWords()
  const [path] = useLocation()
  return (
    <Shell>
      <Rescue place={path} instead={<Failed />}>
        <Switch>
          <Route path="/">
            <Runs />
          </Route>
          <Route path="/new">
            <Upload />
          </Route>
          <Route path="/new/check">
            <Check />
          </Route>
          <Route path="/new/configure">
            <Configure />
          </Route>
          <Route path="/runs/:id">{({ id }) => <Run key={id} id={id} />}</Route>
          <Route path="/runs/:id/review">{({ id }) => <Review key={id} id={id} />}</Route>
          <Route path="/runs/:id/series/:name">{({ id }) => <Series id={id} name={seriesInAddress()} />}</Route>
          <Route path="/runs/:id/export">{({ id }) => <Export key={id} id={id} />}</Route>
          <Route path="/settings">
            <Settings />
          </Route>
          <Route>
            <Nothing title={say('page.unknown')} text={say('page.unknown_help')} to="/" action={say('nav.runs')} />
          </Route>
        </Switch>
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
