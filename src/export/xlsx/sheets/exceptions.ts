import { render } from '../../../i18n/render.ts'
import type { Exception } from '../../report/exceptions.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'
import { styleOf } from './periods.ts'

/** The series that need a person, worst first: the list to work through. */
export function exceptionsSheet({ locale }: ReportOf, exceptions: readonly Exception[], say: Words): SheetOf {
  const columns: ColumnOf<Exception>[] = [
    { title: say('column.severity'), width: 16, style: 'word', value: ({ severity }) => say(`severity.${severity}`) },
    { title: say('column.series'), width: 28, style: 'text', value: ({ result }) => result.name },
    { title: say('column.finding'), width: 30, style: 'word', value: ({ finding }) => say(`finding.${finding}`) },
    {
      title: say('column.because'),
      width: 70,
      style: 'wrap',
      value: ({ because }) => (because === null ? null : render(because, locale)),
    },
    {
      title: say('column.confidence'),
      width: 11,
      style: 'percent',
      value: ({ result }) => result.outcome?.confidenceScore ?? null,
    },
    {
      title: say('column.total'),
      width: 13,
      style: ({ result }) => styleOf(result),
      value: ({ change }) => change?.forecast ?? null,
    },
    {
      title: say('column.total_before'),
      width: 13,
      style: ({ result }) => styleOf(result),
      value: ({ change }) => change?.before ?? null,
    },
    { title: say('column.change'), width: 10, style: 'change', value: ({ change }) => change?.share ?? null },
    { title: say('column.unit'), width: 9, style: 'word', value: ({ result }) => result.unit },
    {
      title: say('column.action'),
      width: 60,
      style: 'wrap',
      value: ({ action }) => (action === null ? null : render(action, locale)),
    },
  ]
  return tableSheet({
    sheet: say('sheet.exceptions'),
    table: 'Exceptions',
    columns,
    rows: () => exceptions,
    count: exceptions.length,
    none: say('none.exceptions'),
    frozenColumns: 2,
    more: (last) => ({
      conditions: (['bad', 'attention', 'info'] as const).map((severity) => ({
        range: `A2:A${last}`,
        rule: {
          kind: 'expression',
          formula: `$A2="${say(`severity.${severity}`).replaceAll('"', '""')}"`,
          difference: DIFFERENCES[severity],
        },
      })),
    }),
  })
}
