import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cliDoc } from '../../scripts/make-cli-doc.ts'
import { root } from './arfc.ts'

test('docs/CLI.md is what scripts/make-cli-doc.ts makes', () => {
  assert.equal(readFileSync(join(root, 'docs/CLI.md'), 'utf8'), cliDoc(), 'run: node scripts/make-cli-doc.ts')
})
