import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkedProfile, type ErpProfile } from '../export/erp/profile.ts'
import { Problem, problem } from '../messages.ts'

const FOLDER = join(import.meta.dirname, '../../profiles')

/** Names of the mappings that come with the program. */
export const erpProfileNames = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort()

/** Where the mapping of a name lies; a path is itself. */
const erpProfileFile = (name: string): string => {
  const known = join(FOLDER, `${basename(name)}.json`)
  return basename(name) === name && existsSync(known) ? known : name
}

/** A mapping by its name or the path of a file of one's own. Throws `profile_unknown`, `profile_invalid`. */
export function loadErpProfile(name: string): ErpProfile {
  const file = erpProfileFile(name)
  if (!existsSync(file)) throw new Problem(problem('profile_unknown', { name, profiles: erpProfileNames().join(', ') }))
  let mapping: unknown
  try {
    mapping = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Problem(problem('profile_invalid', { file, field: '{}', expected: error.message }), undefined, error)
  }
  return checkedProfile(mapping, file)
}
