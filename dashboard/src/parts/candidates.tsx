import type { Detail } from '../data/detail.ts'
import { useWords } from '../words/words.tsx'

/** Every model that was tried against repeating the season: error over the past origins, the least first. */
export function Candidates({ detail }: { readonly detail: Detail }) {
  const { say, number } = useWords()
  const rows = [...detail.backtest.candidates].sort(
    (a, b) => (a.scores.mase ?? Number.POSITIVE_INFINITY) - (b.scores.mase ?? Number.POSITIVE_INFINITY),
  )
  if (rows.length === 0) return null
  const naive = rows.find(({ model }) => model === 'seasonal_naive')?.scores.mase ?? null
  const most = Math.max(...rows.map(({ scores }) => scores.mase ?? 0), naive ?? 0)
  return (
    <section className="stack" style={{ gap: 8 }}>
      <h3>{say('candidates.title')}</h3>
      <p className="muted small reading">{say('candidates.text')}</p>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('ui.report.column.model')}</th>
              <th scope="col" className="number">
                MASE
              </th>
              <th scope="col" className="wide-only">
                <span className="hush">{say('candidates.picture')}</span>
              </th>
              <th scope="col">{say('candidates.note')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => {
              const mase = each.scores.mase ?? null
              const isNaive = each.model === 'seasonal_naive'
              return (
                <tr key={`${each.model} ${each.label}`}>
                  <th scope="row" style={{ fontSize: 14, color: 'var(--ink)', fontWeight: isNaive ? 600 : 400 }}>
                    {each.label}
                  </th>
                  <td className="number">{number(mase)}</td>
                  <td className="wide-only" style={{ width: '30%' }} aria-hidden="true">
                    {mase !== null && most > 0 && (
                      <div
                        style={{
                          width: `${(100 * mase) / most}%`,
                          height: 10,
                          marginTop: 5,
                          background: isNaive ? 'var(--edge)' : 'var(--accent)',
                        }}
                      />
                    )}
                  </td>
                  <td className="small muted">
                    {each.refused?.text ??
                      (naive !== null && mase !== null && !isNaive && mase > naive ? say('candidates.worse') : '')}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
