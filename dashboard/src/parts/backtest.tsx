import { useMemo } from 'react'
import { Plot, type Stop } from '../charts/plot.tsx'
import { useInk } from '../charts/plotly.ts'
import type { SeriesDetail } from '../data/api.ts'
import { useWords } from '../words/words.tsx'
import { DataTable } from './data-table.tsx'

const FIGURES = ['mase', 'rmsse', 'smape', 'coverage80', 'coverage95', 'skill'] as const

/** How it would have done: forecasts made from origins in the past beside what came. */
export function Backtest({ detail, stamp }: { readonly detail: SeriesDetail; readonly stamp: string }) {
  const { say, number, percent, date } = useWords()
  const ink = useInk()
  const { metrics, origins } = detail.backtest
  const picture = useMemo(() => {
    const { history } = detail
    const all = origins
    const reach = Math.max(...all.map(({ dates }) => dates.length), 1) * (all.length + 3)
    const first = Math.max(0, history.values.length - Math.max(reach, 36))
    const x = (at: string | null, i: number): string | number => at ?? i + 1
    const traces: Record<string, unknown>[] = [
      {
        x: history.values.slice(first).map((_, i) => x(history.dates[first + i] ?? null, first + i)),
        y: history.values.slice(first),
        ...{ mode: 'lines', line: { color: ink.ink, width: 1.4 }, hoverinfo: 'skip' },
      },
    ]
    const stops: Stop[] = []
    const rows: (string | number | null)[][] = []
    for (const origin of all) {
      const texts = origin.forecast.map((value, h) =>
        say('backtest.point', {
          date: date(origin.dates[h], detail.frequency),
          forecast: number(value),
          actual: number(origin.actual[h]),
        }),
      )
      traces.push({
        x: origin.dates.map((at, h) => x(at, h)),
        y: origin.forecast,
        ...{ mode: 'lines+markers', line: { color: ink.accent, width: 1.8 }, marker: { color: ink.accent, size: 4 } },
        ...{ text: texts, hovertemplate: '%{text}<extra></extra>' },
      })
      stops.push(...texts.map((text, point) => ({ trace: traces.length - 1, point, text })))
      origin.forecast.forEach((value, h) => {
        const when = (at: string | null): string => date(at, detail.frequency)
        rows.push([when(origin.origin_date), when(origin.dates[h] ?? null), value, origin.actual[h] ?? null])
      })
    }
    return { traces, stops, rows, layout: { xaxis: { type: 'date' }, yaxis: { rangemode: 'tozero' } } }
  }, [detail, origins, ink, say, number, date])
  return (
    <div className="stack" style={{ gap: 16 }}>
      {metrics === null ? (
        <p className="muted reading">{say('backtest.none')}</p>
      ) : (
        <dl className="figures">
          {FIGURES.map((key) => (
            <div key={key}>
              <dt>{say(`ui.report.column.${key}`)}</dt>
              <dd>
                {key.startsWith('coverage') || key === 'skill' ? percent(metrics[key]) : number(metrics[key])}
                {key === 'smape' && metrics[key] !== null && ' %'}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {origins.length > 0 && (
        <Plot
          title={say('backtest.title')}
          summary={say('backtest.summary', { origins: origins.length })}
          data={picture.traces}
          layout={picture.layout}
          stops={picture.stops}
          height={260}
          stamp={stamp}
          table={
            <DataTable
              caption={say('backtest.title')}
              columns={[
                say('backtest.origin'),
                say('ui.report.column.date'),
                say('ui.report.column.forecast'),
                say('ui.report.column.actual'),
              ]}
              rows={picture.rows}
            />
          }
        />
      )}
    </div>
  )
}
