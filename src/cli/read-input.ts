import { buffer } from 'node:stream/consumers'
import type { Portfolio } from '../io/portfolio.ts'
import type { ReadOptions } from '../io/read-options.ts'
import { readFiles, readPortfolio } from '../io/read-portfolio.ts'
import { Problem, problem } from '../messages.ts'
import { parseFrequency } from '../series/frequency-name.ts'
import { ask, isQuestion, mayAsk } from './ask.ts'
import { UsageError } from './errors.ts'
import type { ReadFlags } from './options.ts'
import type { Say } from './words.ts'

/** Share of rejected rows above which the input counts as misunderstood. */
const REJECTED_LIMIT = 0.2

/** The flags as the readers take them; a column list is divided by commas. */
function readOptions(flags: ReadFlags): ReadOptions {
  const { frequency, series, date, value } = flags
  const parsed = frequency === undefined ? undefined : parseFrequency(frequency)
  if (parsed === null)
    throw new Problem(
      problem('config_invalid', { field: '--frequency', value: frequency!, expected: 'daily, weekly, monthly, 15min' }),
    )
  return {
    ...(flags.delimiter !== undefined && { delimiter: flags.delimiter }),
    ...(flags.decimal !== undefined && { decimal: flags.decimal }),
    ...(flags.thousands !== undefined && { thousands: flags.thousands }),
    ...(flags.dateOrder !== undefined && { dateOrder: flags.dateOrder }),
    ...(flags.encoding !== undefined && { encoding: flags.encoding }),
    ...(series !== undefined && { seriesColumns: series.split(',').map((column) => column.trim()) }),
    ...(date !== undefined && { dateColumn: date }),
    ...(value !== undefined && { valueColumn: value }),
    ...(parsed !== undefined && { frequency: parsed }),
    ...(flags.seasonLength !== undefined && { seasonLength: flags.seasonLength }),
    ...(flags.maxFileMb !== undefined && { maxFileMb: flags.maxFileMb }),
  }
}

/** Reads what the caller named; `-` is standard input, and comes last. */
async function readOnce(files: readonly string[], flags: ReadFlags, stdin: Uint8Array | null): Promise<Portfolio> {
  if (stdin === null) return readFiles(files, readOptions(flags))
  // what is piped is already in memory: no cap
  return readPortfolio([{ name: 'stdin', bytes: stdin }], {
    ...readOptions(flags),
    maxFileMb: Number.POSITIVE_INFINITY,
  })
}

/** The portfolio of the files; asks a person what only a person knows, and refuses what is not usable. */
export async function readInput(files: readonly string[], flags: ReadFlags, say: Say): Promise<Portfolio> {
  if (files.includes('-') && files.length > 1) throw new UsageError(say('usage.stdin_once'))
  const stdin = files[0] === '-' ? await buffer(process.stdin) : null
  let settled = flags
  let portfolio = await readOnce(files, settled, stdin)
  for (let question = portfolio.problems.find(isQuestion); question !== undefined && mayAsk(flags); ) {
    settled = { ...settled, ...(await ask(question, say)) }
    portfolio = await readOnce(files, settled, stdin)
    question = portfolio.problems.find(isQuestion)
  }
  return portfolio
}

/** Throws where nothing may be forecast: nothing was read, an open question, or too many rows rejected. */
export function insistOnUsable(portfolio: Portfolio, flags: ReadFlags): void {
  const { rowsIn, rejected } = portfolio.totals
  const lost = rejected === rowsIn
  const all = lost ? [...portfolio.problems, ...portfolio.items.flatMap((item) => item.problems)] : portfolio.problems
  const errors = all.filter((each) => each.severity === 'error')
  const question = portfolio.problems.find(isQuestion)
  if (question !== undefined) throw new Problem(question, portfolio.problems.filter(isQuestion))
  if (portfolio.items.length === 0 || lost) {
    const first = errors[0] ?? problem('series_empty')
    throw new Problem(first, errors.length > 0 ? errors : [first])
  }
  if (rejected / rowsIn > REJECTED_LIMIT && flags.acceptRejects !== true) {
    const percent = Math.round((rejected / rowsIn) * 1000) / 10
    const tooMany = problem('rows_rejected_too_many', { rejected, rows: rowsIn, percent, limit: REJECTED_LIMIT * 100 })
    throw new Problem(tooMany, [tooMany, ...errors.filter((each) => each.code !== tooMany.code)])
  }
}
