import type { Job } from '../data/api.ts'
import { useWords } from '../words/words.tsx'
import { Notice } from './notice.tsx'

type Problem = Job['problems'][number]

/** What a run has to say of its data: one line a kind, the rest to be opened. */
export function Remarks({ problems }: { readonly problems: readonly Problem[] }) {
  const { say, told } = useWords()
  const sorted = [...Map.groupBy(problems, ({ code }) => code).values()].sort(
    (a, b) => rank(a[0]!) - rank(b[0]!) || b.length - a.length,
  )
  if (sorted.length === 0) return null
  return (
    <section className="stack">
      <h2>{say('run.remarks')}</h2>
      {sorted.map((all) => (
        <Notice key={all[0]!.code} mark={all[0]!.severity === 'error' ? 'bad' : 'attention'} title={told(all[0]!.text)}>
          {all.length > 1 && (
            <details>
              <summary>{say('run.remarks_more', { count: all.length - 1 })}</summary>
              <ul className="stack small" style={{ gap: 4, marginTop: 8 }}>
                {all.slice(1).map(({ text }) => (
                  <li key={text}>{told(text)}</li>
                ))}
              </ul>
            </details>
          )}
        </Notice>
      ))}
    </section>
  )
}

const rank = ({ severity }: Problem): number => (severity === 'error' ? 0 : 1)
