import { stat } from 'node:fs/promises'
import { type LocatedProblem, type Params, Problem, problem } from '../messages.ts'
import { tooLarge } from './bytes/inflate.ts'
import { bufferSource, fileSource } from './bytes/source.ts'
import { NameRegister, nameOfFile } from './names.ts'
import { type FoundFile, filesIn, openFile } from './open-file.ts'
import type { FileReport, Portfolio, PortfolioItem } from './portfolio.ts'
import { ProblemList } from './problem-list.ts'
import { MEGABYTE, type ReadOptions } from './read-options.ts'
import { itemsOf } from './table/items.ts'
import { readTable } from './table/read-table.ts'

export type { ReadOptions } from './read-options.ts'

/** Why the system cannot read a path, in words that have a sentence. */
const UNREADABLE: Readonly<Record<string, string>> = { EISDIR: 'folder', EACCES: 'forbidden', EPERM: 'forbidden' }

/** More rejected rows than this, in percent, and the input should not be used without a word from the user. */
const MOST_REJECTED = 20

/**
 * Reads files into series on regular grids. Bad content never throws: every row is used, repaired (listed in the
 * series) or rejected (listed in `problems`, the first 10,000), and rowsIn is their sum, by file and in total.
 */
export async function readPortfolio(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  options: ReadOptions = {},
): Promise<Portfolio> {
  return readFound(
    files.map(({ name, bytes }) => ({ file: name, bytes: bufferSource(bytes) })),
    options,
  )
}

/** The same for bytes that are read where they lie. */
export const readFound = (files: readonly FoundFile[], options: ReadOptions = {}): Promise<Portfolio> =>
  assemble(files, options, new ProblemList(options.onProblem))

/** The same for paths. Problems: `file_not_found`, `file_unreadable` (a folder, no permission), `file_too_large`. */
export async function readFiles(paths: readonly string[], options: ReadOptions = {}): Promise<Portfolio> {
  const problems = new ProblemList(options.onProblem)
  const files: FoundFile[] = []
  const limit = (options.maxFileMb ?? 100) * MEGABYTE
  for (const path of paths) {
    try {
      const status = await stat(path)
      if (status.isDirectory())
        problems.add(problem('file_unreadable', { file: path, cause: 'folder' }, { file: path }))
      else if (status.size > limit) problems.add(tooLarge(path, status.size, limit))
      else files.push({ file: path, bytes: fileSource(path, status.size) })
    } catch (error) {
      problems.add(unreadable(path, error as NodeJS.ErrnoException))
    }
  }
  return assemble(files, options, problems)
}

function unreadable(path: string, { code = '' }: NodeJS.ErrnoException): LocatedProblem {
  const missing = code === 'ENOENT' || code === 'ENOTDIR'
  const params: Params = missing ? { file: path } : { file: path, cause: UNREADABLE[code] ?? code }
  return problem(missing ? 'file_not_found' : 'file_unreadable', params, { file: path })
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

async function assemble(given: readonly FoundFile[], options: ReadOptions, problems: ProblemList): Promise<Portfolio> {
  const names = new NameRegister()
  const items: PortfolioItem[] = []
  const reports: FileReport[] = []
  const refused = (file: string, sha256: string, error: unknown): void => {
    if (error instanceof Problem) for (const one of error.all) problems.add(one)
    else if (isSystemError(error)) problems.add(unreadable(file, error))
    else throw error
    reports.push(emptyReport(file, sha256))
  }
  for (const one of given) {
    let found: readonly FoundFile[] = []
    try {
      found = await filesIn(one.file, one.bytes, options)
    } catch (error) {
      refused(one.file, '', error)
    }
    for (const file of found) {
      let hash = ''
      try {
        const opened = await openFile(file, options, (hex) => {
          hash = hex
        })
        for (const each of opened.problems) problems.add(each)
        for (const each of opened.tables) {
          const source = { ...each, file: file.file, sha256: hash, seriesName: nameOfFile(file.file) }
          const { table, report } = await readTable(source, options, problems)
          // one by one: a million arguments are more than a call can have
          if (table !== null) for (const item of itemsOf(table, names, options, problems)) items.push(item)
          reports.push(report())
        }
      } catch (error) {
        refused(file.file, hash, error)
      }
    }
  }
  for (const one of names.problems) problems.add(one)
  const totals = { rowsIn: 0, used: 0, repaired: 0, rejected: 0 }
  for (const report of reports)
    for (const key of ['rowsIn', 'used', 'repaired', 'rejected'] as const) totals[key] += report[key]
  const tooMany = rejectedTooMany(totals, problems.countOf('row_not_data'))
  if (tooMany !== null) problems.addVerdict(tooMany)
  return { items, files: reports, problems: problems.list(), totals }
}

const emptyReport = (file: string, sha256: string): FileReport => ({
  ...{
    file,
    sha256,
    encoding: '',
    sheet: null,
    dialect: null,
    evidence: [],
    layout: null,
    columns: {},
    headerRow: null,
    examples: [],
  },
  ...{ rowsIn: 0, used: 0, repaired: 0, rejected: 0 },
})

/** Titles and totals are no loss; where nothing is left there is nothing to accept, and the other problems say why. */
function rejectedTooMany({ rejected: all, rowsIn: rows }: Portfolio['totals'], notData: number): LocatedProblem | null {
  const rejected = all - notData
  const rowsIn = rows - notData
  if (rejected * 100 <= MOST_REJECTED * rowsIn || rejected === rowsIn) return null
  const percent = Math.round((1000 * rejected) / rowsIn) / 10
  return problem('rows_rejected_too_many', { rejected, rows: rowsIn, percent, limit: MOST_REJECTED })
}
