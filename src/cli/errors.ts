import { renderPlace } from '../i18n/render.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf, wrap } from './layout.ts'
import { paintFor, toStderr } from './output.ts'
import type { Say } from './words.ts'

/** A request that cannot be carried out as it was typed; the sentence is ready to be read. */
export class UsageError extends Error {}

/** Problems shown before the rest is only counted. */
const SHOWN = 8
const SHOWN_OF_EACH = 3

/** The sentences of problems, worst first, each with its place. */
export function printProblems(problems: readonly LocatedProblem[], say: Say, locale: string): void {
  const paint = paintFor(process.stderr)
  const width = columnsOf(process.stderr)
  const sorted = [...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
  const shown = sorted.filter(fewOfEach(SHOWN_OF_EACH)).slice(0, SHOWN)
  for (const each of shown) {
    const key = each.severity === 'error' ? 'error.prefix' : 'error.warning'
    const word = say(key, { sentence: '' }).trim()
    const text = wrap(say(key, { sentence: renderPlace(each, locale) }), width)
    toStderr(text.replace(word, paint(each.severity === 'error' ? 'red' : 'yellow', word)))
  }
  if (sorted.length > shown.length) toStderr(say('error.problems_more', { count: sorted.length - shown.length }))
}

/** Keeps the first of each code: eight rows with the same fault would hide another. */
function fewOfEach(most: number): (one: LocatedProblem) => boolean {
  const counts = new Map<string, number>()
  return ({ code }) => {
    const before = counts.get(code) ?? 0
    counts.set(code, before + 1)
    return before < most
  }
}

const INTERNAL = new Set<string>(['internal_error', 'worker_crashed', 'checkpoint_failed', 'disk_full'])
const USAGE = new Set<string>([
  'profile_unknown',
  'profile_invalid',
  'config_invalid',
  'config_unknown',
  'run_folder_held',
  'checkpoint_version',
  'workbook_too_large',
])

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

/** The one place where an error of the command line ends: its words, and the exit code it means. */
export function report(error: unknown, say: Say, locale: string): number {
  if (error instanceof UsageError) {
    toStderr(wrap(say('error.prefix', { sentence: error.message }), columnsOf(process.stderr)))
    return EXIT.usage
  }
  if (error instanceof Problem) {
    if (error.code === 'cancelled') {
      toStderr(say('error.interrupted'))
      return EXIT.interrupted
    }
    printProblems(error.all, say, locale)
    if (INTERNAL.has(error.code)) return EXIT.internal
    return USAGE.has(error.code) ? EXIT.usage : EXIT.input
  }
  if (isSystemError(error) && error.code === 'ENOSPC')
    return report(
      new Problem(problem('disk_full', { file: error.path ?? '', bytes: 0 }), undefined, error),
      say,
      locale,
    )
  if (isSystemError(error) && error.path !== undefined) {
    toStderr(
      wrap(
        say('error.prefix', { sentence: say('error.write', { file: error.path, cause: error.code ?? error.message }) }),
        columnsOf(process.stderr),
      ),
    )
    return EXIT.internal
  }
  toStderr(say('error.internal', { cause: error instanceof Error ? error.message : String(error) }))
  if (error instanceof Error && error.stack !== undefined) toStderr(error.stack)
  return EXIT.internal
}
