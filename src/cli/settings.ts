import { existsSync, readFileSync } from 'node:fs'
import type { Command, Option } from 'commander'
import { type LocatedProblem, Problem, problem } from '../messages.ts'
import { closestName } from '../processor/closest.ts'
import { shown } from './paths.ts'

/** The settings of a project, beside its files. */
export const CONFIG_FILE = 'arfc.config.json'

/** Options that belong to one call and are no settings: asked for by hand, never taken from elsewhere. */
const NOT_SETTINGS = new Set([
  'config',
  'help',
  'version',
  'locale',
  'json',
  'quiet',
  'run-dir',
  'force-new',
  'dry-run',
  'previous',
  'show-origin',
  'problems',
])

/** `--max-file-mb` is `max_file_mb` in the file, and `ARFC_MAX_FILE_MB` in the environment. */
export const settingName = (option: Option): string => (option.long ?? '').replace(/^--(no-)?/, '').replaceAll('-', '_')
const variableOf = (option: Option): string => `ARFC_${settingName(option).toUpperCase()}`

export const settingsOf = (command: Command): Option[] =>
  command.options.filter(({ long }) => long !== undefined && !NOT_SETTINGS.has(long.slice(2)))

/**
 * Fills what was not typed: from the environment (`ARFC_EFFORT`), then from the settings of the project, read by the same
 * rules as the flags. Answers where each value came from, by the name of the flag. Every fault of the file is told at once.
 */
export function applySettings(
  command: Command,
  given: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const file = given ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : null)
  const settings = file === null ? {} : settingsIn(file)
  const faults: LocatedProblem[] = []
  const origins: Record<string, string> = {}
  const known = settingsOf(command)
  const all = known.map(settingName)
  // a file serves several commands: what another one knows is left to it
  const elsewhere = new Set(command.parent?.commands.flatMap((each) => settingsOf(each).map(settingName)))
  for (const name of Object.keys(settings))
    if (name !== '$schema' && !elsewhere.has(name))
      faults.push(problem('config_unknown', { field: `${file}: ${name}`, closest: closestName(name, all) }))
  for (const option of known) {
    const name = settingName(option)
    const key = option.attributeName()
    const source = command.getOptionValueSource(key)
    const place = command.getOptionValue(key) === undefined ? undefined : source
    if (source === 'cli') {
      origins[key] = option.long!
      continue
    }
    const variable = env[variableOf(option)]
    const [value, origin] =
      variable !== undefined ? [variable, variableOf(option)] : [settings[name], file === null ? '' : shown(file)]
    if (value === undefined) {
      if (place === 'default') origins[key] = 'default'
      continue
    }
    try {
      command.setOptionValueWithSource(key, read(option, value), 'config')
      origins[key] = origin
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      faults.push(
        problem('config_invalid', {
          field: `${origin}: ${name}`,
          value: JSON.stringify(value),
          expected: message.replace(/\.$/, ''),
        }),
      )
    }
  }
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return origins
}

function settingsIn(file: string): Readonly<Record<string, unknown>> {
  if (!existsSync(file)) throw new Problem(problem('file_not_found', { file }, { file }))
  try {
    const settings: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof settings === 'object' && settings !== null && !Array.isArray(settings)) return { ...settings }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Problem(
      problem('config_invalid', { field: file, value: error.message, expected: 'JSON' }),
      undefined,
      error,
    )
  }
  throw new Problem(problem('config_invalid', { field: file, value: '…', expected: '{ }' }))
}

/** A value as the flag's own reader takes it; lists one by one. */
function read(option: Option, value: unknown): unknown {
  const takesNone = !option.required && !option.optional
  if (takesNone) {
    if (value !== true && value !== false && value !== 'true' && value !== 'false') throw new Error('true | false')
    return String(value) === 'true'
  }
  const parse = option.parseArg as ((text: string, before: unknown) => unknown) | undefined
  let result: unknown
  for (const each of Array.isArray(value) ? value : [value]) {
    if (typeof each === 'object' && each !== null) throw new Error('"text" | 1 | true')
    result = parse === undefined ? String(each) : parse(String(each), result)
  }
  return result
}
