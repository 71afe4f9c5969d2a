import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { address, type ExportProfile, get, jobPath } from '../data/api.ts'
import { hasEnded, titleOf, useJob, useJobs } from '../data/jobs.ts'
import { keep, kept, keptJson } from '../data/kept.ts'
import { Bones } from '../parts/bones.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { Notice, Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { LANGUAGES, useWords, type Words } from '../words/words.tsx'

const WHOLE = ['xlsx', 'html', 'json'] as const
/** What a system was given before, in this browser. */
type Settings = Readonly<Record<string, string>>
type Verdict = 'taken' | 'remarks' | 'asks' | 'refused'
const VERDICTS: Readonly<Record<Verdict, string>> = {
  taken: 'good',
  remarks: 'attention',
  asks: 'info',
  refused: 'bad',
}

/** What ships with the product is said in the reader's language; what others have written, as they wrote it. */
const titleOfProfile = ({ name, title }: Pick<ExportProfile, 'name' | 'title'>, { say, knows }: Words): string =>
  knows(`profile.${name}`) ? say(`profile.${name}`) : title

const verdictOf = ({ ok, problems, settings }: ExportProfile): Verdict =>
  ok ? (problems.length > 0 ? 'remarks' : 'taken') : settings.some(({ value }) => value === null) ? 'asks' : 'refused'

/** The dry runs of a job: of every profile by itself, or of one with what it was given. */
const useProfiles = (
  id: string,
  locale: string,
  one: { readonly profile?: string; readonly set?: readonly string[] } = {},
  enabled = true,
) =>
  useQuery({
    queryKey: ['profiles', id, locale, one],
    queryFn: ({ signal }) => get<{ profiles: ExportProfile[] }>(`${jobPath(id)}/profiles`, { locale, ...one }, signal),
    staleTime: 10_000,
    placeholderData: (before) => before,
    enabled,
  })

/** Will my ERP take it? */
export function ExportPage({ id }: { readonly id: string }) {
  const words = useWords()
  const { say, number, date, told } = words
  const job = useJob(id)
  const [locale, setLocale] = useState<string>(() => kept('export-language') ?? words.language)
  const [chosen, setChosen] = useState(() => kept('profile') ?? 'dated')
  const [settings, setSettings] = useState(() => keptJson<Readonly<Record<string, Settings>>>('profile-settings', {}))
  const [previous, setPrevious] = useState('')
  const given = Object.entries(settings[chosen] ?? {}).map(([name, value]) => `${name}=${value}`)
  const profiles = useProfiles(id, words.language)
  const known = profiles.data?.profiles.some(({ name }) => name === chosen) ?? false
  // what is typed concerns one alone
  const tried = useProfiles(id, words.language, { profile: chosen, set: given }, known && given.length > 0)
  const own = given.length > 0 ? tried.data?.profiles.find(({ name }) => name === chosen) : undefined
  const list = (profiles.data?.profiles ?? []).map((each) => (each.name === own?.name ? own : each))
  const profile = list.find(({ name }) => name === chosen) ?? list[0]
  // what is asked for stands beside its field
  const amiss = profile?.problems.filter(({ code }) => code !== 'erp_setting_missing') ?? []
  const earlier = (useJobs().data?.jobs ?? []).filter((each) => each.id !== id && hasEnded(each))
  const change = (profileName: string, name: string, value: string): void => {
    const { [name]: _, ...rest } = settings[profileName] ?? {}
    const next = { ...settings, [profileName]: value === '' ? rest : { ...rest, [name]: value } }
    setSettings(next)
    keep('profile-settings', JSON.stringify(next))
  }
  const file = (format: string, query: Readonly<Record<string, string | readonly string[]>> = {}): string =>
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
            href={
              profile.ok
                ? file('csv', { profile: profile.name, set: given, ...(profile.system && { previous }) })
                : undefined
            }
            aria-disabled={!profile.ok}
            style={profile.ok ? {} : { opacity: 0.55, pointerEvents: 'none' }}
            download
            data-testid="download"
          >
            {say('export.download', { name: titleOfProfile(profile, words) })}
          </a>
        )
      }
    >
      {job.isError && <Refusal error={job.error} again={() => job.refetch()} />}
      {[profiles, tried].map(
        (one, i) =>
          one.isError && <Refusal key={i === 0 ? 'all' : 'one'} error={one.error} again={() => one.refetch()} />,
      )}
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
                <span style={{ flex: 1 }}>{titleOfProfile(each, words)}</span>
                <span className={`mark ${VERDICTS[verdictOf(each)]}`}>{say(`export.verdict.${verdictOf(each)}`)}</span>
              </label>
            ))}
          </fieldset>
          <section className="stack" aria-live="polite" aria-label={titleOfProfile(profile, words)}>
            <h2>{titleOfProfile(profile, words)}</h2>
            {profile.settings.length > 0 && (
              <fieldset className="stack">
                <legend>
                  <h3>{say('export.settings')}</h3>
                </legend>
                <div
                  className="columns"
                  style={{ gap: 12, gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))' }}
                >
                  {profile.settings.map(({ name, about, value }) => (
                    <Field
                      key={`${profile.name} ${name}`}
                      label={words.knows(`setting.${name}`) ? say(`setting.${name}`) : about}
                      fault={value === null ? say('export.required') : null}
                    >
                      {(ids) => (
                        <input
                          {...ids}
                          defaultValue={settings[profile.name]?.[name] ?? ''}
                          placeholder={value ?? ''}
                          maxLength={200}
                          onBlur={(event) => change(profile.name, name, event.target.value.trim())}
                          onKeyDown={(event) =>
                            event.key === 'Enter' && change(profile.name, name, event.currentTarget.value.trim())
                          }
                          data-testid={`setting-${name}`}
                        />
                      )}
                    </Field>
                  ))}
                </div>
              </fieldset>
            )}
            <Notice
              mark={profile.ok ? (amiss.length > 0 ? 'attention' : 'good') : amiss.length > 0 ? 'bad' : 'info'}
              title={say(
                profile.ok ? 'export.verdict_ok' : amiss.length > 0 ? 'export.verdict_refused' : 'export.verdict_asks',
                {
                  count: profile.problems.length,
                },
              )}
            >
              {amiss.length > 0 && (
                <ul className="stack" style={{ gap: 4 }}>
                  {[...Map.groupBy(amiss, ({ code }) => code).values()].map(([first, ...others]) => (
                    <li key={first!.code}>
                      {told(first!.text)}
                      {others.length > 0 && (
                        <span className="muted"> {say('run.remarks_more', { count: others.length })}</span>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Notice>
            {profile.system && earlier.length > 0 && (
              <Choice
                label={say('export.previous')}
                value={previous}
                options={[
                  ['', say('export.everything')],
                  ...earlier.map(
                    (each) => [each.id, `${titleOf(each, words)} · ${words.moment(each.created_at)}`] as const,
                  ),
                ]}
                onChange={setPrevious}
                hint={say('export.previous_hint')}
              />
            )}
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
            {profile.notes.map((note, i) => (
              <p key={note} className="muted reading">
                {words.knows(`note.${profile.name}.${i + 1}`) ? say(`note.${profile.name}.${i + 1}`) : note}
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
