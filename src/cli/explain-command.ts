import { closestNames } from '../processor/closest.ts'
import { UsageError } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { explainText } from './explain-text.ts'
import { readEntries } from './finished-run.ts'
import { columnsOf } from './layout.ts'
import { paintFor, toStdout } from './output.ts'
import { fromCaller, shown } from './paths.ts'
import type { Say } from './words.ts'

/** Why one series of a finished run got its forecast. */
export function explain(name: string, flags: { runDir: string; json?: boolean }, say: Say, locale: string): number {
  const folder = fromCaller(flags.runDir)
  const entries = readEntries(folder, say)
  const entry = entries.get(name)
  if (entry === undefined) {
    const names = closestNames(name, [...entries.keys()])
    const unknown = say('usage.name_unknown', { name, folder: shown(folder) })
    throw new UsageError(
      names.length === 0
        ? unknown
        : `${unknown} ${say('usage.name_closest', { names: names.map((each) => `«${each}»`).join(', ') })}`,
    )
  }
  const page = { say, locale, width: columnsOf(process.stdout), paint: paintFor(process.stdout) }
  toStdout(flags.json ? JSON.stringify(entry, null, 2) : explainText(name, entry, page))
  return EXIT.done
}
