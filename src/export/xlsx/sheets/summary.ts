import { levelName } from '../../bands.ts'
import { familyName } from '../../report/model-name.ts'
import { portfolioTotal } from '../../report/portfolio-total.ts'
import { type ReportOf, type Words, waitingFor } from '../../report/report.ts'
import { summarise } from '../../report/summary.ts'
import type { CellValue } from '../cell.ts'
import type { ChartOf } from '../chart.ts'
import type { RowOf, SheetOf, StyledCell } from '../sheet.ts'
import { ACCENT, INK, MUTED, type Style } from '../styles.ts'
import { sheetReference } from '../xml.ts'

/** Rows that the charts lie over. */
const CHART_ROWS = 18

/** The first page: what happened, what waits for a person, the total of the portfolio. */
export function summarySheet(report: ReportOf, say: Words): SheetOf {
  const name = say('sheet.summary')
  const summary = summarise(report.results, report.read?.totals ?? null)
  const total = portfolioTotal(report.results)
  const rows: RowOf[] = []
  let row = 1
  const put = (cells: readonly (StyledCell | null)[], height?: number): number => {
    rows.push({ row, cells, ...(height && { height }) })
    return row++
  }
  const fact = (label: string, value: CellValue, style: Style): number =>
    put([
      [label, 'label'],
      [value, style],
    ])
  const done = summary.by_status.success + summary.by_status.fallback
  const waiting = waitingFor(report.exceptions)
  put([[say('title'), 'title']], 32)
  put([[say('headline', { waiting, series: summary.series, done, horizon: summary.horizon }), 'heading']], 24)
  row++
  const { by_status: status, confidence, against_seasonal_naive: against } = summary
  fact(say('fact.series'), summary.series, 'figure')
  fact(say('fact.chosen'), status.success, 'count')
  fact(say('fact.fallback'), status.fallback, 'count')
  fact(say('fact.failed'), status.failed + status.cancelled, 'count')
  fact(say('fact.confidence_high'), confidence.high, 'count')
  fact(say('fact.confidence_fair'), confidence.fair, 'count')
  fact(say('fact.confidence_low'), confidence.low, 'count')
  if (against.beating_share !== null)
    fact(say('fact.beating', { compared: against.compared }), against.beating_share, 'share')
  if (against.median_skill !== null) fact(say('fact.median_skill'), against.median_skill, 'gain')
  if (summary.rows !== null) fact(say('fact.rows'), say('fact.rows_value', { ...summary.rows }), 'plain')
  row++
  const links: { at: string; to: string }[] = []
  for (const key of [
    'exceptions',
    'series',
    'forecasts',
    'confidence',
    'models',
    'data_quality',
    'overrides',
    'read_me',
  ]) {
    const sheet = say(`sheet.${key}`)
    links.push({ at: `A${row}`, to: `${sheetReference(sheet)}!A1` })
    put([
      [sheet, 'link'],
      [say(`about.${key}`), 'quiet'],
    ])
  }
  row++
  const charts: ChartOf[] = []
  const range = (column: string, from: number, to: number): string =>
    `${sheetReference(name)}!$${column}$${from}:$${column}$${to}`
  const chartRow = row
  row += CHART_ROWS + 1
  const models = Object.entries(summary.models)
  if (models.length > 0) {
    put([[say('chart.models'), 'heading']])
    const first = row
    for (const [model, count] of models)
      put([
        [familyName(model, report.locale), 'plain'],
        [count, 'number0'],
      ])
    charts.push({
      title: say('chart.models'),
      from: { column: total === null ? 0 : 4, row: chartRow - 1 },
      to: { column: total === null ? 4 : 8, row: chartRow - 1 + CHART_ROWS },
      bars: [
        {
          name: say('fact.series'),
          categories: range('A', first, row - 1),
          values: range('B', first, row - 1),
          colour: ACCENT,
        },
      ],
      valueFormat: '#,##0',
      description: say('chart.models'),
    })
    row++
  }
  if (total !== null) {
    put([[say('chart.total', { series: total.series, of: total.of }), 'heading']])
    put([[say('total.note', { level: levelName(total.level) }), 'quiet']])
    const titles = ['date', 'actual', 'forecast', 'all_low', 'all_high'].map((key) => say(`column.${key}`))
    put(titles.map((title, i): StyledCell => [title, i === 0 ? 'header' : 'headerRight']))
    const first = row
    for (const { date, actual, forecast, lower, upper } of total.periods)
      put([[{ date }, 'date'], ...[actual, forecast, lower, upper].map((value): StyledCell => [value, 'number0'])])
    const line = (column: string, title: string, colour: string, dashed = false) => ({
      name: title,
      categories: range('A', first, row - 1),
      values: range(column, first, row - 1),
      ...{ colour, dashed },
    })
    charts.unshift({
      title:
        say('chart.total', { series: total.series, of: total.of }) + (total.unit === null ? '' : ` (${total.unit})`),
      from: { column: 0, row: chartRow - 1 },
      to: { column: 4, row: chartRow - 1 + CHART_ROWS },
      lines: [
        line('B', titles[1]!, INK),
        line('D', titles[3]!, MUTED, true),
        line('E', titles[4]!, MUTED, true),
        line('C', titles[2]!, ACCENT),
      ],
      valueFormat: '#,##0',
      description: say('chart.total_description'),
    })
  }
  return {
    name,
    widths: [46, 16, 16, 16, 16, 16, 16, 16],
    gridLines: false,
    frozen: { rows: 2, columns: 0 },
    rows: () => rows,
    links,
    charts,
  }
}
