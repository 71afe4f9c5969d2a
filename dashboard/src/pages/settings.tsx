import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { aboutQuery } from '../data/about.ts'
import { author, keepAuthor } from '../data/author.ts'
import { kept } from '../data/kept.ts'
import { Choice, Field } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { chooseTheme, type Theme } from '../parts/theme-button.tsx'
import { LANGUAGES, type Language, useWords } from '../words/words.tsx'

/** What a reader chose for this browser, and what the server is. */
export function SettingsPage() {
  const { say, language, choose } = useWords()
  const [theme, setTheme] = useState<Theme>(() => (kept('theme') as Theme | null) ?? 'system')
  const [name, setName] = useState(author)
  const about = useQuery(aboutQuery).data
  return (
    <Page title={say('nav.settings')} lead={say('settings.lead')}>
      <div className="stack" style={{ maxWidth: 420, gap: 16 }}>
        <Field label={say('settings.author')} hint={say('settings.author_hint')}>
          {(ids) => (
            <input
              {...ids}
              value={name}
              maxLength={200}
              autoComplete="name"
              onChange={(event) => {
                setName(event.target.value)
                keepAuthor(event.target.value)
              }}
            />
          )}
        </Field>
        <Choice
          label={say('nav.language')}
          value={language}
          options={Object.entries(LANGUAGES)}
          onChange={(value) => choose(value as Language)}
        />
        <Choice
          label={say('settings.theme')}
          value={theme}
          options={(['system', 'light', 'dark'] as const).map((each) => [each, say(`theme.${each}`)])}
          onChange={(value) => {
            setTheme(value as Theme)
            chooseTheme(value as Theme)
          }}
        />
      </div>
      {about !== undefined && (
        <section className="stack">
          <h2>{say('settings.server')}</h2>
          <p className="muted">
            {say('settings.version', { version: about.version, cores: about.cores })} ·{' '}
            <a href="/docs">{say('settings.api')}</a>
          </p>
        </section>
      )}
    </Page>
  )
}
