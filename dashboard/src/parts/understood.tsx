import type { Check, ReadOptions } from '../data/api.ts'
import { usualOf } from '../data/new-run.ts'
import { useWords, type Words } from '../words/words.tsx'
import { Notice } from './notice.tsx'
import { ReadForm } from './read-form.tsx'

type File = Check['files'][number]

/** Files that are described one by one. */
const SHOWN = 3

/** The sentence that says how a file was read, the first rows as they stand and as they were taken, and how to change it. */
export function Understood({
  check,
  read,
  change,
}: {
  readonly check: Check
  readonly read: ReadOptions
  readonly change: (read: ReadOptions) => void
}) {
  const words = useWords()
  const { say, told } = words
  const more = check.files.length - SHOWN
  return (
    <div className="stack">
      {check.refused !== null && (
        <Notice mark="bad" title={told(check.refused.text)}>
          <p className="small muted">{say('server.code', { code: check.refused.code })}</p>
        </Notice>
      )}
      {check.refused === null && (
        <p style={{ fontSize: 16 }} className="reading" data-testid="understood">
          {portfolioSentence(check, words)}
        </p>
      )}
      {check.files.slice(0, SHOWN).map((file) => (
        <FileRead key={file.file} file={file} isAlone={check.files.length === 1} />
      ))}
      {more > 0 && <p className="muted">{say('upload.files_more', { count: more })}</p>}
      <details open={check.refused !== null}>
        <summary>{say('upload.change')}</summary>
        <ReadForm check={check} read={read} change={change} />
      </details>
    </div>
  )
}

function portfolioSentence(check: Check, { say, date }: Words): string {
  const { frequency } = usualOf(check)
  const starts = check.series.flatMap(({ start }) => start ?? [])
  const ends = check.series.flatMap(({ end }) => end ?? [])
  const first = starts.length === 0 ? null : starts.reduce((a, b) => (a < b ? a : b))
  const last = ends.length === 0 ? null : ends.reduce((a, b) => (a > b ? a : b))
  return say('upload.portfolio', {
    series: check.series_total,
    frequency: say('ui.cli.check.frequency', { name: frequency ?? '' }),
    dated: frequency === null || first === null ? 'no' : 'yes',
    from: date(first?.slice(0, 10), frequency),
    to: date(last?.slice(0, 10), frequency),
  })
}

function FileRead({ file, isAlone }: { readonly file: File; readonly isAlone: boolean }) {
  const { say, number, date } = useWords()
  const { dialect } = file
  const parts = [
    file.sheet === null ? null : say('upload.read_sheet', { sheet: file.sheet }),
    dialect?.delimiter == null
      ? null
      : say('upload.read_delimiter', { delimiter: shownDelimiter(dialect.delimiter, say) }),
    dialect === null
      ? null
      : say('upload.read_numbers', { example: `1${dialect.thousands ?? ''}234${dialect.decimal ?? '.'}56` }),
    dialect === null ? null : say(`ui.cli.check.dates_${dialect.date_order ?? 'none'}`),
    file.layout === null ? null : say(`ui.cli.check.layout_${file.layout}`),
    file.encoding === '' ? null : file.encoding,
  ].filter((part) => part !== null)
  return (
    <section className="stack" style={{ gap: 8 }}>
      <p>
        {!isAlone && <strong className="name">{file.file}: </strong>}
        {say('upload.read_as')} {parts.join(' · ')}
      </p>
      {file.examples.length > 0 && (
        <details open={isAlone}>
          <summary>{say('upload.first_rows')}</summary>
          <div className="scroll">
            <table>
              <caption className="hush">{say('upload.first_rows')}</caption>
              <thead>
                <tr>
                  <th scope="col" className="number">
                    {say('ui.cli.check.example_row')}
                  </th>
                  <th scope="col">{say('ui.cli.check.example_raw')}</th>
                  <th scope="col">{say('ui.cli.check.example_name')}</th>
                  <th scope="col">{say('ui.cli.check.example_date')}</th>
                  <th scope="col" className="number">
                    {say('ui.cli.check.example_value')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {file.examples.map((example, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a wide row gives several
                  <tr key={i}>
                    <td className="number">{example.row}</td>
                    <td className="muted name">{example.raw.join(' | ')}</td>
                    <td className="name">{example.series}</td>
                    <td>{date(example.date)}</td>
                    <td className="number">{number(example.value, 6)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      <p className="muted">
        {say('ui.cli.check.rows')}:{' '}
        {say('ui.cli.check.rows_count', {
          ...{ rowsIn: file.rows_in, used: file.used, repaired: file.repaired, rejected: file.rejected },
        })}
      </p>
    </section>
  )
}

const shownDelimiter = (delimiter: string, say: Words['say']): string =>
  delimiter === '\t'
    ? say('ui.cli.check.delimiter_tab')
    : delimiter === ' '
      ? say('ui.cli.check.delimiter_space')
      : delimiter
