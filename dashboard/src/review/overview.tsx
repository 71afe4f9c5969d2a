import { Fragment } from 'react'
import { useLocation } from 'wouter'
import { Counts } from '../charts/counts.tsx'
import type { Summary } from '../data/api.ts'
import { signed } from '../parts/series-panel.tsx'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'

const ABC = ['A', 'B', 'C'] as const
const XYZ = ['X', 'Y', 'Z'] as const

/** A run in pictures, each of which leads to the series behind it. */
export function Overview({ id, summary }: { readonly id: string; readonly summary: Summary }) {
  const { say, number, percent } = useWords()
  const [, go] = useLocation()
  const all = (filter: Readonly<Record<string, string>>): void =>
    go(`/runs/${id}/review?${new URLSearchParams({ view: 'all', ...filter })}`)
  const { totals, against_seasonal_naive: naive, classes } = summary
  const most = Math.max(1, ...summary.confidence)
  return (
    <div className="stack" style={{ gap: 32 }}>
      <dl className="figures">
        {totals.slice(0, 3).map((total) => (
          <div key={total.unit ?? ''}>
            <dt>
              {say('overview.total', { unit: total.unit ?? 'none', periods: summary.horizon, series: total.series })}
            </dt>
            <dd>
              {number(total.forecast)}{' '}
              {total.change !== null && (
                <span className="small">{say('series.against_past', { change: signed(total.change, percent) })}</span>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{say('overview.beating')}</dt>
          <dd>
            {percent(naive.beating_share)}{' '}
            <span className="small">{say('overview.compared', { count: naive.compared })}</span>
          </dd>
        </div>
      </dl>
      <div className="columns">
        <Counts
          title={say('run.models')}
          counts={summary.models}
          nameOf={(model) => modelName(model, say)}
          isModel
          choose={(model) => all({ model })}
        />
        <Counts
          title={say('overview.patterns')}
          counts={summary.patterns}
          nameOf={(pattern) => say(`ui.report.pattern.${pattern}`)}
          choose={(pattern) => all({ pattern })}
        />
      </div>
      <div className="columns">
        <figure className="stack" style={{ gap: 8 }}>
          <figcaption>
            <h2>{say('overview.confidence')}</h2>
          </figcaption>
          <table className="histogram">
            <caption className="hush">{say('overview.confidence')}</caption>
            <tbody>
              <tr>
                {summary.confidence.map((count, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place
                  <td key={i} style={{ verticalAlign: 'bottom', textAlign: 'center', padding: '0 1px' }}>
                    <div className="small">{count === 0 ? '' : number(count, 12)}</div>
                    <div
                      aria-hidden="true"
                      style={{
                        height: `${(120 * count) / most}px`,
                        background: i >= 8 ? 'var(--good)' : i >= 6 ? 'var(--attention)' : 'var(--bad)',
                      }}
                    />
                  </td>
                ))}
              </tr>
              <tr>
                {summary.confidence.map((_, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place
                  <th key={i} scope="col" style={{ textAlign: 'center', padding: '4px 1px' }}>
                    {percent(i / 10, 3)}
                  </th>
                ))}
              </tr>
            </tbody>
          </table>
          <p className="chips">
            {(['high', 'fair', 'low'] as const).map((grade) => (
              <button key={grade} type="button" className="button" onClick={() => all({ grade })}>
                {say(`ui.report.grade.${grade}`)}{' '}
                <span className="muted">{number(summary.grades[grade] ?? 0, 12)}</span>
              </button>
            ))}
          </p>
        </figure>
        {classes !== null && (
          <figure className="stack" style={{ gap: 8 }}>
            <figcaption>
              <h2>{say('overview.classes')}</h2>
            </figcaption>
            <table className="matrix">
              <caption className="small muted" style={{ textAlign: 'start', captionSide: 'bottom', paddingTop: 8 }}>
                {say(classes.basis === 'value' ? 'overview.classes_value' : 'overview.classes_quantity')}
              </caption>
              <thead>
                <tr>
                  <td />
                  {XYZ.map((xyz) => (
                    <th key={xyz} scope="col" title={say(`overview.${xyz}`)}>
                      {xyz} <span className="small">{say(`overview.${xyz}`)}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {ABC.map((abc) => (
                  <tr key={abc}>
                    <th scope="row">
                      {abc} <span className="small">{say(`overview.${abc}`)}</span>
                    </th>
                    {XYZ.map((xyz) => {
                      const found = classes.cells.find((each) => each.abc === abc && each.xyz === xyz)
                      const largest = Math.max(1, ...classes.cells.map(({ count }) => count))
                      return (
                        <Fragment key={xyz}>
                          <td
                            style={{
                              background:
                                found === undefined
                                  ? 'none'
                                  : `color-mix(in srgb, var(--accent) ${Math.round(8 + (32 * found.count) / largest)}%, transparent)`,
                            }}
                          >
                            {found === undefined ? (
                              <span className="muted">–</span>
                            ) : (
                              <button type="button" className="cell" onClick={() => all({ abc, xyz })}>
                                <strong>{number(found.count, 12)}</strong>
                                <span className="small">{number(found.value ?? found.quantity)}</span>
                              </button>
                            )}
                          </td>
                        </Fragment>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </figure>
        )}
      </div>
    </div>
  )
}
