import type { Override } from '../../../batch/run-result.ts'
import { REASONS } from '../../overrides/reasons.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'
import { type Period, periodColumns, rowPerPeriod } from './periods.ts'

/** Every period with a cell for another value, and a reason: what `import-overrides` reads back. */
export function overridesSheet({ results }: ReportOf, say: Words): SheetOf {
  const shown = ({ style }: Period) => style
  const columns: ColumnOf<Period>[] = [
    ...periodColumns(say),
    { title: say('column.low'), width: 12, style: shown, value: ({ bands, step }) => bands[0]?.lower[step] ?? null },
    { title: say('column.high'), width: 12, style: shown, value: ({ bands, step }) => bands[0]?.upper[step] ?? null },
    { title: say('column.unit'), width: 9, style: 'word', value: ({ result }) => result.unit },
    { title: say('column.override'), width: 14, style: 'input', value: (row) => overrideOf(row)?.value ?? null },
    { title: say('column.reason'), width: 22, style: 'inputText', value: (row) => reasonOf(row, say) },
    { title: say('column.note'), width: 36, style: 'inputText', value: (row) => overrideOf(row)?.note ?? null },
    { title: say('column.author'), width: 18, style: 'inputText', value: (row) => overrideOf(row)?.author ?? null },
  ]
  return tableSheet({
    sheet: say('sheet.overrides'),
    table: 'Overrides',
    columns,
    ...rowPerPeriod(results, say),
    more: (last, letterOf) => {
      const override = letterOf(say('column.override'))
      const reason = letterOf(say('column.reason'))
      return {
        conditions: [
          {
            range: `A2:${letterOf(say('column.author'))}${last}`,
            rule: { kind: 'expression', formula: `$${override}2<>""`, difference: DIFFERENCES.changed },
          },
        ],
        validations: [
          { range: `${override}2:${override}${last}`, prompt: say('prompt.override') },
          {
            range: `${reason}2:${reason}${last}`,
            list: `"${REASONS.map((each) => say(`reason.${each}`)).join(',')}"`,
            prompt: say('prompt.reason'),
          },
        ],
      }
    },
  })
}

const overrideOf = ({ result, step }: Period): Override | undefined =>
  result.overrides?.find(({ period }) => period === step + 1)

function reasonOf(row: Period, say: Words): string | null {
  const override = overrideOf(row)
  return override === undefined ? null : say(`reason.${override.reason}`)
}
