import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useServerAnswers } from '../data/server.tsx'
import { LANGUAGES, type Language, useWords } from '../words/words.tsx'
import { Help } from './help.tsx'
import { Icon } from './icon.tsx'
import { Notice } from './notice.tsx'
import { RunSwitcher } from './run-switcher.tsx'
import { ThemeButton } from './theme-button.tsx'

/** What stands around every page: the way to the others, the language, the theme, help. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { say, language, choose } = useWords()
  const [path] = useLocation()
  const answers = useServerAnswers()
  const [helps, setHelps] = useState(false)
  const main = useRef<HTMLElement>(null)
  const run = /^\/runs\/([0-9a-f-]{36})/.exec(path)?.[1] ?? null
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement
      if (target.closest('input, textarea, select, dialog') !== null || event.ctrlKey || event.metaKey || event.altKey)
        return
      if (event.key === '?') setHelps(true)
      else if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('input[type="search"]')
        if (search === null) return
        event.preventDefault()
        search.focus()
      }
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const here = (is: boolean) => (is ? ({ 'aria-current': 'page' } as const) : {})
  return (
    <>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {say('nav.skip')}
      </a>
      <div className="shell">
        <header className="top">
          <Link href="/" className="brand">
            <img src="/icon.svg" width="20" height="20" alt="" /> Forecaster
          </Link>
          <div className="grow">
            <RunSwitcher run={run} />
          </div>
          <label className="hush" htmlFor="language">
            {say('nav.language')}
          </label>
          <select id="language" value={language} onChange={(event) => choose(event.target.value as Language)}>
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
          <ThemeButton />
          <button
            type="button"
            className="button plain"
            aria-label={say('nav.help')}
            title={say('nav.help')}
            onClick={() => setHelps(true)}
          >
            <Icon name="help" />
          </button>
        </header>
        <nav className="rail" aria-label={say('nav.main')}>
          <ul>
            <li>
              <Link href="/" {...here(path === '/' || path.startsWith('/new'))}>
                <Icon name="runs" /> {say('nav.runs')}
              </Link>
            </li>
            {run !== null && (
              <li>
                <Link href={`/runs/${run}/review`} {...here(path.startsWith('/runs'))}>
                  <Icon name="review" /> {say('nav.review')}
                </Link>
              </li>
            )}
            <li>
              <Link href="/settings" {...here(path === '/settings')}>
                <Icon name="settings" /> {say('nav.settings')}
              </Link>
            </li>
          </ul>
        </nav>
        <main id="main" ref={main} tabIndex={-1} style={{ outline: 'none', minWidth: 0 }}>
          {!answers && (
            <div style={{ padding: '16px 24px 0' }}>
              <Notice mark="attention" title={say('server.away')}>
                <p>{say('server.away_waiting')}</p>
              </Notice>
            </div>
          )}
          {children}
        </main>
      </div>
      {helps && <Help close={() => setHelps(false)} />}
    </>
  )
}
