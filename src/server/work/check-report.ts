import { guardedCell } from '../../export/csv-cell.ts'
import { render } from '../../i18n/render.ts'
import type { LocatedProblem, Repair } from '../../messages.ts'
import { checkReport } from '../../processor/check-report.ts'
import { readUploads } from '../job-input.ts'
import type { ReadOrder } from '../work-orders.ts'

const HEADER = 'kind,code,file,row,column,series,date,before,after,text\n'
/** Characters of a piece. */
const PIECE = 65_536

/** Every problem and every repair of files, a line each, in the order in which they were found. */
export async function checkReportCsv({ files, read, locale }: ReadOrder): Promise<Iterable<string>> {
  const line = (cells: readonly (string | number | null | undefined)[]): string =>
    `${cells.map((cell) => (cell == null ? '' : guardedCell(String(cell)))).join(',')}\n`
  const problemLine = (one: LocatedProblem): string =>
    line([one.severity, one.code, one.file, one.row, one.column, one.series, null, null, null, render(one, locale)])
  const repairLine = (one: Repair): string =>
    line([
      ...['repair', one.kind, one.file, one.row, one.column, one.series, one.date, one.before, one.after],
      render({ code: one.kind, params: {} }, locale),
    ])
  // the list that comes with the portfolio is cut; here each is heard as it is found
  const found: string[] = []
  const portfolio = await readUploads({ files, read }, (one) => found.push(problemLine(one)))
  const { series } = checkReport(portfolio, (path) => path)
  function* lines(): Generator<string> {
    yield HEADER
    yield* found
    for (const { problems, repairs } of series) {
      for (const one of problems) yield problemLine(one)
      for (const one of repairs) yield repairLine(one)
    }
  }
  return inPieces(lines())
}

function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = ''
  for (const line of lines) {
    piece += line
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}
