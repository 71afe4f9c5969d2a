import { createWriteStream, statSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Portfolio } from '../io/portfolio.ts'
import type { ReadOptions } from '../io/read-options.ts'
import { readFiles, readFound } from '../io/read-portfolio.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { isQuestion, refusalOf } from '../processor/usable.ts'
import { parseFrequency } from '../series/frequency-name.ts'
import { ask, mayAsk } from './ask.ts'
import { UsageError } from './errors.ts'
import type { ReadFlags } from './options.ts'
import { readStdin, type Stdin } from './stdin.ts'
import type { Say } from './words.ts'

/** The flags as the readers take them; a column list is divided by commas. */
function readOptions(flags: ReadFlags): ReadOptions {
  const { frequency, series, date, value, regressors, sheet, gaps, duplicates, negatives, outliers, incomplete } = flags
  const parsed = frequency === undefined ? undefined : parseFrequency(frequency)
  if (parsed === null)
    throw new Problem(
      problem('config_invalid', { field: '--frequency', value: frequency!, expected: 'daily, weekly, monthly, 15min' }),
    )
  return {
    ...(flags.delimiter !== undefined && { delimiter: flags.delimiter }),
    ...(flags.quote !== undefined && { quote: flags.quote }),
    ...(flags.decimal !== undefined && { decimal: flags.decimal }),
    ...(flags.thousands !== undefined && { thousands: flags.thousands }),
    ...(flags.dateOrder !== undefined && { dateOrder: flags.dateOrder }),
    ...(flags.encoding !== undefined && { encoding: flags.encoding }),
    ...(series !== undefined && { seriesColumns: listOf(series) }),
    ...(regressors !== undefined && { regressorColumns: regressors === 'none' ? [] : listOf(regressors) }),
    ...(sheet !== undefined && { sheet }),
    ...(gaps !== undefined && { gaps }),
    ...(duplicates !== undefined && { duplicates }),
    ...(negatives !== undefined && { negatives }),
    ...(outliers !== undefined && { outliers }),
    ...(incomplete !== undefined && { incomplete }),
    ...(flags.stockOuts !== undefined && { stockOuts: flags.stockOuts }),
    ...(date !== undefined && { dateColumn: date }),
    ...(value !== undefined && { valueColumn: value }),
    ...(parsed !== undefined && { frequency: parsed }),
    ...(flags.seasonLength !== undefined && { seasonLength: flags.seasonLength }),
    ...(flags.maxFileMb !== undefined && { maxFileMb: flags.maxFileMb }),
  }
}

const listOf = (columns: string): string[] => columns.split(',').map((column) => column.trim())

/** Reads what the caller named; what is piped has no cap. */
async function readOnce(
  files: readonly string[],
  flags: ReadFlags,
  stdin: Stdin | null,
  onProblem?: (one: LocatedProblem) => void,
): Promise<Portfolio> {
  const options = { ...readOptions(flags), ...(onProblem && { onProblem }) }
  if (stdin === null) return readFiles(files, options)
  return readFound([{ file: 'stdin', bytes: stdin.bytes }], { ...options, maxFileMb: Number.POSITIVE_INFINITY })
}

/**
 * The portfolio of the files; asks a person what only a person knows: the flags then say it, and whoever reads these files
 * again need not ask. All problems, also those beyond the limit of the list, go to the file of `--problems`, one JSON
 * object a line.
 */
export async function readInput<F extends ReadFlags>(
  files: readonly string[],
  flags: F,
  say: Say,
): Promise<{ portfolio: Portfolio; settled: F }> {
  if (files.includes('-') && files.length > 1) throw new UsageError(say('usage.stdin_once'))
  const stdin = files[0] === '-' ? await readStdin() : null
  try {
    const before = stdin === null ? statesOf(files) : null
    let settled: F = flags
    let portfolio = await readOnce(files, settled, stdin)
    for (let question = portfolio.problems.find(isQuestion); question !== undefined && mayAsk(flags); ) {
      settled = { ...settled, ...(await ask(question, say)) }
      portfolio = await readOnce(files, settled, stdin)
      question = portfolio.problems.find(isQuestion)
    }
    if (flags.problems !== undefined)
      await listProblems(flags.problems, (each) => readOnce(files, settled, stdin, each))
    const changed = before === null ? -1 : statesOf(files).findIndex((state, i) => state !== before[i])
    if (changed >= 0) throw new Problem(problem('input_changed', { file: files[changed]! }, { file: files[changed]! }))
    return { portfolio, settled }
  } finally {
    stdin?.remove()
  }
}

/** Size, time and identity of each file; a file is read several times, and must be the same each time. */
const statesOf = (files: readonly string[]): string[] =>
  files.map((file) => {
    const { size, mtimeMs, ino } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0, ino: 0 }
    return `${size} ${mtimeMs} ${ino}`
  })

/** Reads once more, so that two million problems are written without being kept. */
async function listProblems(
  path: string,
  read: (onProblem: (one: LocatedProblem) => void) => Promise<Portfolio>,
): Promise<void> {
  const out = createWriteStream(path)
  const { items } = await read((one) => out.write(`${JSON.stringify(one)}\n`))
  for (const item of items) for (const one of item.problems) out.write(`${JSON.stringify(one)}\n`)
  out.end()
  await finished(out)
}

/** Throws where nothing may be forecast: nothing was read, an open question, or too many rows rejected. */
export function insistOnUsable(portfolio: Portfolio, flags: ReadFlags): void {
  const refused = refusalOf(portfolio, flags.acceptRejects === true)
  if (refused !== null) throw refused
}
