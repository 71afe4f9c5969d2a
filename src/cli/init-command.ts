import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { writeFile } from '../processor/write-file.ts'
import { configSchema } from './config-schema.ts'
import { UsageError } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { columnsOf, wrap } from './layout.ts'
import { toStderr } from './output.ts'
import { shown } from './paths.ts'
import { CONFIG_FILE } from './settings.ts'
import type { Say } from './words.ts'

const SCHEMA_FILE = 'arfc.schema.json'

/** A beginning that can be run as it is: the choices that people change first. */
const FIRST = { horizon: 12, effort: 'balanced', level: [80, 95], service_level: 0.95, lead_time: 1 }

/** Writes settings and their schema into a folder, by which editors complete and check them; overwrites nothing. */
export async function init(folder: string, run: Command, say: Say): Promise<number> {
  const file = join(resolve(folder), CONFIG_FILE)
  if (existsSync(file)) throw new UsageError(say('usage.config_there', { file: shown(file) }))
  await writeFile(join(resolve(folder), SCHEMA_FILE), [`${JSON.stringify(configSchema(run), null, 2)}\n`])
  await writeFile(file, [`${JSON.stringify({ $schema: `./${SCHEMA_FILE}`, ...FIRST }, null, 2)}\n`])
  toStderr(wrap(say('init.done', { file: shown(file) }), columnsOf(process.stderr)))
  return EXIT.done
}
