import { useEffect, useState } from 'react'
import { useAddress } from '../data/address.ts'
import type { ResultRow } from '../data/api.ts'
import { keep, keptJson } from '../data/kept.ts'
import { useSummary } from '../data/summary.ts'
import { useCopy } from '../parts/use-copy.ts'
import { useNarrow } from '../parts/use-narrow.ts'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'
import { FILTERS, type FilterName, NONE, useFilters } from './filters.ts'

/** Milliseconds after the last key before a search is made. */
const TYPING_MS = 150

interface SavedView {
  readonly name: string
  readonly search: string
}

/** What is shown of all series: by text and by what they are, and views that were kept. */
export function FilterBar({
  id,
  rows,
  isNarrow,
}: {
  readonly id: string
  readonly rows: readonly ResultRow[]
  readonly isNarrow: boolean
}) {
  const { say } = useWords()
  const copyRows = useCopy()
  const { filters, set, isAny } = useFilters()
  const { search } = useAddress()
  const isTelephone = useNarrow()
  const [text, setText] = useState(filters.q ?? '')
  const [views, setViews] = useState(() => keptJson<SavedView[]>('views', []))
  const [naming, setNaming] = useState<string | null>(null)
  useEffect(() => setText(filters.q ?? ''), [filters.q])
  useEffect(() => {
    if (text === (filters.q ?? '')) return
    const timer = setTimeout(() => set({ q: text === '' ? null : text }), TYPING_MS)
    return () => clearTimeout(timer)
  })
  const summary = useSummary(id).data
  const choice = (name: FilterName, label: string, values: readonly (readonly [string, string])[]) => (
    <select
      style={{ maxWidth: 170 }}
      aria-label={label}
      value={filters[name] ?? ''}
      onChange={(event) => set({ [name]: event.target.value || null })}
    >
      <option value="">{label}</option>
      {values.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </select>
  )
  const keepViews = (next: SavedView[]): void => {
    setViews(next)
    keep('views', JSON.stringify(next))
  }
  const copy = (): Promise<void> => {
    const head = ['series', 'total', 'unit', 'confidence', 'model', 'pattern', 'safety_stock', 'reorder_point'].map(
      (key) => say(`ui.report.column.${key}`),
    )
    const body = rows.map(({ name, total, unit, confidence, model_label, pattern, safety_stock, reorder_point }) => [
      ...[name, total, unit, confidence],
      ...[model_label, pattern, safety_stock, reorder_point],
    ])
    return copyRows([head, ...body])
  }
  const choices = (
    <>
      {choice(
        'grade',
        say('ui.report.column.confidence'),
        ['high', 'fair', 'low'].map((grade) => [grade, say(`ui.report.grade.${grade}`)]),
      )}
      {choice(
        'status',
        say('ui.report.column.status'),
        ['success', 'fallback', 'failed', 'cancelled'].map((status) => [status, say(`ui.report.status.${status}`)]),
      )}
      {choice(
        'model',
        say('ui.report.column.model'),
        Object.keys(summary?.models ?? {}).map((model) => [model, modelName(model, say)]),
      )}
      {choice(
        'pattern',
        say('ui.report.column.pattern'),
        Object.keys(summary?.patterns ?? {}).map((pattern) => [pattern, say(`ui.report.pattern.${pattern}`)]),
      )}
      {choice(
        'skill',
        say('all.performance'),
        (['better', 'worse'] as const).map((each) => [each, say(`all.skill_${each}`)]),
      )}
      {summary?.classes != null && (
        <>
          {choice(
            'abc',
            'ABC',
            ['A', 'B', 'C'].map((each) => [each, each]),
          )}
          {choice(
            'xyz',
            'XYZ',
            ['X', 'Y', 'Z'].map((each) => [each, each]),
          )}
        </>
      )}
    </>
  )
  return (
    <div className="stack" style={{ gap: 8 }}>
      <search className="row">
        <input
          type="search"
          value={text}
          aria-label={say('all.search')}
          placeholder={say('all.search')}
          onChange={(event) => setText(event.target.value)}
          style={{ width: 200 }}
        />
        {isNarrow || isTelephone ? (
          <details>
            <summary>{say('all.filters')}</summary>
            <div className="row" style={{ marginTop: 8 }}>
              {choices}
            </div>
          </details>
        ) : (
          choices
        )}
        {isAny && (
          <button type="button" className="button plain" onClick={() => set(NONE)}>
            {say('all.clear')}
          </button>
        )}
      </search>
      {!isNarrow && (
        <div className="chips">
          {views.map((view) => (
            <span key={view.name} style={{ display: 'inline-flex' }}>
              <button
                type="button"
                className="button"
                onClick={() => {
                  const saved = new URLSearchParams(view.search)
                  set(Object.fromEntries(FILTERS.map((name) => [name, saved.get(name)])))
                }}
              >
                {view.name}
              </button>
              <button
                type="button"
                className="button plain"
                aria-label={say('all.forget_view', { name: view.name })}
                onClick={() => keepViews(views.filter(({ name }) => name !== view.name))}
              >
                ×
              </button>
            </span>
          ))}
          {isAny && naming === null && (
            <button type="button" className="button plain" onClick={() => setNaming('')}>
              {say('all.save_view')}
            </button>
          )}
          {naming !== null && (
            <form
              className="row"
              onSubmit={(event) => {
                event.preventDefault()
                if (naming.trim() === '') return
                keepViews([...views.filter(({ name }) => name !== naming.trim()), { name: naming.trim(), search }])
                setNaming(null)
              }}
            >
              <input
                ref={(input) => input?.focus()}
                aria-label={say('all.view_name')}
                placeholder={say('all.view_name')}
                value={naming}
                onChange={(event) => setNaming(event.target.value)}
              />
              <button type="submit" className="button">
                {say('action.save')}
              </button>
            </form>
          )}
          <button type="button" className="button plain" onClick={copy}>
            {say('all.copy', { rows: rows.length })}
          </button>
        </div>
      )}
    </div>
  )
}
