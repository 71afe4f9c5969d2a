import { render, renderPlace } from '../../../i18n/render.ts'
import type { LocatedProblem, Repair } from '../../../messages.ts'
import { problemsOf } from '../../forecast-of.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'

/** Rows of a sheet at most; beyond it the rest is counted in the last row, and `run.json` has all. */
const MOST_ROWS = 100_000

type Found =
  | { readonly repair: Repair; readonly problem?: undefined }
  | { readonly problem: LocatedProblem; readonly repair?: undefined }

/** Everything that was found in the data: each repair with what stood there and what was used, each problem. */
export function dataQualitySheet({ results, locale, read }: ReportOf, say: Words): SheetOf {
  const problems = new Map<string, LocatedProblem>()
  for (const problem of [...(read?.problems ?? []), ...results.flatMap(problemsOf)])
    problems.set(JSON.stringify(problem), problem)
  const all: Found[] = [
    ...[...problems.values()].map((problem) => ({ problem })),
    ...results.flatMap(({ repairs }) => repairs.map((repair) => ({ repair }))),
  ]
  const rows = all.slice(0, MOST_ROWS)
  const kind = ({ problem }: Found): string =>
    problem === undefined ? 'repair' : problem.severity === 'error' ? 'error' : 'warning'
  const columns: ColumnOf<Found>[] = [
    { title: say('column.kind'), width: 16, style: 'word', value: (found) => say(`kind.${kind(found)}`) },
    {
      title: say('column.series'),
      width: 28,
      style: 'text',
      value: ({ problem, repair }) => repair?.series ?? problem?.series ?? null,
    },
    {
      title: say('column.what'),
      width: 80,
      style: 'word',
      value: ({ problem, repair }) => wordsOf(problem, repair, locale),
    },
    {
      title: say('column.date'),
      width: 12,
      style: 'date',
      value: ({ repair }) => (repair?.date == null ? null : { date: repair.date }),
    },
    { title: say('column.before'), width: 16, style: 'word', value: ({ repair }) => repair?.before ?? null },
    { title: say('column.after'), width: 16, style: 'word', value: ({ repair }) => repair?.after ?? null },
    {
      title: say('column.file'),
      width: 28,
      style: 'word',
      value: ({ problem, repair }) => repair?.file ?? problem?.file ?? null,
    },
    {
      title: say('column.row'),
      width: 9,
      style: 'number0',
      value: ({ problem, repair }) => repair?.row ?? problem?.row ?? null,
    },
    {
      title: say('column.column'),
      width: 18,
      style: 'word',
      value: ({ problem, repair }) => repair?.column ?? problem?.column ?? null,
    },
    {
      title: say('column.code'),
      width: 26,
      style: 'word',
      value: ({ problem, repair }) => repair?.kind ?? problem!.code,
    },
  ]
  return tableSheet({
    sheet: say('sheet.data_quality'),
    table: 'DataQuality',
    columns,
    rows: () => rows,
    count: rows.length,
    none: say('none.problems'),
    more: (last) => ({
      conditions: (['error', 'warning'] as const).map((word) => ({
        range: `A2:A${last}`,
        rule: {
          kind: 'expression',
          formula: `$A2="${say(`kind.${word}`).replaceAll('"', '""')}"`,
          difference: word === 'error' ? DIFFERENCES.bad : DIFFERENCES.attention,
        },
      })),
    }),
  })
}

/** The place has columns of its own. */
function wordsOf(problem: LocatedProblem | undefined, repair: Repair | undefined, locale: string): string {
  if (problem === undefined) return render({ code: repair!.kind, params: {} }, locale)
  const { file: _, row: __, column: ___, series: ____, ...rest } = problem
  return renderPlace(rest, locale)
}
