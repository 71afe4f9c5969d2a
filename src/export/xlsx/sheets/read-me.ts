import { levelName } from '../../bands.ts'
import type { ReportOf, Words } from '../../report/report.ts'
import type { RowOf, SheetOf, StyledCell } from '../sheet.ts'

const SHEETS = [
  'summary',
  'forecasts',
  'models',
  'confidence',
  'data_quality',
  'exceptions',
  'overrides',
  'series',
  'history',
] as const
const HOW = ['bands', 'confidence', 'skill', 'overrides', 'stock', 'repairs'] as const

/** What each sheet is for, how its numbers are read, and what the run was made from. */
export function readMeSheet({ results, read, engineVersion }: ReportOf, say: Words): SheetOf {
  const [inner = 0.8] = results[0]?.levels ?? []
  const lines: (readonly StyledCell[])[] = [
    [[say('sheet.read_me'), 'title']],
    [],
    [[say('read_me.sheets'), 'heading']],
    ...SHEETS.map((key): StyledCell[] => [
      [say(`sheet.${key}`), 'bold'],
      [say(`about.${key}`), 'wrap'],
    ]),
    [],
    [[say('read_me.how'), 'heading']],
    ...HOW.map((key): StyledCell[] => [
      [say(`read_me.${key}_title`), 'bold'],
      [say(`read_me.${key}`, { level: levelName(inner) }), 'wrap'],
    ]),
    [],
    [[say('read_me.made'), 'heading']],
    [
      [say('read_me.version'), 'bold'],
      [`ARIMA Forecaster ${engineVersion}`, 'plain'],
    ],
    ...(read?.files ?? []).map(({ file, sha256, rowsIn, used, repaired, rejected }): StyledCell[] => [
      [file, 'bold'],
      [`${say('fact.rows_value', { rowsIn, used, repaired, rejected })} SHA-256 ${sha256}`, 'wrap'],
    ]),
  ]
  return {
    name: say('sheet.read_me'),
    widths: [30, 110],
    gridLines: false,
    rows: (): RowOf[] => lines.map((cells, i) => ({ row: i + 1, cells })),
  }
}
