import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useAnnounce } from '../parts/announcer.tsx'
import { useWords } from '../words/words.tsx'
import { loadPlotly, registerLocale, useInk } from './plotly.ts'

/** A point that the keyboard can stand on. */
export interface Stop {
  readonly trace: number
  readonly point: number
  readonly text: string
}

interface Props {
  readonly title: string
  /** One sentence that says what the picture shows. */
  readonly summary: string
  readonly data: readonly Record<string, unknown>[]
  readonly layout: Record<string, unknown>
  readonly stops: readonly Stop[]
  readonly height?: number
  /** The same in numbers. */
  readonly table: ReactNode
  /** What is printed into a picture that is taken away. */
  readonly stamp: string
  readonly children?: ReactNode
}

const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: 'reset' }

/** A chart with a name, a sentence, a cursor for the keyboard, its numbers as a table, and pictures to take away. */
export function Plot({ title, summary, data, layout, stops, height = 320, table, stamp, children }: Props) {
  const { say, locale } = useWords()
  const announce = useAnnounce()
  const ink = useInk()
  const id = useId()
  const element = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const [isTable, setIsTable] = useState(false)
  const [isDrawn, setIsDrawn] = useState(false)
  useEffect(() => {
    let isWanted = true
    loadPlotly().then((plotly) => {
      if (!isWanted || element.current === null) return
      registerLocale(plotly, locale)
      const axis = {
        gridcolor: ink.line,
        zerolinecolor: ink.muted,
        linecolor: ink.line,
        automargin: true,
        fixedrange: true,
      }
      const named = Object.fromEntries(
        Object.entries(layout).map(([key, value]) =>
          /^[xy]axis/.test(key) ? [key, { ...axis, ...(value as object) }] : [key, value],
        ),
      )
      plotly
        .react(
          element.current,
          data,
          {
            ...{ height, showlegend: false, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)' },
            font: { family: 'inherit', size: 12, color: ink.ink },
            margin: { l: 8, r: 8, t: 24, b: 8 },
            hovermode: 'closest',
            hoverlabel: {
              bgcolor: ink.surface,
              bordercolor: ink.muted,
              font: { color: ink.ink, size: 12 },
              align: 'left',
            },
            dragmode: false,
            ...named,
          },
          { ...CONFIG, locale },
        )
        .then(() => setIsDrawn(true))
    })
    return () => {
      isWanted = false
    }
  }, [data, layout, height, locale, ink])
  useEffect(() => {
    const drawn = element.current
    return () => {
      if (drawn !== null) loadPlotly().then((plotly) => plotly.purge(drawn))
    }
  }, [])

  const stand = async (next: number): Promise<void> => {
    const stop = stops[next]
    if (stop === undefined) return
    setAt(next)
    announce(stop.text)
    const plotly = await loadPlotly()
    if (element.current !== null)
      plotly.Fx.hover(element.current, [{ curveNumber: stop.trace, pointNumber: stop.point }])
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = stops.length - 1
    const next = {
      ArrowRight: at === null ? 0 : Math.min(last, at + 1),
      ArrowLeft: at === null ? last : Math.max(0, at - 1),
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    stand(next)
  }
  const take = async (format: 'png' | 'svg'): Promise<void> => {
    const plotly = await loadPlotly()
    if (element.current === null) return
    const { data: drawn, layout: drawnLayout } = element.current as unknown as { data: unknown; layout: object }
    const figure = {
      data: drawn,
      layout: {
        ...drawnLayout,
        paper_bgcolor: ink.surface,
        font: { family: 'sans-serif', size: 12, color: ink.ink },
        title: {
          text: `${escaped(title)}<br><span style="font-size:11px">${escaped(stamp)}</span>`,
          font: { size: 15 },
        },
        margin: { l: 64, r: 24, t: 72, b: 56 },
      },
    }
    await plotly.downloadImage(figure, {
      format,
      width: 1200,
      height: 600,
      filename: title.replaceAll(/[^\p{L}\p{N}]+/gu, '-'),
    })
  }
  return (
    <figure className="stack" style={{ gap: 8 }}>
      <figcaption className="row">
        <h2 id={`${id}-title`} style={{ flex: '1 1 200px' }}>
          {title}
        </h2>
        <span className="actions">
          {children}
          <button type="button" className="button plain" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            {say('chart.table')}
          </button>
          <button
            type="button"
            className="button plain"
            aria-label={say('chart.take', { format: 'PNG' })}
            onClick={() => take('png')}
          >
            PNG
          </button>
          <button
            type="button"
            className="button plain"
            aria-label={say('chart.take', { format: 'SVG' })}
            onClick={() => take('svg')}
          >
            SVG
          </button>
        </span>
      </figcaption>
      <div
        role="group"
        tabIndex={0}
        aria-label={`${title}. ${summary} ${say('chart.keys')}`}
        onKeyDown={onKeyDown}
        hidden={isTable}
        style={{ minHeight: height, position: 'relative' }}
        data-drawn={isDrawn}
      >
        <div ref={element} aria-hidden="true" />
      </div>
      {isTable && table}
    </figure>
  )
}

/** Plotly reads some HTML in its texts. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
