import { FAIR } from '../../../automl/grade.ts'
import { levelName } from '../../bands.ts'
import { modelName } from '../../report/model-name.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'
import { type Period, periodColumns, rowPerPeriod, seasonBefore } from './periods.ts'

/** Columns of the bounds of every level, narrowest first. */
const boundColumns = (levels: readonly number[], say: Words): ColumnOf<Period>[] =>
  levels.flatMap((level, i) =>
    (['lower', 'upper'] as const).map((side) => ({
      title: say(`column.${side}`, { level: levelName(level) }),
      width: 12,
      style: ({ style }: Period) => style,
      value: ({ bands, step }: Period) => bands[i]?.[side][step] ?? null,
    })),
  )

/** A row a period: the sheet that is filtered and copied from. */
export function forecastsSheet({ results, locale }: ReportOf, say: Words): SheetOf {
  const levels = results[0]?.levels ?? []
  const columns: ColumnOf<Period>[] = [
    ...periodColumns(say),
    ...boundColumns(levels, say),
    { title: say('column.season_before'), width: 12, style: ({ style }) => style, value: seasonBefore },
    { title: say('column.unit'), width: 9, style: 'word', value: ({ result }) => result.unit },
    { title: say('column.model'), width: 24, style: 'word', value: ({ outcome }) => modelName(outcome, locale) },
    { title: say('column.confidence'), width: 11, style: 'percent', value: ({ outcome }) => outcome.confidenceScore },
    {
      title: say('column.pattern'),
      width: 14,
      style: 'word',
      value: ({ outcome }) => say(`pattern.${outcome.pattern}`),
    },
    { title: say('column.status'), width: 14, style: 'word', value: ({ result }) => say(`status.${result.status}`) },
  ]
  return tableSheet({
    sheet: say('sheet.forecasts'),
    table: 'Forecasts',
    columns,
    ...rowPerPeriod(results, say),
    more: (last, letterOf) => {
      const confidence = letterOf(say('column.confidence'))
      return {
        conditions: [
          {
            range: `${confidence}2:${confidence}${last}`,
            rule: { kind: 'expression', formula: `$${confidence}2<${FAIR}`, difference: DIFFERENCES.attention },
          },
        ],
      }
    },
  })
}
