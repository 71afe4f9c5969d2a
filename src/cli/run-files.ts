import { hostname } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { takeWarm, warmUp } from '../batch/warm.ts'
import type { Summary } from '../export/report/summary.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import type { Earlier } from '../portfolio/exceptions.ts'
import { MOST_STEPS } from '../processor/config.ts'
import { workersFor } from '../processor/run-portfolio.ts'
import { runPortfolio } from '../processor/run-whole.ts'
import { type OpenCheckpoint, openCheckpoint } from '../store/open-checkpoint.ts'
import { configOf, originsOf } from './config-of.ts'
import { printProblems, UsageError } from './errors.ts'
import { majorityHorizon } from './horizon.ts'
import { interruptible } from './interrupt.ts'
import { columnsOf, wrap } from './layout.ts'
import type { RunFlags } from './options.ts'
import { toStderr } from './output.ts'
import { outputsOf } from './outputs.ts'
import { fromCaller, shown } from './paths.ts'
import { progressBar } from './progress-bar.ts'
import { insistOnUsable, readInput } from './read-input.ts'
import { runFolder, runHash } from './run-folder.ts'
import { holdsRun, ofTheRun, type RunRequest, writeRequest } from './run-request.ts'
import type { Say } from './words.ts'
import type { WrittenFile } from './write-run.ts'

export interface FinishedRun {
  readonly summary: Summary
  readonly seconds: number
  readonly runDir: string
  readonly files: readonly WrittenFile[]
  /** True where another system could not take a file that was asked for. */
  readonly unwritten: boolean
}

/** A run that is taken up again. */
interface TakenUp {
  readonly request: RunRequest
  /** Tries again what failed or was cut short. */
  readonly retry: boolean
  /** The run folder as the caller wrote it. */
  readonly folder: string
}

/** Series beyond which what was estimated is not kept for a run that continues this one: it takes some 40 kB each. */
const MOST_CONTINUED = 20_000

/** The folder of a run to be continued. Throws a `UsageError` where it holds none. */
function earlierRun(path: string, say: Say): string {
  const folder = fromCaller(path)
  if (!holdsRun(folder)) throw new UsageError(say('usage.run_dir_no_run', { folder: shown(folder) }))
  return folder
}

async function previousOf(path: string, say: Say): Promise<Map<string, Earlier>> {
  const { previousRun } = await import('./previous-run.ts')
  return previousRun(fromCaller(path), say)
}

/**
 * Reads, forecasts, writes every file whole. Each finished series is kept in the run folder at once: of a run that is
 * interrupted nothing is written (null), it says how to go on, and resumed it writes the same bytes.
 */
export async function runFiles(
  files: readonly string[],
  flags: RunFlags,
  say: Say,
  locale: string,
  takenUp: TakenUp | null = null,
): Promise<FinishedRun | null> {
  const start = new Date()
  const begun = performance.now()
  const config = configOf(flags)
  if (flags.horizon !== undefined && flags.horizon > MOST_STEPS) {
    const params = { field: '--horizon', value: flags.horizon, expected: `1 – ${MOST_STEPS}` }
    throw new Problem(problem('config_invalid', params))
  }
  const outputs = outputsOf(flags.output ?? [], say)
  const note = (...[key, params]: Parameters<Say>): void => {
    if (!flags.quiet && !flags.json) toStderr(wrap(say(key, params), columnsOf(process.stderr)))
  }
  warmUp()
  const warm = takeWarm()
  const interrupt = interruptible()
  let kept: OpenCheckpoint | null = null
  let earlier: OpenCheckpoint | null = null
  try {
    const amiss: LocatedProblem[] = []
    const open = (folder: string): OpenCheckpoint => openCheckpoint(folder, (damage) => amiss.push(damage))
    // whoever is refused is refused before anything is read
    if (takenUp !== null) kept = open(fromCaller(flags.runDir!))
    if (flags.continue !== undefined) earlier = open(earlierRun(flags.continue, say))
    const { portfolio, settled } = await readInput(files, flags, say)
    insistOnUsable(portfolio, flags)
    if (portfolio.problems.length > 0 && !flags.quiet) printProblems(portfolio.problems, say, locale)
    note('note.read', { series: portfolio.items.length, rows: portfolio.totals.rowsIn })
    const majority = majorityHorizon(portfolio.items.map((item) => item.seasonLength))
    const horizon = flags.horizon ?? majority.horizon
    if (flags.horizon === undefined)
      note(majority.seasonal ? 'note.horizon_seasonal' : 'note.horizon_plain', { horizon })
    const { maxWorkers: _, enableParallel: __, memoryBudgetMb: ___, ...meaning } = config
    const hash = runHash([...portfolio.files.map((file) => file.sha256), JSON.stringify({ ...meaning, horizon })])
    if (interrupt.signal.aborted) throw new Problem(problem('cancelled'))

    const folder = takenUp === null ? runFolder(flags, hash, start, say) : fromCaller(flags.runDir!)
    kept ??= open(folder)
    const inputs = portfolio.files.map(({ file, sha256 }) => ({ file, sha256 }))
    for (const { file, sha256 } of takenUp?.request.inputs ?? [])
      if (!inputs.some((each) => each.sha256 === sha256)) note('note.input_changed', { file: shown(file) })
    const fileLocale = takenUp?.request.locale ?? locale
    await writeRequest(folder, { folder: process.cwd(), files, flags: ofTheRun(settled), locale: fileLocale, inputs })

    // loaded while the workers compute, so when they have what to compute
    const last = setImmediate().then(async () => {
      const loaded = await Promise.all([
        import('./write-run.ts'),
        import('../export/report/summary.ts'),
        import('../portfolio/exceptions.ts'),
        import('./summary-text.ts'),
      ])
      // the first sentence with numbers takes thirty times as long as the next one
      say('note.horizon_plain', { horizon })
      return loaded
    })
    const bar = progressBar(process.stderr, say)
    const workers = workersFor(config, portfolio.items.length)
    let before = 0
    const { results, members, basis } = await runPortfolio(portfolio.items, config, {
      horizon,
      workers,
      warm,
      signal: interrupt.signal,
      checkpoint: kept.checkpoint,
      shareCopies: true,
      lean: true,
      keepStates: portfolio.items.length <= MOST_CONTINUED,
      earlier: earlier?.checkpoint,
      retry: takenUp?.retry,
      onEvent: (event) => {
        if (event.kind === 'problem') amiss.push(event.problem)
        if (event.kind === 'series' && event.kept) before++
        if (event.kind !== 'progress' || flags.quiet || flags.json) return
        const { completedTasks: done, totalTasks: total, estimatedRange } = event.progress
        bar.update({ done, total, secondsLeft: estimatedRange })
      },
    })
    bar.end()
    if (!flags.quiet) printProblems(amiss, say, locale)
    const finished = results.filter(({ status }) => status !== 'cancelled').length
    if (finished < results.length) {
      const runDir = takenUp?.folder ?? shown(folder)
      const input = files[0] === '-' ? ' < FILE' : ''
      const command = `arfc resume ${runDir.includes(' ') ? `"${runDir}"` : runDir}${input}`
      toStderr(say('error.interrupted_kept', { done: finished, total: results.length, command }))
      return null
    }
    if (takenUp !== null) note('note.kept', { kept: before, total: results.length })

    const previous = flags.against === undefined ? new Map() : await previousOf(flags.against, say)
    const [{ writeRun }, { summarise }, { exceptionsOf }] = await last
    const exceptions = exceptionsOf(members, previous)
    const seconds = (): number => Number(((performance.now() - begun) / 1000).toFixed(3))
    const { files: written, problems: refused } = await writeRun(
      {
        ...{ folder, outputs, profile: flags.profile, locale: fileLocale, results, portfolio, exceptions, basis },
        fileLocale: flags.fileLocale ?? fileLocale,
        settings: flags.set ?? [],
        config: { ...meaning, horizon },
        configOrigins: originsOf(config, flags),
        timings: () => ({
          start: start.toISOString(),
          // a clock that is set meanwhile does not let a run end before it began
          end: new Date(start.getTime() + 1000 * seconds()).toISOString(),
          seconds: seconds(),
          host: hostname(),
          workers,
        }),
      },
      say,
    )
    if (!flags.quiet) printProblems(refused, say, locale)
    return {
      unwritten: refused.some(({ severity }) => severity === 'error'),
      summary: summarise(results, portfolio.totals, exceptions),
      seconds: seconds(),
      runDir: shown(folder),
      files: written,
    }
  } finally {
    await kept?.close()
    await earlier?.close()
    interrupt.done()
    await warm?.close()
  }
}
