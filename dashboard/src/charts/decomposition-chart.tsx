import { useMemo } from 'react'
import type { SeriesDetail } from '../data/api.ts'
import { DataTable } from '../parts/data-table.tsx'
import { useWords } from '../words/words.tsx'
import { Plot, type Stop } from './plot.tsx'
import { useInk } from './plotly.ts'

const PARTS = ['trend', 'season', 'remainder'] as const

/** The history taken apart: where it goes, what comes back each season, and what is left. */
export function DecompositionChart({ detail, stamp }: { readonly detail: SeriesDetail; readonly stamp: string }) {
  const { say, number, date } = useWords()
  const ink = useInk()
  const { decomposition, frequency, history } = detail
  const picture = useMemo(() => {
    const x = history.values.map((_, i) => history.dates[i] ?? i + 1)
    const shown = (at: string | number): string => (typeof at === 'number' ? String(at) : date(at, frequency))
    const texts = (key: (typeof PARTS)[number]): string[] =>
      (decomposition?.[key] ?? []).map(
        (value, i) => `${say(`decomposition.${key}`)}, ${shown(x[i]!)}: ${number(value)}`,
      )
    const traces = PARTS.map((key, row) => ({
      ...{ x, y: decomposition?.[key] ?? [], mode: 'lines', yaxis: row === 0 ? 'y' : `y${row + 1}` },
      line: { color: row === 0 ? ink.accent : ink.ink, width: row === 0 ? 2 : 1.2 },
      ...{ text: texts(key), hovertemplate: '%{text}<extra></extra>' },
    }))
    const domain = (row: number): [number, number] => [1 - (row + 1) / 3 + 0.03, 1 - row / 3 - 0.03]
    const axis = (key: (typeof PARTS)[number], row: number) => ({
      ...{ domain: domain(row), nticks: 4 },
      title: { text: say(`decomposition.${key}`), font: { size: 12 } },
    })
    const layout = {
      xaxis: { type: typeof x[0] === 'string' ? 'date' : '-', anchor: 'y3' },
      ...{ yaxis: axis('trend', 0), yaxis2: axis('season', 1), yaxis3: axis('remainder', 2) },
    }
    const stops: Stop[] = x.map((_, i) => ({
      ...{ trace: 0, point: i },
      text: PARTS.map((key) => texts(key)[i]).join('; '),
    }))
    const rows = x.map((at, i) => [
      shown(at),
      history.values[i] ?? null,
      ...PARTS.map((key) => decomposition?.[key][i] ?? null),
    ])
    return { traces, layout, stops, rows }
  }, [decomposition, frequency, history, ink, say, number, date])
  if (decomposition === null) return null
  return (
    <Plot
      title={say('decomposition.title', { length: decomposition.season_length })}
      summary={say('decomposition.summary')}
      data={picture.traces}
      layout={picture.layout}
      stops={picture.stops}
      height={360}
      stamp={stamp}
      table={
        <DataTable
          caption={say('decomposition.title', { length: decomposition.season_length })}
          columns={[
            say('ui.report.column.date'),
            say('ui.report.column.actual'),
            ...PARTS.map((key) => say(`decomposition.${key}`)),
          ]}
          rows={picture.rows}
        />
      }
    />
  )
}
