/**
 * Makes `schemas/*.schema.json` of the JSON we write.
 * Usage: `node scripts/make-schemas.ts`; a test compares them with what the sources say (`npm run fix` lays them out).
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonSchemaOf, schemaNames } from '../src/export/schemas.ts'

const folder = join(import.meta.dirname, '../schemas')
mkdirSync(folder, { recursive: true })
for (const name of schemaNames)
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`)
