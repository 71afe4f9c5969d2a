import { useState } from 'react'
import { Link } from 'wouter'
import type { SeriesEvent } from '../data/events.ts'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'

/** Rows that are shown; more are on the page of the results. */
const SHOWN = 12
const MARKS: Readonly<Record<string, string>> = {
  success: 'good',
  fallback: 'attention',
  failed: 'bad',
  cancelled: 'none',
}

/** What was finished last. Rows hold their place while they are read: the newest come by a button. */
export function LiveTable({ rows, jobId }: { readonly rows: readonly SeriesEvent[]; readonly jobId: string }) {
  const { say, percent } = useWords()
  const [held, setHeld] = useState<readonly SeriesEvent[] | null>(null)
  const shown = (held ?? rows).slice(0, SHOWN)
  const fresh = held === null ? 0 : rows.findIndex(({ position }) => position === held[0]?.position)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pointer over the rows only holds them still
    <div
      onPointerEnter={() => setHeld(rows)}
      onPointerLeave={() => setHeld(null)}
      onFocus={() => setHeld((before) => before ?? rows)}
      onBlur={() => setHeld(null)}
      style={{ minHeight: 32 * (SHOWN + 2) }}
    >
      <div style={{ minHeight: 32 }}>
        {fresh > 0 && (
          <button type="button" className="button plain" onClick={() => setHeld(rows)}>
            {say('run.fresh', { count: fresh })}
          </button>
        )}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('ui.report.column.series')}</th>
            <th scope="col">{say('ui.report.column.model')}</th>
            <th scope="col" className="number">
              {say('ui.report.column.confidence')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ position, name, status, model, confidence }) => (
            <tr key={position}>
              <td className="name">
                <span className={`mark ${MARKS[status]}`}>
                  <span className="hush">{say(`ui.report.status.${status}`)}</span>
                </span>
                <Link href={`/runs/${jobId}/series/${encodeURIComponent(name)}`}>{name}</Link>
              </td>
              <td>{modelName(model, say)}</td>
              <td className="number">{percent(confidence)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="muted">{say('run.nothing_yet')}</p>}
    </div>
  )
}
