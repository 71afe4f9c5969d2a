import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { address, type ExportProfile, get, jobPath } from '../data/api.ts'
import { titleOf, useJob } from '../data/jobs.ts'
import { keep, kept } from '../data/kept.ts'
import { Bones } from '../parts/bones.tsx'
import { Choice } from '../parts/field.tsx'
import { Notice, Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { LANGUAGES, useWords } from '../words/words.tsx'

const WHOLE = ['xlsx', 'html', 'json'] as const
/** Problems that are shown before the rest is counted. */
const SHOWN = 5

/** Will my ERP take it? */
export function ExportPage({ id }: { readonly id: string }) {
  const words = useWords()
  const { say, number, date } = words
  const job = useJob(id)
  const [locale, setLocale] = useState<string>(() => kept('export-language') ?? words.language)
  const [chosen, setChosen] = useState(() => kept('profile') ?? 'dated')
  const profiles = useQuery({
    queryKey: ['profiles', id, words.language],
    queryFn: ({ signal }) =>
      get<{ profiles: ExportProfile[] }>(`${jobPath(id)}/profiles`, { locale: words.language }, signal),
    staleTime: 10_000,
  })
  const list = profiles.data?.profiles ?? []
  const profile = list.find(({ name }) => name === chosen) ?? list[0]
  const file = (format: string, query: Readonly<Record<string, string>> = {}): string =>
    address(`${jobPath(id)}/exports/${format}`, { locale, ...query })
  return (
    <Page
      title={say('export.title')}
      lead={
        <Link href={`/runs/${id}/review`}>{job.data === undefined ? say('nav.review') : titleOf(job.data, words)}</Link>
      }
      actions={
        profile !== undefined && (
          <a
            className="button primary"
            href={profile.ok ? file('csv', { profile: profile.name }) : undefined}
            aria-disabled={!profile.ok}
            style={profile.ok ? {} : { opacity: 0.55, pointerEvents: 'none' }}
            download
            data-testid="download"
          >
            {say('export.download', { name: profile.title })}
          </a>
        )
      }
    >
      {job.isError && <Refusal error={job.error} again={() => job.refetch()} />}
      {profiles.isError && <Refusal error={profiles.error} again={() => profiles.refetch()} />}
      {profiles.isPending && <Bones rows={8} height={32} />}
      {profile !== undefined && (
        <div className="columns">
          <fieldset className="stack" style={{ gap: 4 }}>
            <legend>
              <h2>{say('export.profiles')}</h2>
            </legend>
            {list.map((each) => (
              <label key={each.name} className="check" style={{ minHeight: 36 }}>
                <input
                  type="radio"
                  name="profile"
                  checked={each.name === profile.name}
                  onChange={() => {
                    setChosen(each.name)
                    keep('profile', each.name)
                  }}
                  data-testid={`profile-${each.name}`}
                />
                <span style={{ flex: 1 }}>{each.title}</span>
                <span className={`mark ${each.ok ? (each.problems.length > 0 ? 'attention' : 'good') : 'bad'}`}>
                  {say(each.ok ? (each.problems.length > 0 ? 'export.warnings' : 'export.ok') : 'export.refused')}
                </span>
              </label>
            ))}
          </fieldset>
          <section className="stack" aria-live="polite" aria-label={profile.title}>
            <h2>{profile.title}</h2>
            <Notice
              mark={profile.ok ? (profile.problems.length > 0 ? 'attention' : 'good') : 'bad'}
              title={say(profile.ok ? 'export.verdict_ok' : 'export.verdict_refused', {
                count: profile.problems.length,
              })}
            >
              {profile.problems.length > 0 && (
                <ul className="stack" style={{ gap: 4 }}>
                  {profile.problems.slice(0, SHOWN).map((each) => (
                    <li key={`${each.code} ${each.text}`}>{each.text}</li>
                  ))}
                  {profile.problems.length > SHOWN && (
                    <li className="muted">{say('export.more', { count: profile.problems.length - SHOWN })}</li>
                  )}
                </ul>
              )}
            </Notice>
            <h3>{say('export.control')}</h3>
            <dl className="figures" data-testid="control">
              {(
                [
                  ['export.rows', number(profile.totals.rows, 12)],
                  ['export.series', number(profile.totals.series, 12)],
                  ['export.quantity', number(profile.totals.total_quantity, 9)],
                  ['export.first', date(profile.totals.first_date)],
                  ['export.last', date(profile.totals.last_date)],
                ] as const
              ).map(([word, value]) => (
                <div key={word}>
                  <dt>{say(word)}</dt>
                  <dd style={{ fontSize: 16 }}>{value}</dd>
                </div>
              ))}
            </dl>
            {profile.notes.map((note) => (
              <p key={note} className="muted reading">
                {note}
              </p>
            ))}
          </section>
        </div>
      )}
      <section className="stack">
        <h2>{say('export.whole')}</h2>
        <div style={{ maxWidth: 260 }}>
          <Choice
            label={say('export.language')}
            value={locale}
            options={Object.entries(LANGUAGES)}
            onChange={(value) => {
              setLocale(value)
              keep('export-language', value)
            }}
          />
        </div>
        <ul className="stack" style={{ gap: 8 }}>
          {WHOLE.map((format) => (
            <li key={format} className="row">
              <a className="button" href={file(format)} download data-testid={`export-${format}`}>
                {say(`export.${format}`)}
              </a>
              <span className="muted reading">{say(`export.${format}_text`)}</span>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  )
}
