import { join } from 'node:path'
import type { SeriesResult } from '../batch/run-result.ts'
import { version } from '../batch/version.ts'
import { forecastCsv } from '../export/csv.ts'
import { isTotal } from '../export/is-total.ts'
import { forecastJson } from '../export/json.ts'
import { runJson } from '../export/run-json.ts'
import { stockCsv } from '../export/stock-csv.ts'
import { type Timings, timingsJson } from '../export/timings-json.ts'
import type { Portfolio } from '../io/portfolio.ts'
import type { LocatedProblem } from '../messages.ts'
import type { Exception } from '../portfolio/exceptions.ts'
import type { ProcessorConfig } from '../processor/config.ts'
import { writeFile } from '../processor/write-file.ts'
import type { RunFlags } from './options.ts'
import type { Output } from './outputs.ts'
import { shown } from './paths.ts'
import type { Say } from './words.ts'
import { isCsvProfile, writeOutputs } from './write-outputs.ts'

/** A path as the caller would write it, and what the file holds. */
export interface WrittenFile {
  readonly path: string
  readonly what: string
}

/** The files, and what kept one of them from being written for another system. */
interface Written {
  readonly files: readonly WrittenFile[]
  readonly problems: readonly LocatedProblem[]
}

interface ToWrite {
  readonly folder: string
  readonly outputs: readonly Output[]
  readonly profile: RunFlags['profile']
  readonly fileLocale: string
  readonly settings: readonly string[]
  /** Of the texts in the files. */
  readonly locale: string
  readonly results: readonly SeriesResult[]
  readonly portfolio: Portfolio
  readonly exceptions: readonly Exception[]
  readonly basis: 'value' | 'quantity'
  readonly config: Partial<ProcessorConfig> & { readonly seed: number; readonly horizon: number }
  readonly configOrigins: Readonly<Record<string, string>>
  /** Asked for when all else is written. */
  readonly timings: () => Timings
}

/** Writes every file of a finished run, each whole; without outputs of its own the forecasts go to the run folder. */
export async function writeRun(run: ToWrite, say: Say): Promise<Written> {
  const { folder, outputs, profile, fileLocale, settings, locale, results, portfolio, config, configOrigins } = run
  const { exceptions, basis } = run
  // whoever adds up the rows of a file must not count a total beside its parts
  const totals = results.filter(isTotal)
  const items = results.filter((result) => !isTotal(result))
  const written: WrittenFile[] = []
  const write = async (path: string, pieces: Parameters<typeof writeFile>[1], what: string): Promise<void> => {
    await writeFile(path, pieces)
    written.push({ path: shown(path), what: say(what) })
  }
  const read = shownFiles(portfolio)
  const { files, problems } = await writeOutputs(
    {
      report: { results: items, exceptions, locale, read, engineVersion: version() },
      ...{ outputs, profile, fileLocale, settings, previous: null, dryRun: false },
    },
    say,
  )
  written.push(...files.map((path) => ({ path, what: say('file.output') })))
  if (outputs.length === 0)
    await write(
      join(folder, 'forecasts.csv'),
      forecastCsv(items, { profile: isCsvProfile(profile) ? profile : 'dated', fileLocale }),
      'file.forecasts_csv',
    )
  if (totals.length > 0)
    await write(join(folder, 'totals.csv'), forecastCsv(totals, { profile: 'dated', fileLocale }), 'file.totals_csv')
  await write(join(folder, 'stock.csv'), stockCsv(items), 'file.stock_csv')
  await write(join(folder, 'forecasts.json'), forecastJson(results, { locale }), 'file.forecasts_json')
  const report = runJson({
    files: read.files,
    config,
    configOrigins,
    results,
    engineVersion: version(),
    seed: config.seed,
    totals: portfolio.totals,
    problems: portfolio.problems,
    locale,
    exceptions,
    classesBy: basis,
  })
  await write(join(folder, 'run.json'), [report], 'file.run_json')
  await write(join(folder, 'timings.json'), [timingsJson(run.timings())], 'file.timings_json')
  return { files: written, problems }
}

/** Paths as the caller would write them. */
const shownFiles = (portfolio: Portfolio): Portfolio => ({
  ...portfolio,
  files: portfolio.files.map((file) => ({ ...file, file: shown(file.file) })),
})
