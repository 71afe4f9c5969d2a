import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { SeriesDetail } from '../data/api.ts'
import { send, seriesPath } from '../data/api.ts'
import { author, keepAuthor } from '../data/author.ts'
import { overriddenBy } from '../data/formula.ts'
import { useWords } from '../words/words.tsx'
import { useAnnounce } from './announcer.tsx'
import { Field } from './field.tsx'
import { Refusal } from './notice.tsx'
import { signed } from './series-panel.tsx'

const REASONS = ['promotion', 'price', 'new_customer', 'stock_out', 'data_error', 'other'] as const

/** Numbers of a person in place of the forecast: the statistical row stays locked beside them, and the effect is told at once. */
export function OverrideGrid({
  id,
  name,
  detail,
  etag,
}: {
  readonly id: string
  readonly name: string
  readonly detail: SeriesDetail
  readonly etag: string
}) {
  const { say, number, percent, date, locale } = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const forecast = detail.forecast!
  const plain = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 })
  const [texts, setTexts] = useState<readonly string[]>(() =>
    forecast.mean.map((_, h) => {
      const given = detail.overrides.values.find(({ period }) => period === h + 1)
      return given === undefined ? '' : plain.format(given.value)
    }),
  )
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const [who, setWho] = useState(author)
  const [isTried, setIsTried] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (): void => first.current?.focus()
    addEventListener('arfc:override', focus)
    return () => removeEventListener('arfc:override', focus)
  }, [])
  const values = texts.map((text, h) => overriddenBy(text, forecast.mean[h] ?? 0, locale))
  const isFaulty = values.some((value) => value === 'faulty')
  const widest = forecast.bands.at(-1) ?? null
  const totalBefore = forecast.mean.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const totalAfter = forecast.mean.reduce<number>((sum, value, h) => {
    const own = values[h]
    return sum + (typeof own === 'number' ? own : (value ?? 0))
  }, 0)
  const outside = values.filter(
    (value, h) =>
      typeof value === 'number' &&
      widest !== null &&
      (value < (widest.lower[h] ?? value) || value > (widest.upper[h] ?? value)),
  ).length
  const own = values.flatMap((value, h) => (typeof value === 'number' ? [{ period: h + 1, value }] : []))
  const save = useMutation({
    mutationFn: () => {
      keepAuthor(who)
      const words = reason === 'other' ? note : [say(`reason.${reason}`), note].filter((part) => part !== '').join(': ')
      return send('PUT', `${seriesPath(id, name)}/overrides`, {
        body: { values: own, reason: words, author: who.trim() },
        headers: { 'if-match': etag },
      })
    },
    onSuccess: () => {
      announce(say('override.saved'))
      client.invalidateQueries({ queryKey: ['series', id, name] })
      client.invalidateQueries({ queryKey: ['results', id] })
    },
  })
  const faults = {
    reason: reason === '' || (reason === 'other' && note.trim() === '') ? say('override.needs_reason') : null,
    who: who.trim() === '' ? say('override.needs_author') : null,
  }
  const submit = (): void => {
    setIsTried(true)
    if (faults.reason === null && faults.who === null && !isFaulty) save.mutate()
  }
  const applyToAll = (text: string): void => setTexts(forecast.mean.map(() => text))
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p className="muted reading">{say('override.text')}</p>
      <div className="row">
        <label htmlFor="all-periods">{say('override.all')}</label>
        <input
          id="all-periods"
          placeholder="+10%"
          style={{ width: 100 }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            applyToAll(event.currentTarget.value)
          }}
          onBlur={(event) => event.target.value.trim() !== '' && applyToAll(event.target.value)}
        />
        <button type="button" className="button plain" onClick={() => applyToAll('')}>
          {say('override.clear')}
        </button>
      </div>
      <div className="scroll" style={{ maxHeight: 360, overflow: 'auto' }}>
        <table>
          <caption className="hush">{say('series.view.override')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('ui.report.column.date')}</th>
              <th scope="col" className="number">
                {say('ui.report.column.forecast')}
              </th>
              <th scope="col" className="number wide-only">
                {widest === null ? '' : say('override.band', { level: Math.round(100 * widest.level) })}
              </th>
              <th scope="col">{say('ui.report.column.override')}</th>
              <th scope="col" className="number">
                {say('override.becomes')}
              </th>
            </tr>
          </thead>
          <tbody>
            {forecast.mean.map((value, h) => {
              const own = values[h]!
              const label =
                forecast.dates[h] == null
                  ? say('chart.period', { period: h + 1 })
                  : date(forecast.dates[h], detail.frequency)
              const isOut =
                typeof own === 'number' &&
                widest !== null &&
                (own < (widest.lower[h] ?? own) || own > (widest.upper[h] ?? own))
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are periods, in their order
                <tr key={h}>
                  <th scope="row" style={{ fontSize: 14, color: 'var(--ink)', fontWeight: 400 }}>
                    {label}
                  </th>
                  <td className="number">{number(value, 6)}</td>
                  <td className="number wide-only muted">
                    {widest !== null && `${number(widest.lower[h])} – ${number(widest.upper[h])}`}
                  </td>
                  <td>
                    <input
                      ref={h === 0 ? first : null}
                      value={texts[h]}
                      aria-label={say('override.for', { date: label })}
                      aria-invalid={own === 'faulty' || undefined}
                      style={{ width: 110 }}
                      onChange={(event) => setTexts(texts.map((text, i) => (i === h ? event.target.value : text)))}
                    />
                  </td>
                  <td className="number">
                    {own === 'faulty' ? (
                      <span style={{ color: 'var(--bad)' }}>{say('override.faulty')}</span>
                    ) : own === null ? (
                      '–'
                    ) : (
                      <span className={isOut ? 'mark attention' : ''}>{number(own, 6)}</span>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <p aria-live="polite" data-testid="override-effect">
        {say('override.effect', {
          before: number(totalBefore, 6),
          after: number(totalAfter, 6),
          change: totalBefore === 0 ? '–' : signed(totalAfter / totalBefore - 1, percent),
          unit: detail.row.unit ?? '',
        })}{' '}
        {outside > 0 && (
          <span className="mark attention">
            {say('override.outside', { count: outside, level: Math.round(100 * (widest?.level ?? 0)) })}
          </span>
        )}
      </p>
      <div className="columns" style={{ gap: 12 }}>
        <Field label={say('ui.report.column.reason')} fault={isTried ? faults.reason : null}>
          {(ids) => (
            <select {...ids} value={reason} onChange={(event) => setReason(event.target.value)}>
              <option value="">{say('override.choose')}</option>
              {REASONS.map((each) => (
                <option key={each} value={each}>
                  {say(`reason.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say('ui.report.column.note')}>
          {(ids) => <input {...ids} value={note} maxLength={1800} onChange={(event) => setNote(event.target.value)} />}
        </Field>
        <Field label={say('ui.report.column.author')} fault={isTried ? faults.who : null}>
          {(ids) => <input {...ids} value={who} maxLength={200} onChange={(event) => setWho(event.target.value)} />}
        </Field>
      </div>
      {save.isError && (
        <Refusal error={save.error} again={() => client.invalidateQueries({ queryKey: ['series', id, name] })} />
      )}
      <div className="actions">
        <button
          type="submit"
          className="button primary"
          disabled={save.isPending || isFaulty}
          data-testid="save-override"
        >
          {say('override.save')}
        </button>
        {detail.overrides.author !== null && detail.overrides.changed_at !== null && (
          <span className="muted small">
            {say('override.last', { author: detail.overrides.author, reason: detail.overrides.reason ?? '' })}
          </span>
        )}
      </div>
    </form>
  )
}
