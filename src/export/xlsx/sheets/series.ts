import { renderAll } from '../../../i18n/render.ts'
import { bandAt, levelName } from '../../bands.ts'
import { forecastOf } from '../../forecast-of.ts'
import { historyDates } from '../../report/history-dates.ts'
import { modelName } from '../../report/model-name.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { CellValue, FormulaCell } from '../cell.ts'
import type { RowOf, SheetOf, StyledCell } from '../sheet.ts'
import { ACCENT, DIFFERENCES, INK, type Style } from '../styles.ts'
import { sheetReference } from '../xml.ts'
import { styleOf } from './periods.ts'
import { INDEX_SHEET, type SeriesRows } from './series-index.ts'

/** First row of the table that the chart is drawn from, and the rows of the facts above it. */
const FIRST = 34
const CHOICE = '$B$3'
/** Rows of the chosen series, found once: history row and count, forecast row and count. */
const FOUND = { historyRow: '$N$1', historyCount: '$N$2', forecastRow: '$N$3', forecastCount: '$N$4', place: '$N$5' }

/** One series to look at: chosen in a cell, drawn with its bands. `first` is shown when the workbook opens. */
export function seriesSheet(
  report: ReportOf,
  rows: readonly SeriesRows[],
  first: number,
  shown: number,
  say: Words,
): SheetOf {
  const name = say('sheet.series')
  const levels = report.results[0]?.levels ?? []
  const horizon = Math.max(0, ...rows.map(({ forecastCount }) => forecastCount))
  const last = FIRST + shown + horizon
  const range = (column: string): string => `${sheetReference(name)}!$${column}$${FIRST + 1}:$${column}$${last}`
  const outer = levels.length - 1
  const titles = [
    say('column.date'),
    say('column.actual'),
    say('column.forecast'),
    ...(levels.length > 0
      ? [
          say('column.lower', { level: levelName(levels[outer]!) }),
          say('column.upper', { level: levelName(levels[outer]!) }),
          say('column.lower', { level: levelName(levels[0]!) }),
          say('column.upper', { level: levelName(levels[0]!) }),
        ]
      : []),
  ]
  const band = (level: number): string => say('chart.band', { level: levelName(level) })
  const categories = range('A')
  const area = (column: string, title: string, opacity: number) => ({
    ...{ name: title, categories, values: range(column), colour: ACCENT, opacity },
  })
  const areas =
    levels.length === 0
      ? []
      : [
          area('H', '', 0),
          area('I', band(levels[outer]!), 14),
          ...(outer > 0 ? [area('J', band(levels[0]!), 32), area('K', band(levels[outer]!), 14)] : []),
        ]
  return {
    name,
    widths: [16, 14, 14, 14, 14, 14, 14, 3, 3, 3, 3, 3, 3, 8],
    hiddenColumns: [7, 8, 9, 10, 11, 12, 13],
    gridLines: false,
    frozen: { rows: 3, columns: 0 },
    merged: ['B7:G7'],
    conditions: [
      {
        range: `B${FIRST + 1}:G${last}`,
        rule: { kind: 'expression', formula: `ISNA(B${FIRST + 1})`, difference: DIFFERENCES.unseen },
      },
    ],
    rows: () => rowsOf(report, rows, first, shown, horizon, titles, say),
    validations:
      rows.length === 0
        ? []
        : [
            {
              range: CHOICE.replaceAll('$', ''),
              list: `${INDEX_SHEET}!$A$1:$A$${rows.length}`,
              prompt: say('prompt.series'),
            },
          ],
    charts:
      rows.length === 0
        ? []
        : [
            {
              title: say('chart.series'),
              from: { column: 0, row: 10 },
              to: { column: 7, row: FIRST - 2 },
              areas,
              lines: [
                { name: say('column.actual'), categories, values: range('B'), colour: INK },
                { name: say('column.forecast'), categories, values: range('C'), colour: ACCENT },
              ],
              valueFormat: '#,##0.##',
              description: say('chart.series_description'),
            },
          ],
  }
}

function* rowsOf(
  { results, locale }: ReportOf,
  rows: readonly SeriesRows[],
  first: number,
  shown: number,
  horizon: number,
  titles: readonly string[],
  say: Words,
): Generator<RowOf> {
  yield { row: 1, height: 30, cells: [[say('sheet.series'), 'title'], ...hidden(rows, first, 'historyRow')] }
  yield { row: 2, cells: [[say('series.choose'), 'quiet'], ...hidden(rows, first, 'historyCount')] }
  const chosen = rows[first]
  if (chosen === undefined) return
  yield {
    row: 3,
    height: 22,
    cells: [
      [say('column.series'), 'label'],
      [chosen.result.name, 'choice'],
      ...hidden(rows, first, 'forecastRow').slice(1),
    ],
  }
  yield { row: 4, cells: hidden(rows, first, 'forecastCount', 2) }
  const { outcome } = chosen.result
  const style = styleOf(chosen.result)
  const facts: [key: string, sheet: string, title: string, value: CellValue, style: Style][] = [
    ['column.model', 'sheet.models', 'D', outcome?.forecast == null ? '' : modelName(outcome, locale), 'bold'],
    ['column.pattern', 'sheet.models', 'C', outcome === null ? '' : say(`pattern.${outcome.pattern}`), 'plain'],
    ['column.why', 'sheet.models', 'M', outcome === null ? '' : renderAll(outcome.whyChosen, locale), 'wrap'],
  ]
  let row = 5
  for (const [key, sheet, column, value, look] of facts) {
    const lookup = `INDEX(${sheetReference(say(sheet))}!$${column}$2:$${column}$${results.length + 1},${FOUND.place})&""`
    const cells: StyledCell[] = [
      [say(key), 'label'],
      [{ formula: lookup, result: value as string }, look],
    ]
    yield {
      row,
      ...(look === 'wrap' && { height: 64 }),
      cells: row === 5 ? [...cells, ...hidden(rows, first, 'place').slice(1)] : cells,
    }
    row++
  }
  yield {
    row: FIRST,
    height: 32,
    cells: titles.map((title, i): StyledCell => [title, i === 0 ? 'header' : 'headerRight']),
  }
  yield* tableRows(chosen, shown, horizon, style, say)
}

/** Cells up to column N, where what the formulas of the sheet share is found. */
function hidden(
  rows: readonly SeriesRows[],
  first: number,
  key: keyof typeof FOUND,
  filled = 1,
): (StyledCell | null)[] {
  const chosen = rows[first]
  if (chosen === undefined) return []
  // signs that stand for any letters in a search are letters of names here
  const wanted = `SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(${CHOICE},"~","~~"),"*","~*"),"?","~?")`
  const column = { historyRow: 'B', historyCount: 'C', forecastRow: 'D', forecastCount: 'E' }
  const cell: FormulaCell =
    key === 'place'
      ? { formula: `MATCH(${wanted},${INDEX_SHEET}!$A$1:$A$${rows.length},0)`, result: first + 1 }
      : {
          formula: `INDEX(${INDEX_SHEET}!$${column[key]}$1:$${column[key]}$${rows.length},${FOUND.place})`,
          result: chosen[key],
        }
  return [...new Array<null>(13 - filled).fill(null), [cell, 'quiet']]
}

function* tableRows(chosen: SeriesRows, shown: number, horizon: number, style: Style, say: Words): Generator<RowOf> {
  const { result } = chosen
  const { historyRow, historyCount, forecastRow, forecastCount } = FOUND
  const history = sheetReference(say('sheet.history'))
  const forecasts = sheetReference(say('sheet.forecasts'))
  const dates = historyDates(result, chosen.historyCount)
  const dated = result.calendar !== null
  const outcome = forecastOf(result)
  const [inner, outer] = [result.levels[0], result.levels.at(-1)]
  const bandOf = (level: number | undefined) =>
    level === undefined || outcome === null ? null : bandAt(outcome.forecast, level)
  const [narrow, wide] = [bandOf(inner), bandOf(outer)]
  // columns of the sheet of forecasts: D the forecast, then the bounds of each level, narrowest first
  const column = (offset: number): string => String.fromCharCode(68 + offset)
  const widest = 1 + 2 * (result.levels.length - 1)
  const several = result.levels.length > 1
  for (let i = 0; i < shown; i++) {
    const row = FIRST + 1 + i
    const at = i - (shown - chosen.historyCount)
    const place = `${i + 1}-(${shown}-${historyCount})`
    const value = at < 0 ? Number.NaN : result.history[result.history.length - chosen.historyCount + at]!
    const pick = (letter: string, none: string): string =>
      `IF(${place}<1,${none},INDEX(${history}!$${letter}:$${letter},${historyRow}+${place}-1))`
    const date: CellValue = at < 0 ? '' : dated ? { date: dates[at]! } : Number(dates[at])
    const actual = Number.isNaN(value) ? null : value
    // the bands open at the last value
    const base = actual ?? 0
    yield {
      row,
      cells: [
        [{ formula: pick('B', '""'), result: date }, 'date'],
        [
          {
            formula: `IF(${place}<1,NA(),IF(INDEX(${history}!$C:$C,${historyRow}+${place}-1)="",NA(),INDEX(${history}!$C:$C,${historyRow}+${place}-1)))`,
            result: actual,
          },
          style,
        ],
        [{ formula: 'NA()', result: null }, style],
        null,
        null,
        null,
        null,
        [{ formula: `IFERROR(B${row},0)`, result: base }, 'quiet'],
        [0, 'quiet'],
        [0, 'quiet'],
        [0, 'quiet'],
      ],
    }
  }
  for (let step = 0; step < horizon; step++) {
    const row = FIRST + 1 + shown + step
    const pick = (letter: string, none: string): string =>
      `IF(${step + 1}>${forecastCount},${none},INDEX(${forecasts}!$${letter}:$${letter},${forecastRow}+${step}))`
    const there = step < chosen.forecastCount
    const day = result.dates[step] ?? null
    const number = (value: number | undefined): number | null =>
      value === undefined || !Number.isFinite(value) ? null : value
    const bound = (band: typeof narrow, side: 'lower' | 'upper', offset: number): StyledCell => [
      { formula: pick(column(offset), 'NA()'), result: there ? number(band?.[side][step]) : null },
      style,
    ]
    const difference = (a: string, b: string, from: number | undefined, to: number | undefined): StyledCell => [
      { formula: `IFERROR(${a}${row}-${b}${row},0)`, result: (number(to) ?? 0) - (number(from) ?? 0) },
      'quiet',
    ]
    const { lower: l, upper: u } = wide ?? { lower: [], upper: [] }
    const { lower: nl, upper: nu } = narrow ?? { lower: [], upper: [] }
    yield {
      row,
      cells: [
        [{ formula: pick('B', '""'), result: there ? (day === null ? step + 1 : { date: day }) : '' }, 'date'],
        [{ formula: 'NA()', result: null }, style],
        [{ formula: pick('D', 'NA()'), result: there ? number(outcome?.forecast.mean[step]) : null }, style],
        ...(result.levels.length === 0
          ? []
          : [
              bound(wide, 'lower', widest),
              bound(wide, 'upper', widest + 1),
              bound(narrow, 'lower', 1),
              bound(narrow, 'upper', 2),
              [{ formula: `IFERROR(D${row},0)`, result: number(l[step]) ?? 0 }, 'quiet'] satisfies StyledCell,
              ...(several
                ? [
                    difference('F', 'D', l[step], nl[step]),
                    difference('G', 'F', nl[step], nu[step]),
                    difference('E', 'G', nu[step], u[step]),
                  ]
                : [difference('E', 'D', l[step], u[step])]),
            ]),
      ],
    }
  }
}
