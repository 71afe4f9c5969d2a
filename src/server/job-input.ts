import { stat } from 'node:fs/promises'
import { fileSource } from '../io/bytes/source.ts'
import type { Portfolio } from '../io/portfolio.ts'
import type { ReadOptions } from '../io/read-options.ts'
import { readFound } from '../io/read-portfolio.ts'
import { Problem, problem } from '../messages.ts'
import { type Entry, entryOf, readSeries } from '../processor/portfolio.ts'
import { refusalOf } from '../processor/usable.ts'
import type { JobSource, ReadReport } from './job-messages.ts'
import { readOptionsOf, seriesOf } from './wire-config.ts'

/** The series of a job; throws a `Problem` that carries every reason where there is nothing to forecast. */
export async function readJobInput(source: JobSource): Promise<{ entries: readonly Entry[]; report: ReadReport }> {
  if (source.kind === 'portfolio') {
    const portfolio = JSON.parse(Buffer.from(source.body).toString('utf8')) as [string, never][]
    return {
      entries: portfolio.map(([name, input]) => readSeries(name, seriesOf(input))),
      report: { rows: null, problems: [], files: [] },
    }
  }
  const portfolio = await readUploads(source)
  const refused = refusalOf(portfolio, source.acceptRejects)
  if (refused !== null) throw refused
  const { rowsIn: rows_in, used, repaired, rejected } = portfolio.totals
  return {
    entries: portfolio.items.map(entryOf),
    report: {
      rows: { rows_in, used, repaired, rejected },
      problems: portfolio.problems,
      files: portfolio.files.map((report) => ({
        ...{ file: report.file, sha256: report.sha256, rowsIn: report.rowsIn },
        ...{ used: report.used, repaired: report.repaired, rejected: report.rejected },
      })),
    },
  }
}

/** Reads uploads; throws `file_changed` where one is not, to the byte, what was taken in; `onProblem` hears each. */
export async function readUploads(
  { files, read }: Pick<Extract<JobSource, { kind: 'uploads' }>, 'files' | 'read'>,
  onProblem?: ReadOptions['onProblem'],
): Promise<Portfolio> {
  const found = []
  for (const { filename, path } of files) {
    const size = await stat(path).then(
      (status) => status.size,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      },
    )
    if (size === null) throw new Problem(problem('file_changed', { file: filename }))
    found.push({ file: filename, bytes: fileSource(path, size) })
  }
  const portfolio = await readFound(found, { ...readOptionsOf(read), ...(onProblem && { onProblem }) })
  for (const { filename, sha256 } of files) {
    // members of an archive have names and hashes of their own; one that could not be read has none
    const hashes = portfolio.files.filter(({ file }) => file === filename).map((report) => report.sha256)
    if (hashes.length > 0 && !hashes.includes('') && !hashes.includes(sha256))
      throw new Problem(problem('file_changed', { file: filename }))
  }
  return portfolio
}
