import type { SeriesResult } from '../../../batch/run-result.ts'
import { render } from '../../../i18n/render.ts'
import type { Exception } from '../../../portfolio/exceptions.ts'
import { changeOf } from '../../../portfolio/season-before.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'
import { styleOf } from './periods.ts'

/** What a person should look at, worst first: the list to work through. */
export function exceptionsSheet({ locale, results, exceptions }: ReportOf, say: Words): SheetOf {
  const resultOf = ({ position }: Exception): SeriesResult => results[position]!
  const changes = new Map(exceptions.map(({ position }) => [position, changeOf(results[position]!)]))
  const money = exceptions.some(({ value }) => value !== null)
  const columns: ColumnOf<Exception>[] = [
    { title: say('column.severity'), width: 16, style: 'word', value: ({ severity }) => say(`severity.${severity}`) },
    { title: say('column.series'), width: 28, style: 'text', value: ({ series }) => series },
    { title: say('column.finding'), width: 30, style: 'word', value: ({ kind }) => say(`finding.${kind}`) },
    {
      title: say('column.because'),
      width: 70,
      style: 'wrap',
      value: ({ because }) => render(because, locale),
    },
    {
      title: say('column.at_stake'),
      width: 13,
      style: (each) => styleOf(resultOf(each)),
      value: ({ quantity }) => quantity,
    },
    ...(money
      ? [
          {
            title: say('column.at_stake_value'),
            width: 13,
            style: 'number0',
            value: ({ value }: Exception) => value,
          } as const,
        ]
      : []),
    {
      title: say('column.confidence'),
      width: 11,
      style: 'percent',
      value: (each) => resultOf(each).outcome?.confidenceScore ?? null,
    },
    {
      title: say('column.total'),
      width: 13,
      style: (each) => styleOf(resultOf(each)),
      value: ({ position }) => changes.get(position)?.forecast ?? null,
    },
    {
      title: say('column.total_before'),
      width: 13,
      style: (each) => styleOf(resultOf(each)),
      value: ({ position }) => changes.get(position)?.before ?? null,
    },
    {
      title: say('column.change'),
      width: 10,
      style: 'change',
      value: ({ position }) => changes.get(position)?.share ?? null,
    },
    { title: say('column.unit'), width: 9, style: 'word', value: (each) => resultOf(each).unit },
    {
      title: say('column.action'),
      width: 60,
      style: 'wrap',
      value: ({ advice }) => (advice === null ? null : render(advice, locale)),
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
