import type { SeriesDetail } from '../data/api.ts'
import { modelName } from '../words/names.ts'
import { useWords } from '../words/words.tsx'

/** A share as people count: out of ten, and out of a hundred where ten would say always or never. */
const timesOf = (share: number): { times: number; of: number } =>
  share > 0.05 && share < 0.95 ? { times: Math.round(10 * share), of: 10 } : { times: Math.round(100 * share), of: 100 }

/** The reason in sentences: what was seen, what was chosen, how sure, what may go wrong, what to do. */
export function Why({ detail }: { readonly detail: SeriesDetail }) {
  const { say, percent, number, told } = useWords()
  const { reasons, advice, risk, members, row } = detail
  const group = (title: string, codes: SeriesDetail['reasons'], mark: string) =>
    codes.length > 0 && (
      <section className="stack" style={{ gap: 4 }}>
        <h3>{title}</h3>
        <ul className="stack reading" style={{ gap: 4 }}>
          {codes.map(({ code, text }) => (
            <li key={`${code} ${text}`} className={`mark ${mark}`} style={{ whiteSpace: 'normal' }}>
              {told(text)}
            </li>
          ))}
        </ul>
      </section>
    )
  const evidence = Object.entries(detail.pattern_evidence)
  return (
    <div className="stack" style={{ gap: 16 }}>
      {row.confidence !== null && (
        <p className="reading">
          {say('why.confidence', {
            times: timesOf(row.confidence).times,
            of: timesOf(row.confidence).of,
            tolerance: percent(detail.confidence_tolerance),
          })}{' '}
          {say('why.beats', { share: percent(detail.beats_seasonal_naive) })}
        </p>
      )}
      {group(say('why.reasons'), reasons, 'none')}
      {group(say('why.risk'), risk, 'attention')}
      {group(say('why.advice'), advice, 'good')}
      {members.length > 1 && (
        <section className="stack" style={{ gap: 4 }}>
          <h3>{say('ui.report.column.members')}</h3>
          <ul className="row">
            {[...members]
              .sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0))
              .map(({ model, label, weight }) => (
                <li key={label} title={modelName(model, say)}>
                  {label} <span className="muted">{percent(weight)}</span>
                </li>
              ))}
          </ul>
        </section>
      )}
      {evidence.length > 0 && (
        <details>
          <summary>{say('why.evidence')}</summary>
          <table style={{ maxWidth: 480, marginTop: 8 }}>
            <tbody>
              {evidence.map(([key, value]) => (
                <tr key={key}>
                  <th scope="row">{say(`evidence.${key}`)}</th>
                  <td className="number">{number(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
}
