import { useMemo, useState } from 'react'
import type { SeriesDetail } from '../data/api.ts'
import { DataTable } from '../parts/data-table.tsx'
import { useWords } from '../words/words.tsx'
import { escaped, Plot, type Stop } from './plot.tsx'
import { thin, useInk } from './plotly.ts'

/** Points are drawn beside the line while they can be told apart. */
const FEW = 60
/** Horizons of history beside the forecast, where the history is long. */
const RECENT_HORIZONS = 5

interface Props {
  readonly detail: SeriesDetail
  /** The same series in an earlier run. */
  readonly before: SeriesDetail | null
  readonly stamp: string
  readonly title: string
}

/** History, forecast and its bands on their dates, with what was mended, overridden, and said before. */
export function ForecastChart({ detail, before, stamp, title }: Props) {
  const words = useWords()
  const { say, number, date } = words
  const ink = useInk()
  const [fromZero, setFromZero] = useState(true)
  const { history, forecast, horizon } = detail
  // so that the forecast is a part of the picture that can be read
  const recent = Math.max(RECENT_HORIZONS * horizon, FEW)
  const isLong = history.values.length > 1.5 * recent
  const [range, setRange] = useState<'all' | 'recent'>(isLong ? 'recent' : 'all')
  const first = range === 'recent' ? Math.max(0, history.values.length - recent) : 0
  const picture = useMemo(() => {
    const n = history.values.length
    const x = (i: number): string | number => (i < n ? history.dates[i] : forecast?.dates[i - n]) ?? i + 1
    const values = history.values.slice(first)
    const dates = values.map((_, i) => x(first + i))
    const ahead = forecast === null ? [] : forecast.mean.map((_, h) => x(n + h))
    const unit = detail.row.unit === null ? '' : ` ${detail.row.unit}`
    const shownDate = (at: string | number): string =>
      typeof at === 'number' ? say('chart.period', { period: at }) : date(at, detail.frequency)
    const texts = values.map((value, i) =>
      value === null
        ? say('chart.missing', { date: shownDate(dates[i]!) })
        : `${shownDate(dates[i]!)}: ${number(value, 6)}${unit}`,
    )
    const bandText = (h: number): string =>
      (forecast?.bands ?? [])
        .map(({ level, lower, upper }) =>
          say('chart.band', { level: Math.round(100 * level), lower: number(lower[h]), upper: number(upper[h]) }),
        )
        .join('; ')
    const season = Math.round(detail.season_length)
    const lastYear = (h: number): number | null => {
      const back = season > 1 ? n + h - season * Math.ceil((h + 1) / season) : -1
      return back >= 0 ? (history.values[back] ?? null) : null
    }
    const aheadTexts = (forecast?.mean ?? []).map((value, h) =>
      [
        `${shownDate(ahead[h]!)}: ${say('chart.forecast_value', { value: number(value), unit })}`,
        bandText(h),
        ...(lastYear(h) === null ? [] : [say('chart.season_before', { value: number(lastYear(h)) })]),
      ].join('. '),
    )
    const hover = (list: readonly string[]): Record<string, unknown> => ({
      text: list.map((each) => escaped(each).replaceAll(/\. |; /g, '<br>')),
      hovertemplate: '%{text}<extra></extra>',
    })
    const traces: Record<string, unknown>[] = []
    const connect = (list: readonly (number | null)[]): (number | null)[] => {
      const last = history.values.at(-1) ?? null
      return [last, ...list]
    }
    const aheadX = [x(n - 1), ...ahead]
    for (const { lower, upper, level } of [...(forecast?.bands ?? [])].sort((a, b) => b.level - a.level)) {
      const shared = { x: aheadX, mode: 'lines', line: { width: 0 }, hoverinfo: 'skip' }
      traces.push({ ...shared, y: connect(lower) })
      traces.push({
        ...shared,
        y: connect(upper),
        fill: 'tonexty',
        fillcolor: thin(ink.accent, level > 0.9 ? 0.11 : 0.22),
      })
    }
    const few = values.length < FEW
    const historyTrace = traces.length
    traces.push({
      ...{ x: dates, y: values, mode: few ? 'lines+markers' : 'lines', connectgaps: false },
      ...{ line: { color: ink.ink, width: 1.4 }, marker: { color: ink.ink, size: 4 } },
      ...hover(texts),
    })
    if (before?.forecast) {
      const at = before.forecast.dates
      traces.push({
        ...{
          x: before.forecast.mean.map((_, h) => at[h] ?? before.history.values.length + h + 1),
          y: before.forecast.mean,
        },
        ...{ mode: 'lines', line: { color: ink.muted, width: 1.4, dash: 'dash' } },
        ...hover(
          before.forecast.mean.map(
            (value, h) => `${shownDate(at[h] ?? h + 1)}: ${say('chart.before_value', { value: number(value) })}`,
          ),
        ),
      })
    }
    const forecastTrace = traces.length
    if (forecast !== null)
      traces.push({
        ...{ x: ahead, y: forecast.mean, mode: ahead.length < FEW ? 'lines+markers' : 'lines' },
        ...{ line: { color: ink.accent, width: 2.4 }, marker: { color: ink.accent, size: 4 } },
        ...hover(aheadTexts),
      })
    if (forecast !== null && detail.overrides.values.length > 0)
      traces.push({
        ...{
          x: detail.overrides.values.map(({ period }) => x(n + period - 1)),
          y: detail.overrides.values.map(({ value }) => value),
        },
        ...{ mode: 'markers', marker: { symbol: 'diamond', size: 10, color: ink.override } },
        ...hover(
          detail.overrides.values.map(
            ({ period, value }) =>
              `${shownDate(x(n + period - 1))}: ${say('chart.override_value', { value: number(value, 6) })}`,
          ),
        ),
      })
    const place = new Map(history.dates.map((each, i) => [each, i]))
    const mended = detail.repairs.flatMap(({ date: at, before: was, after }) => {
      const i = at === null ? undefined : place.get(at)
      const y = i === undefined ? null : (history.values[i] ?? (typeof after === 'number' ? after : null))
      return i === undefined || i < first || y === null ? [] : [{ x: x(i), y, was }]
    })
    if (mended.length > 0)
      traces.push({
        ...{ x: mended.map((each) => each.x), y: mended.map((each) => each.y), mode: 'markers' },
        marker: { symbol: 'circle-open', size: 9, color: ink.bad, line: { width: 1.6 } },
        ...hover(
          mended.map(
            ({ x: at, was }) =>
              `${shownDate(at)}: ${say('chart.mended', { before: typeof was === 'number' ? number(was, 6) : (was ?? '') })}`,
          ),
        ),
      })
    const isDated = typeof x(0) === 'string'
    const start = x(n)
    const layout = {
      xaxis: isDated ? { type: 'date' } : {},
      yaxis: {
        rangemode: fromZero ? 'tozero' : 'normal',
        title: detail.row.unit === null ? undefined : { text: escaped(detail.row.unit), font: { size: 12 } },
      },
      ...(forecast !== null && {
        shapes: [
          {
            type: 'line',
            x0: start,
            x1: start,
            y0: 0,
            y1: 1,
            yref: 'paper',
            line: { color: ink.muted, width: 1, dash: 'dot' },
          },
        ],
        annotations: [
          {
            ...{ x: start, y: 1, yref: 'paper', yanchor: 'bottom', xanchor: 'right', showarrow: false },
            text: escaped(say('chart.starts', { date: shownDate(start) })),
            font: { size: 12, color: ink.muted },
          },
        ],
      }),
    }
    const stops: Stop[] = [
      ...texts.map((text, point) => ({ trace: historyTrace, point, text })),
      ...aheadTexts.map((text, point) => ({ trace: forecastTrace, point, text })),
    ]
    const rows = [
      ...values.map((value, i) => [
        shownDate(dates[i]!),
        value,
        null,
        ...(forecast?.bands ?? []).flatMap(() => [null, null]),
      ]),
      ...(forecast?.mean ?? []).map((value, h) => [
        shownDate(ahead[h]!),
        null,
        value,
        ...forecast!.bands.flatMap(({ lower, upper }) => [lower[h] ?? null, upper[h] ?? null]),
      ]),
    ]
    return { traces, layout, stops, rows }
  }, [detail, before, first, fromZero, ink, history, forecast, say, number, date])

  const total = forecast?.published.reduce<number>((sum, value) => sum + (value ?? 0), 0) ?? null
  const summary =
    forecast === null
      ? say('chart.summary_none')
      : say('chart.summary', { periods: horizon, total: number(total), unit: detail.row.unit ?? '' })
  return (
    <Plot
      title={title}
      summary={summary}
      data={picture.traces}
      layout={picture.layout}
      stops={picture.stops}
      height={340}
      stamp={stamp}
      table={
        <DataTable
          caption={title}
          columns={[
            say('ui.report.column.date'),
            say('ui.report.column.actual'),
            say('ui.report.column.forecast'),
            ...(forecast?.bands ?? []).flatMap(({ level }) => [
              say('ui.report.column.lower', { level: Math.round(100 * level) }),
              say('ui.report.column.upper', { level: Math.round(100 * level) }),
            ]),
          ]}
          rows={picture.rows}
        />
      }
    >
      <button type="button" className="button plain" aria-pressed={fromZero} onClick={() => setFromZero(!fromZero)}>
        {say('chart.from_zero')}
      </button>
      {isLong && (
        <button
          type="button"
          className="button plain"
          aria-pressed={range === 'all'}
          onClick={() => setRange(range === 'all' ? 'recent' : 'all')}
        >
          {say('chart.whole')}
        </button>
      )}
    </Plot>
  )
}
