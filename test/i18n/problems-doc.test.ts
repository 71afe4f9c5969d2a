import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { problemsDoc } from '../../scripts/make-problems-doc.ts'
import { MESSAGES } from '../../src/messages.ts'

test('docs/PROBLEMS.md is what scripts/make-problems-doc.ts makes', () => {
  const stored = readFileSync(join(import.meta.dirname, '../../docs/PROBLEMS.md'), 'utf8')
  assert.equal(stored, problemsDoc(), 'run: node scripts/make-problems-doc.ts')
})

test('every code has its line, whatever its kind', () => {
  const doc = problemsDoc()
  for (const name of Object.keys(MESSAGES)) assert.ok(doc.includes(`| \`${name}\` |`), name)
})
