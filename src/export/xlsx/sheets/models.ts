import type { SeriesResult } from '../../../batch/run-result.ts'
import { renderAll } from '../../../i18n/render.ts'
import { familyName, modelName } from '../../report/model-name.ts'
import { numbersOf, type ReportOf, type Words } from '../../report/report.ts'
import type { SheetOf } from '../sheet.ts'
import { DIFFERENCES } from '../styles.ts'
import { type ColumnOf, tableSheet } from '../table-sheet.ts'

/** `ETS 40 %, ARIMA 35 %`: what a combination is made of. */
function membersText({ outcome }: SeriesResult, locale: string): string {
  const members = outcome?.members ?? []
  if (members.length < 2) return ''
  const percent = new Intl.NumberFormat(numbersOf(locale), { style: 'percent' })
  return members.map(({ label, weight }) => `${label} ${percent.format(weight)}`).join(', ')
}

/** A row a series: which model, how it did on held-back history, and why it was chosen. */
export function modelsSheet({ results, locale }: ReportOf, say: Words): SheetOf {
  const metric = (
    key: 'skill' | 'mase' | 'rmsse' | 'smape' | 'coverage80' | 'coverage95',
    style: 'change' | 'ratio' | 'percent1',
    scale = 1,
  ): ColumnOf<SeriesResult> => ({
    title: say(`column.${key}`),
    width: 12,
    style,
    value: ({ outcome }) => (outcome?.metrics == null ? null : outcome.metrics[key] / scale),
  })
  const columns: ColumnOf<SeriesResult>[] = [
    { title: say('column.series'), width: 28, style: 'text', value: ({ name }) => name },
    { title: say('column.status'), width: 14, style: 'word', value: ({ status }) => say(`status.${status}`) },
    {
      title: say('column.pattern'),
      width: 14,
      style: 'word',
      value: ({ outcome }) => (outcome === null ? null : say(`pattern.${outcome.pattern}`)),
    },
    {
      title: say('column.model'),
      width: 26,
      style: 'word',
      value: ({ outcome }) => (outcome?.forecast == null ? null : modelName(outcome, locale)),
    },
    { title: say('column.members'), width: 44, style: 'word', value: (result) => membersText(result, locale) },
    metric('skill', 'change'),
    metric('mase', 'ratio'),
    metric('rmsse', 'ratio'),
    // a percentage of up to 200
    metric('smape', 'percent1', 100),
    metric('coverage80', 'percent1'),
    metric('coverage95', 'percent1'),
    {
      title: say('column.best_other'),
      width: 18,
      style: 'word',
      value: ({ outcome }) => {
        const other = outcome?.alternatives[0]
        return other === undefined ? null : familyName(other.model, locale)
      },
    },
    {
      title: say('column.why'),
      width: 90,
      style: 'word',
      value: ({ outcome }) => (outcome === null ? null : renderAll(outcome.whyChosen, locale)),
    },
  ]
  return tableSheet({
    sheet: say('sheet.models'),
    table: 'Models',
    columns,
    rows: () => results,
    count: results.length,
    none: say('none.series'),
    more: (last, letterOf) => {
      const skill = letterOf(say('column.skill'))
      const rule = (sign: '<' | '>', difference: number) => ({
        range: `${skill}2:${skill}${last}`,
        rule: {
          kind: 'expression' as const,
          formula: `AND(ISNUMBER($${skill}2),$${skill}2${sign}0)`,
          difference,
        },
      })
      return { conditions: [rule('>', DIFFERENCES.good), rule('<', DIFFERENCES.bad)] }
    },
  })
}
