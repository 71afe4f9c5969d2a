import { lazy, Suspense } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { Runs } from './pages/runs.tsx'
import { Bones } from './parts/bones.tsx'
import { Nothing } from './parts/nothing.tsx'
import { Notice } from './parts/notice.tsx'
import { Rescue } from './parts/rescue.tsx'
import { Shell } from './parts/shell.tsx'
import { useWords } from './words/words.tsx'

const Upload = lazy(() => import('./pages/upload.tsx').then((page) => ({ default: page.UploadPage })))
const Check = lazy(() => import('./pages/check.tsx').then((page) => ({ default: page.CheckPage })))
const Configure = lazy(() => import('./pages/configure.tsx').then((page) => ({ default: page.ConfigurePage })))
const Run = lazy(() => import('./pages/run.tsx').then((page) => ({ default: page.RunPage })))
const Review = lazy(() => import('./pages/review.tsx').then((page) => ({ default: page.ReviewPage })))
const Series = lazy(() => import('./pages/series.tsx').then((page) => ({ default: page.SeriesPage })))
const Export = lazy(() => import('./pages/export.tsx').then((page) => ({ default: page.ExportPage })))
const Settings = lazy(() => import('./pages/settings.tsx').then((page) => ({ default: page.SettingsPage })))

/** The pages by their addresses. */
export function App() {
  const { say } = useWords()
  const [path] = useLocation()
  return (
    <Shell>
      <Rescue place={path} instead={<Failed />}>
        <Suspense fallback={<Bones />}>
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
            <Route path="/runs/:id/series/:name">
              {({ id, name }) => <Series id={id} name={decodeURIComponent(name)} />}
            </Route>
            <Route path="/runs/:id/export">{({ id }) => <Export key={id} id={id} />}</Route>
            <Route path="/settings">
              <Settings />
            </Route>
            <Route>
              <Nothing title={say('page.unknown')} text={say('page.unknown_help')} to="/" action={say('nav.runs')} />
            </Route>
          </Switch>
        </Suspense>
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
