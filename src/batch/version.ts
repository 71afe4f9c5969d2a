import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WEIGHTS_VERSION } from '../automl/learned/answers.ts'

/** The version of this package, as its manifest says. */
export function version(): string {
  const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** What makes the same task give the same bytes: this package, its weights, the major line of Node and the processor. */
export const engineVersion = (): string =>
  [version(), WEIGHTS_VERSION, process.versions.node.split('.')[0], process.arch].join('|')
