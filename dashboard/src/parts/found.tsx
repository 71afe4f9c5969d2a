import type { SeriesDetail } from '../data/api.ts'
import { useWords } from '../words/words.tsx'

/** What was found in the data of a series and what was done about it, point by point. */
export function Found({ detail }: { readonly detail: SeriesDetail }) {
  const { say, number, date, knows, told } = useWords()
  const { repairs, problems } = detail
  const shown = (value: string | number | null): string =>
    typeof value === 'number' ? number(value, 6) : (value ?? '–')
  if (repairs.length === 0 && problems.length === 0) return <p className="mark good">{say('found.none')}</p>
  return (
    <div className="stack" style={{ gap: 16 }}>
      {problems.length > 0 && (
        <ul className="stack reading" style={{ gap: 4 }}>
          {problems.map(({ code, text, severity }) => (
            <li
              key={`${code} ${text}`}
              className={`mark ${severity === 'error' ? 'bad' : 'attention'}`}
              style={{ whiteSpace: 'normal' }}
            >
              {told(text)} <span className="small muted">{code}</span>
            </li>
          ))}
        </ul>
      )}
      {repairs.length > 0 && (
        <div className="scroll">
          <table>
            <caption className="hush">{say('found.repairs')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('ui.report.column.date')}</th>
                <th scope="col">{say('ui.report.column.what')}</th>
                <th scope="col" className="number">
                  {say('ui.report.column.before')}
                </th>
                <th scope="col" className="number">
                  {say('ui.report.column.after')}
                </th>
                <th scope="col">{say('ui.report.column.row')}</th>
              </tr>
            </thead>
            <tbody>
              {repairs.map((each, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike in all they say
                <tr key={i}>
                  <td>{date(each.date)}</td>
                  <td>{knows(each.kind) ? say(each.kind) : each.kind}</td>
                  <td className="number">{shown(each.before)}</td>
                  <td className="number">{shown(each.after)}</td>
                  <td className="small muted name">
                    {[each.file, each.row].filter((part) => part !== null).join(', ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}
