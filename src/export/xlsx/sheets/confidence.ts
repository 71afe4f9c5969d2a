import { FAIR, HIGH } from '../../../automl/grade.ts'
import type { SeriesResult } from '../../../batch/run-result.ts'
import { renderAll } from '../../../i18n/render.ts'
import { forecastOf } from '../../forecast-of.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'
import { styleOf } from './periods.ts'

/** A row a series: how far its forecast may be relied on, what may go wrong, and the stock that covers it. */
export function confidenceSheet({ results, locale }: ReportOf, say: Words): SheetOf {
  const rows = results.filter((result) => forecastOf(result) !== null)
  const stock = (key: 'safetyStock' | 'reorderPoint'): ColumnOf<SeriesResult> => ({
    title: say(`column.${key === 'safetyStock' ? 'safety_stock' : 'reorder_point'}`),
    width: 12,
    style: styleOf,
    value: ({ outcome }) => outcome?.inventory?.[key] ?? null,
  })
  const columns: ColumnOf<SeriesResult>[] = [
    { title: say('column.series'), width: 28, style: 'text', value: ({ name }) => name },
    { title: say('column.confidence'), width: 14, style: 'percent', value: ({ outcome }) => outcome!.confidenceScore },
    {
      title: say('column.grade'),
      width: 22,
      style: 'word',
      value: ({ outcome }) => say(`grade.${outcome!.confidenceGrade}`),
    },
    {
      title: say('column.tolerance'),
      width: 12,
      style: 'percent',
      value: ({ outcome }) => outcome!.confidenceTolerance,
    },
    { title: say('column.beats_naive'), width: 14, style: 'percent', value: ({ outcome }) => outcome!.beatsNaive },
    {
      title: say('column.coverage80'),
      width: 12,
      style: 'percent1',
      value: ({ outcome }) => outcome!.metrics?.coverage80 ?? null,
    },
    stock('safetyStock'),
    stock('reorderPoint'),
    { title: say('column.unit'), width: 9, style: 'word', value: ({ unit }) => unit },
    {
      title: say('column.lead_time'),
      width: 12,
      style: 'number1',
      value: ({ outcome }) => outcome!.inventory?.leadTime ?? null,
    },
    {
      title: say('column.service_level'),
      width: 12,
      style: 'percent1',
      value: ({ outcome }) => outcome!.inventory?.serviceLevel ?? null,
    },
    { title: say('column.risk'), width: 70, style: 'word', value: ({ outcome }) => renderAll(outcome!.risk, locale) },
    {
      title: say('column.advice'),
      width: 70,
      style: 'word',
      value: ({ outcome }) => renderAll(outcome!.businessRecommendation, locale),
    },
  ]
  return tableSheet({
    sheet: say('sheet.confidence'),
    table: 'Confidence',
    columns,
    rows: () => rows,
    count: rows.length,
    none: say('none.forecasts'),
    more: (last, letterOf) => {
      const score = letterOf(say('column.confidence'))
      const grade = letterOf(say('column.grade'))
      const coloured = (formula: string, difference: number) => ({
        range: `${grade}2:${grade}${last}`,
        rule: { kind: 'expression' as const, formula, difference },
      })
      return {
        conditions: [
          { range: `${score}2:${score}${last}`, rule: { kind: 'bar', colour: 'A7D3D0', least: 0, most: 1 } },
          coloured(`$${score}2>=${HIGH}`, DIFFERENCES.good),
          coloured(`$${score}2<${FAIR}`, DIFFERENCES.bad),
          coloured(`AND($${score}2>=${FAIR},$${score}2<${HIGH})`, DIFFERENCES.attention),
        ],
      }
    },
  })
}
