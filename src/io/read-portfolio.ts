import { readFile as readBytes, stat } from 'node:fs/promises'
import { type LocatedProblem, type Params, problem } from '../messages.ts'
import { regularize } from '../series/regularize.ts'
import { ProblemList, REJECTED, REPAIRED } from './collector.ts'
import { NameRegister } from './names.ts'
import type { Portfolio, PortfolioItem } from './portfolio.ts'
import { type FileRead, readFile } from './read-file.ts'
import { MEGABYTE, type ReadOptions } from './read-options.ts'
import type { RawSeries } from './read-rows.ts'

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
  return assemble(files, options, new ProblemList())
}

/** The same for paths. Problems: `file_not_found`, `file_unreadable` (a folder, no permission), `file_too_large`. */
export async function readFiles(paths: readonly string[], options: ReadOptions = {}): Promise<Portfolio> {
  const problems = new ProblemList()
  const files: { name: string; bytes: Uint8Array }[] = []
  const limit = options.maxFileMb ?? 100
  for (const path of paths) {
    try {
      const { size } = await stat(path)
      if (size > limit * MEGABYTE)
        problems.add(
          problem('file_too_large', { file: path, megabytes: Math.ceil(size / MEGABYTE), limit }, { file: path }),
        )
      else files.push({ name: path, bytes: await readBytes(path) })
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      const missing = code === 'ENOENT' || code === 'ENOTDIR'
      const params: Params = missing ? { file: path } : { file: path, cause: UNREADABLE[code] ?? code }
      problems.add(problem(missing ? 'file_not_found' : 'file_unreadable', params, { file: path }))
    }
  }
  return assemble(files, options, problems)
}

function assemble(
  files: readonly { name: string; bytes: Uint8Array }[],
  options: ReadOptions,
  problems: ProblemList,
): Portfolio {
  const names = new NameRegister()
  const items: PortfolioItem[] = []
  const reports = files.map(({ name, bytes }) => {
    const read = readFile(name, bytes, options, problems)
    for (const raw of read.series) items.push(itemOf(raw, read, names.give(raw.name, name), options))
    return read.report()
  })
  for (const one of names.problems) problems.add(one)
  const totals = { rowsIn: 0, used: 0, repaired: 0, rejected: 0 }
  for (const report of reports)
    for (const key of ['rowsIn', 'used', 'repaired', 'rejected'] as const) totals[key] += report[key]
  const tooMany = rejectedTooMany(totals)
  if (tooMany !== null) problems.add(tooMany)
  return { items, files: reports, problems: problems.list(), totals }
}

function itemOf(raw: RawSeries, { states, layout }: FileRead, name: string, options: ReadOptions): PortfolioItem {
  const { frequency, seasonLength, duplicates, gaps } = options
  const { observations, column, unit } = raw
  const regular = regularize(observations, { series: name, column, frequency, seasonLength, duplicates, gaps })
  const { values, calendar, problems } = regular
  const mark = (row: number | null, state: number): void => {
    if (row !== null) states.setLine(row, state)
  }
  const wide = layout?.kind === 'wide-columns' || layout?.kind === 'wide-rows'
  const lost = regular.rows.rejected === observations.length && !wide
  if (lost) for (const { row } of observations) mark(row, REJECTED)
  for (const repair of regular.repairs) {
    mark(repair.row, REPAIRED)
    // rows of a stretch left out share one repair
    if (repair.kind === 'last_period_incomplete')
      for (const { date, row } of observations)
        if (date !== null && repair.date !== null && date >= repair.date) mark(row, REPAIRED)
    if (repair.kind === 'leading_zeros_trimmed')
      for (const [i, { date, row }] of observations.entries())
        if (date === null ? i < Number(repair.before) : calendar !== null && date < calendar.start) mark(row, REPAIRED)
  }
  const own = raw.repairs.map((repair) => ({ ...repair, series: name }))
  const texts = regular.repairs.map((repair) =>
    repair.kind === 'missing_value' && repair.row !== null
      ? { ...repair, before: raw.missing.get(repair.row) ?? '' }
      : repair,
  )
  return { name, values, calendar, seasonLength: regular.seasonLength, unit, repairs: [...own, ...texts], problems }
}

function rejectedTooMany({ rejected, rowsIn }: Portfolio['totals']): LocatedProblem | null {
  // where nothing is left there is nothing to accept: the other problems say why
  if (rejected * 100 <= MOST_REJECTED * rowsIn || rejected === rowsIn) return null
  const percent = Math.round((1000 * rejected) / rowsIn) / 10
  return problem('rows_rejected_too_many', { rejected, rows: rowsIn, percent, limit: MOST_REJECTED })
}
