import type { Check, ReadOptions } from '../data/api.ts'
import { useWords } from '../words/words.tsx'
import { Choice, Field } from './field.tsx'

type Name = keyof ReadOptions

/** What a person may say of a file against what was detected; empty is "as detected". */
export function ReadForm({
  check,
  read,
  change,
}: {
  readonly check: Check
  readonly read: ReadOptions
  readonly change: (read: ReadOptions) => void
}) {
  const { say } = useWords()
  const file = check.files[0]
  const columns = Object.keys(file?.columns ?? {})
  const set = (name: Name, value: unknown): void => {
    const { [name]: _, ...rest } = read
    change(value === '' || value === null ? rest : ({ ...rest, [name]: value } as ReadOptions))
  }
  const choice = (name: Name, values: readonly (readonly [string, string])[]) => (
    <Choice
      key={name}
      label={say(`read.${name}`)}
      value={String(read[name] ?? '')}
      options={[['', say('read.detected')], ...values]}
      onChange={(value) => set(name, value)}
    />
  )
  const seriesColumns = read.series_columns ?? []
  return (
    <div className="stack" style={{ marginTop: 12 }}>
      <div className="columns" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))', gap: 12 }}>
        {file?.dialect?.delimiter != null &&
          choice('delimiter', [
            [',', ','],
            [';', ';'],
            ['\t', say('ui.cli.check.delimiter_tab')],
            ['|', '|'],
          ])}
        {file?.sheet != null && (
          <Field label={say('read.sheet')} hint={file.sheet}>
            {(ids) => (
              <input
                {...ids}
                key={read.sheet ?? ''}
                defaultValue={read.sheet ?? ''}
                onBlur={(event) => set('sheet', event.target.value.trim())}
              />
            )}
          </Field>
        )}
        {choice('decimal', [
          [',', '1234,56'],
          ['.', '1234.56'],
        ])}
        {choice('date_order', [
          ['dmy', say('ui.cli.check.dates_dmy')],
          ['mdy', say('ui.cli.check.dates_mdy')],
          ['ymd', say('ui.cli.check.dates_ymd')],
        ])}
        {choice('encoding', [
          ['utf-8', 'UTF-8'],
          ['windows-1252', 'Windows-1252'],
          ['utf-16le', 'UTF-16'],
          ['gb18030', 'GB18030'],
        ])}
        {columns.length > 0 &&
          choice(
            'date_column',
            columns.map((name) => [name, name]),
          )}
        {columns.length > 0 &&
          choice(
            'value_column',
            columns.map((name) => [name, name]),
          )}
        {choice(
          'frequency',
          ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'].map((name) => [
            name,
            say('ui.cli.check.frequency', { name }),
          ]),
        )}
      </div>
      {columns.length > 0 && (
        <fieldset>
          <legend>{say('read.series_columns')}</legend>
          <div className="row" style={{ marginTop: 4 }}>
            {columns.map((name) => {
              const role = file!.columns[name]
              const isChosen = read.series_columns === undefined ? role === 'series' : seriesColumns.includes(name)
              return (
                <label key={name} className="check">
                  <input
                    type="checkbox"
                    checked={isChosen}
                    onChange={() => {
                      const now = columns.filter((each) =>
                        each === name
                          ? !isChosen
                          : read.series_columns === undefined
                            ? file!.columns[each] === 'series'
                            : seriesColumns.includes(each),
                      )
                      set('series_columns', now.length === 0 ? null : now)
                    }}
                  />
                  {name} <span className="muted small">{say(`ui.cli.check.role_${role}`)}</span>
                </label>
              )
            })}
          </div>
        </fieldset>
      )}
    </div>
  )
}
