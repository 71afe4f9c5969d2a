import type { Command } from 'commander'
import { configOf, originsOf } from './config-of.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf, fit, table } from './layout.ts'
import type { RunFlags } from './options.ts'
import { paintFor, toStdout } from './output.ts'
import { settingName, settingsOf } from './settings.ts'
import type { Say } from './words.ts'

/** The value of every setting as a run here would have it, and where it comes from. */
export function showConfig(
  command: Command,
  flags: RunFlags & { readonly showOrigin?: boolean },
  origins: Readonly<Record<string, string>>,
  say: Say,
): number {
  const config = configOf(flags)
  const resolved = Object.entries(config) as [string, unknown][]
  const ofConfig = new Map(
    Object.entries(originsOf(config, flags)).map(([name, origin]) => [ALIASES[name] ?? name, origin]),
  )
  const complete = new Map(resolved.map(([name, value]) => [ALIASES[name] ?? name, value]))
  const rows = settingsOf(command).map((option) => {
    const key = option.attributeName()
    const value = flags[key as keyof RunFlags] ?? complete.get(key) ?? null
    return { name: settingName(option), value, origin: origins[key] ?? ofConfig.get(key) ?? 'default' }
  })
  if (flags.json)
    toStdout(
      JSON.stringify(Object.fromEntries(rows.map(({ name, value, origin }) => [name, { value, origin }])), null, 2),
    )
  else {
    const width = columnsOf(process.stdout)
    const paint = paintFor(process.stdout)
    const text = (value: unknown): string =>
      value === null ? say('config.none') : Array.isArray(value) ? value.join(', ') : String(value)
    toStdout(
      table(
        rows.map(({ name, value, origin }) => [
          name,
          fit(text(value), Math.max(12, width - 56)),
          ...(flags.showOrigin ? [paint(origin === 'default' ? 'dim' : 'bold', origin)] : []),
        ]),
        ['left', 'left', 'left'],
      ),
    )
  }
  return EXIT.done
}

/** Names of the library that flags call otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  maxWorkers: 'workers',
  maxModelsToTry: 'maxModels',
  levels: 'level',
}
