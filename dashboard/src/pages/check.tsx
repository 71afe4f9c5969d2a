import { useLocation } from 'wouter'
import { address, type CheckGroup } from '../data/api.ts'
import { useCheck, useNewRun } from '../data/new-run.ts'
import { Bones } from '../parts/bones.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { Notice, Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemGroup } from '../parts/problem-group.tsx'
import { Steps } from '../parts/steps.tsx'
import { useWords } from '../words/words.tsx'

const RANK: Readonly<Record<CheckGroup['severity'], number>> = { error: 0, warning: 1, info: 2 }

/** What is wrong with my data, and what will be done about it? */
export function CheckPage() {
  const { say, number, language, told } = useWords()
  const run = useNewRun()
  const [, go] = useLocation()
  const check = useCheck(run)
  if (run.uploads.length === 0)
    return (
      <Page title={say('check.title')}>
        <Nothing title={say('check.no_files')} text={say('check.no_files_text')} to="/new" action={say('runs.new')} />
      </Page>
    )
  const data = check.data
  const isReady = data !== undefined && data.refused === null
  const groups = [...(data?.groups ?? [])].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || b.series_count - a.series_count,
  )
  return (
    <Page
      title={say('check.title')}
      lead={<Steps at="check" run={run} isReady={isReady} />}
      actions={
        <button
          type="button"
          className="button primary"
          disabled={!isReady || check.isPlaceholderData}
          onClick={() => go(run.at('/configure'))}
          data-testid="accept-repairs"
        >
          {say(data !== undefined && data.totals.repaired > 0 ? 'check.accept' : 'action.continue')}
        </button>
      }
    >
      {check.isError && !check.isFetching && <Refusal error={check.error} again={() => check.refetch()} />}
      {check.isPending && <Bones rows={6} height={48} />}
      {data !== undefined && data.refused !== null && <Notice mark="bad" title={told(data.refused.text)} />}
      {data !== undefined && (
        <>
          <dl className="figures" data-testid="check-totals">
            {(
              [
                ['check.series', data.series_total],
                ['check.rows_in', data.totals.rows_in],
                ['check.used', data.totals.used],
                ['check.repaired', data.totals.repaired],
                ['check.rejected', data.totals.rejected],
              ] as const
            ).map(([word, count]) => (
              <div key={word}>
                <dt>{say(word)}</dt>
                <dd>{number(count, 12)}</dd>
              </div>
            ))}
          </dl>
          <p className="muted reading">{say('check.adds_up')}</p>
          {groups.length === 0 ? (
            <Notice mark="good" title={say('check.clean')} />
          ) : (
            <section className="stack" aria-label={say('check.groups')}>
              <div className="row">
                <h2>{say('check.groups')}</h2>
                {run.uploads.length === 1 && (
                  <a
                    className="button plain"
                    href={address(`/uploads/${run.uploads[0]}/check/report.csv`, {
                      locale: language,
                      read: Object.keys(run.read).length === 0 ? null : JSON.stringify(run.read),
                    })}
                    download
                  >
                    {say('check.report')}
                  </a>
                )}
              </div>
              {groups.map((group) => (
                <ProblemGroup
                  key={`${group.kind} ${group.code}`}
                  group={group}
                  read={run.read}
                  change={(read) => run.change({ read })}
                />
              ))}
            </section>
          )}
          <SeriesFound series={data.series} total={data.series_total} />
        </>
      )}
    </Page>
  )
}

type Found = NonNullable<ReturnType<typeof useCheck>['data']>['series']
const SHOWN = 50

function SeriesFound({ series, total }: { readonly series: Found; readonly total: number }) {
  const { say, number, date } = useWords()
  return (
    <details>
      <summary>{say('check.series_list', { count: total })}</summary>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('ui.cli.check.column_name')}</th>
              <th scope="col" className="number">
                {say('ui.cli.check.column_observations')}
              </th>
              <th scope="col">{say('ui.cli.check.column_from')}</th>
              <th scope="col">{say('ui.cli.check.column_to')}</th>
              <th scope="col">{say('ui.cli.check.column_frequency')}</th>
              <th scope="col">{say('ui.report.column.pattern')}</th>
            </tr>
          </thead>
          <tbody>
            {series.slice(0, SHOWN).map((each) => (
              <tr key={each.name}>
                <th scope="row" className="name" style={{ fontSize: 14, color: 'var(--ink)', fontWeight: 400 }}>
                  {each.name}
                </th>
                <td className="number">{number(each.observations, 12)}</td>
                <td>{date(each.start?.slice(0, 10), each.frequency)}</td>
                <td>{date(each.end?.slice(0, 10), each.frequency)}</td>
                <td>{each.frequency === null ? '–' : say('ui.cli.check.frequency', { name: each.frequency })}</td>
                <td>{each.pattern === null ? '–' : say(`ui.report.pattern.${each.pattern}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total > SHOWN && <p className="muted">{say('table.shown', { shown: SHOWN, total })}</p>}
    </details>
  )
}
