import { useWords } from '../words/words.tsx'
import { colourOf } from './colours.ts'

/** How many of each, as sorted bars; each can lead to those it counts. */
export function Counts({
  title,
  counts,
  nameOf,
  isModel = false,
  choose,
  chosen,
}: {
  readonly title: string
  readonly counts: Readonly<Record<string, number>>
  readonly nameOf: (key: string) => string
  readonly isModel?: boolean
  readonly choose?: (key: string) => void
  readonly chosen?: string | null
}) {
  const { say, number } = useWords()
  const rows = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const most = Math.max(1, ...rows.map(([, count]) => count))
  return (
    <figure className="stack" style={{ gap: 8 }}>
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      {rows.length === 0 && <p className="muted">{say('chart.nothing')}</p>}
      <table className="bars">
        <caption className="hush">{title}</caption>
        <tbody>
          {rows.map(([key, count]) => (
            <tr key={key}>
              <th scope="row">
                {choose === undefined ? (
                  nameOf(key)
                ) : (
                  <button
                    type="button"
                    className="button plain"
                    aria-pressed={chosen === key}
                    onClick={() => choose(key)}
                    style={{ padding: 0 }}
                  >
                    {nameOf(key)}
                  </button>
                )}
              </th>
              <td style={{ width: '60%' }} aria-hidden="true">
                <div
                  style={{
                    width: `${(100 * count) / most}%`,
                    minWidth: 2,
                    height: 14,
                    background: isModel ? colourOf(key) : 'var(--accent)',
                  }}
                />
              </td>
              <td className="number">{number(count, 12)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
