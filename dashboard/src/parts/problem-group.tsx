import { Spark } from '../charts/spark.tsx'
import type { CheckGroup, ReadOptions } from '../data/api.ts'
import { useWords } from '../words/words.tsx'
import { Choice } from './field.tsx'

const MARKS = { error: 'bad', warning: 'attention', info: 'info' } as const

/** One kind of trouble: how often, what is done, before and after, and the way to have it done otherwise for all. */
export function ProblemGroup({
  group,
  read,
  change,
}: {
  readonly group: CheckGroup
  readonly read: ReadOptions
  readonly change: (read: ReadOptions) => void
}) {
  const { say, number, date, told } = useWords()
  const { fix, picture, examples } = group
  return (
    <section className={`notice ${MARKS[group.severity]}`} data-testid="group" data-code={group.code}>
      <div className="columns" style={{ gap: 16 }}>
        <div className="stack" style={{ gap: 8 }}>
          <h3 className={`mark ${MARKS[group.severity]}`} style={{ whiteSpace: 'normal' }}>
            {told(group.text)}
          </h3>
          <p className="muted">{say('check.touches', { count: group.count, series: group.series_count })}</p>
          {fix !== null && fix.values.length > 0 && (
            <Choice
              label={say('check.do_instead')}
              value={String(read[fix.option as keyof ReadOptions] ?? fix.value ?? '')}
              options={[
                ...(fix.value === null ? ([['', say('read.detected')]] as const) : []),
                ...fix.values.map((value) => [value, say(`fix.${fix.option}.${value}`)] as const),
              ]}
              onChange={(value) => {
                const { [fix.option as keyof ReadOptions]: _, ...rest } = read
                change(value === '' ? rest : ({ ...rest, [fix.option]: value } as ReadOptions))
              }}
              hint={say('check.for_all')}
            />
          )}
        </div>
        {picture !== null && (
          <figure className="stack" style={{ gap: 4 }}>
            <figcaption className="small muted name">{say('check.picture', { series: picture.series })}</figcaption>
            <Spark before={picture.before} history={picture.after} width={280} height={64} />
            <span className="small muted">
              {date(picture.dates[0]?.slice(0, 10))} – {date(picture.dates.at(-1)?.slice(0, 10))}
            </span>
          </figure>
        )}
      </div>
      {examples.length > 0 && (
        <details>
          <summary>{say('check.examples', { count: examples.length, total: group.count })}</summary>
          <ul className="stack" style={{ gap: 4, marginTop: 8 }}>
            {examples.map((example, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike in all they say
              <li key={i} className="small name">
                {told(example.text)}
                {example.before !== null && example.after !== null && (
                  <span className="muted">
                    {' '}
                    {shown(example.before, number)} → {shown(example.after, number)}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const shown = (value: string | number, number: (value: number, digits: number) => string): string =>
  typeof value === 'number' ? number(value, 6) : value
