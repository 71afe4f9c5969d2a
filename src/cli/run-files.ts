import { hostname } from 'node:os'
import { join } from 'node:path'
import type { SeriesResult } from '../batch/run-result.ts'
import { forecastCsv } from '../export/csv.ts'
import { forecastJson } from '../export/json.ts'
import { runJson } from '../export/run-json.ts'
import { timingsJson } from '../export/timings-json.ts'
import { Problem, problem } from '../messages.ts'
import { MOST_STEPS } from '../processor/config.ts'
import { runPortfolio, workersFor } from '../processor/run-portfolio.ts'
import { writeFile } from '../processor/write-file.ts'
import { configOf, originsOf } from './config-of.ts'
import { printProblems } from './errors.ts'
import { majorityHorizon } from './horizon.ts'
import { interruptible } from './interrupt.ts'
import { columnsOf, wrap } from './layout.ts'
import type { RunFlags } from './options.ts'
import { toStderr } from './output.ts'
import { type Output, outputsOf } from './outputs.ts'
import { shown } from './paths.ts'
import { progressBar } from './progress-bar.ts'
import { insistOnUsable, readInput } from './read-input.ts'
import { runFolder, runHash } from './run-folder.ts'
import { type Summary, summarise } from './summary.ts'
import { version } from './version.ts'
import type { Say } from './words.ts'

export interface FinishedRun {
  readonly summary: Summary
  readonly seconds: number
  readonly runDir: string
  /** Paths as the caller would write them. */
  readonly files: readonly { readonly path: string; readonly what: string }[]
}

/** Reads, forecasts, writes every file whole; nothing is written of a run that was interrupted. */
export async function runFiles(
  files: readonly string[],
  flags: RunFlags,
  say: Say,
  locale: string,
): Promise<FinishedRun> {
  const start = new Date()
  const begun = performance.now()
  const config = configOf(flags)
  if (flags.horizon !== undefined && flags.horizon > MOST_STEPS) {
    const params = { field: '--horizon', value: flags.horizon, expected: `1 – ${MOST_STEPS}` }
    throw new Problem(problem('config_invalid', params))
  }
  const outputs = outputsOf(flags.output ?? [], say)
  const note = (text: string): void => {
    if (!flags.quiet && !flags.json) toStderr(wrap(text, columnsOf(process.stderr)))
  }
  const interrupt = interruptible()
  try {
    const portfolio = await readInput(files, flags, say)
    insistOnUsable(portfolio, flags)
    if (portfolio.problems.length > 0 && !flags.quiet) printProblems(portfolio.problems, say, locale)
    note(say('note.read', { series: portfolio.items.length, rows: portfolio.totals.rowsIn }))
    const majority = majorityHorizon(portfolio.items.map((item) => item.seasonLength))
    const horizon = flags.horizon ?? majority.horizon
    if (flags.horizon === undefined)
      note(say(majority.seasonal ? 'note.horizon_seasonal' : 'note.horizon_plain', { horizon }))
    const { maxWorkers: _, enableParallel: __, ...meaning } = config
    const hash = runHash([...portfolio.files.map((file) => file.sha256), JSON.stringify({ ...meaning, horizon })])
    const folder = runFolder(flags, hash, start, say)

    const bar = progressBar(process.stderr, say)
    const workers = workersFor(config, portfolio.items.length)
    const results = await runPortfolio(portfolio.items, config, {
      horizon,
      workers,
      signal: interrupt.signal,
      onProgress: (progress) => {
        if (flags.quiet || flags.json) return
        const { completedTasks: done, totalTasks: total, estimatedCompletion: secondsLeft } = progress
        bar.update({ done, total, secondsLeft })
      },
    })
    bar.end()
    if (interrupt.signal.aborted) throw new Problem(problem('cancelled'))

    const written: { path: string; what: string }[] = []
    const write = async (path: string, chunks: Iterable<string>, what: string): Promise<void> => {
      await writeFile(path, chunks)
      written.push({ path: shown(path), what: say(what) })
    }
    for (const output of outputs) await write(output.path, chunksOf(output, results, flags, locale), 'file.output')
    if (outputs.length === 0)
      await write(
        join(folder, 'forecasts.csv'),
        chunksOf({ path: '', format: 'csv' }, results, flags, locale),
        'file.forecasts_csv',
      )
    await write(join(folder, 'forecasts.json'), forecastJson(results, { locale }), 'file.forecasts_json')
    const report = runJson({
      files: portfolio.files.map((file) => ({ ...file, file: shown(file.file) })),
      config: { ...meaning, horizon },
      configOrigins: originsOf(config, flags),
      results,
      engineVersion: version(),
      seed: config.seed,
      totals: portfolio.totals,
      problems: portfolio.problems,
      locale,
    })
    await write(join(folder, 'run.json'), [report], 'file.run_json')
    const seconds = (): number => Number(((performance.now() - begun) / 1000).toFixed(3))
    const timings = {
      start: start.toISOString(),
      end: new Date().toISOString(),
      seconds: seconds(),
      host: hostname(),
      workers,
    }
    await write(join(folder, 'timings.json'), [timingsJson(timings)], 'file.timings_json')
    return {
      summary: summarise(results, portfolio, horizon),
      seconds: seconds(),
      runDir: shown(folder),
      files: written,
    }
  } finally {
    interrupt.done()
  }
}

const chunksOf = (
  output: Output,
  results: readonly SeriesResult[],
  flags: RunFlags,
  locale: string,
): Iterable<string> =>
  output.format === 'csv' ? forecastCsv(results, { profile: flags.profile }) : forecastJson(results, { locale })
