import type { SeriesDetail } from '../data/api.ts'
import { useWords } from '../words/words.tsx'

/** Multiple of the season repeated at which a bar ends. */
const FARTHEST = 1.6

/** Every model that was tried against repeating the season: error over the past origins, the least first. */
export function Candidates({ detail }: { readonly detail: SeriesDetail }) {
  const { say, percent, told } = useWords()
  const rows = [...detail.backtest.candidates].sort(
    (a, b) => (a.scores.relative ?? Number.POSITIVE_INFINITY) - (b.scores.relative ?? Number.POSITIVE_INFINITY),
  )
  if (rows.length === 0) return null
  const naive = rows.find(({ model }) => model === 'seasonal_naive')?.scores.relative ?? null
  // one that is far off must not make the others look alike
  const most = Math.min(FARTHEST, Math.max(...rows.map(({ scores }) => scores.relative ?? 0), naive ?? 0))
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
                {say('candidates.relative')}
              </th>
              <th scope="col" className="wide-only">
                <span className="hush">{say('candidates.picture')}</span>
              </th>
              <th scope="col">{say('candidates.note')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((each) => {
              const relative = each.scores.relative ?? null
              const isNaive = each.model === 'seasonal_naive'
              return (
                <tr key={`${each.model} ${each.label}`}>
                  <th scope="row" style={{ fontSize: 14, color: 'var(--ink)', fontWeight: isNaive ? 600 : 400 }}>
                    {each.label}
                  </th>
                  <td className="number">{percent(relative, 3)}</td>
                  <td className="wide-only" style={{ width: '30%' }} aria-hidden="true">
                    {relative !== null && most > 0 && (
                      <div
                        style={{
                          width: `${Math.min(100, (100 * relative) / most)}%`,
                          height: 10,
                          marginTop: 5,
                          background: isNaive ? 'var(--edge)' : 'var(--accent)',
                        }}
                      />
                    )}
                  </td>
                  <td className="small muted">
                    {(each.refused && told(each.refused.text)) ??
                      (naive !== null && relative !== null && !isNaive && relative > naive
                        ? say('candidates.worse')
                        : '')}
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
