import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { apiDoc } from '../../scripts/make-api-doc.ts'
import { COMBINATIONS } from '../../src/automl/combination/index.ts'
import { Config, LeadTime } from '../../src/contract/config.ts'
import { openApi } from '../../src/contract/openapi.ts'
import type { Route } from '../../src/contract/route.ts'
import { ROUTES } from '../../src/contract/routes.ts'
import { snakeCase } from '../../src/export/snake-case.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { PRESETS } from '../../src/processor/presets.ts'

test('docs/API.md is what scripts/make-api-doc.ts makes', () => {
  const stored = readFileSync(join(import.meta.dirname, '../../docs/API.md'), 'utf8')
  assert.equal(stored, apiDoc(stored), 'run: node scripts/make-api-doc.ts')
})

test('every option of the processor can be given over HTTP, and no other', () => {
  const names: Readonly<Record<string, string>> = { enableParallel: 'parallel', maxWorkers: 'workers' }
  // what a program prints to its terminal is no matter of a server
  const elsewhere = ['verbose']
  const options = Object.keys(DEFAULT_CONFIG).filter((name) => !elsewhere.includes(name))
  assert.deepEqual(Object.keys(Config.shape).sort(), options.map((name) => names[name] ?? snakeCase(name)).sort())
  for (const combination of COMBINATIONS) assert.ok(Config.safeParse({ combination }).success, combination)
  for (const preset of Object.keys(PRESETS)) assert.ok(Config.safeParse({ preset }).success, preset)
  assert.ok(LeadTime.safeParse('10d').success)
})

test('the document names every route, its permission stands in the table, and every reference leads somewhere', () => {
  const document = openApi('1') as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> }
  assert.equal(document.openapi, '3.1.0')
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  assert.deepEqual(operations.map(({ operationId }) => operationId).sort(), Object.keys(ROUTES).sort())
  for (const [name, { permission }] of Object.entries<Route>(ROUTES))
    assert.ok(['public', 'read', 'run', 'manage'].includes(permission), name)
  const text = JSON.stringify(document)
  for (const [, schema] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(text.includes(`"${schema}":{`), schema)
})
