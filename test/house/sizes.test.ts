import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceFiles } from './source-files.ts'

/** Files that may be longer than 600 lines, each with its reason (data tables apart there should be none). */
const EXCEPTIONS: Record<string, string> = {}

const sizes = sourceFiles.map((file) => file.lines).sort((a, b) => a - b)
const at = (share: number): number => sizes[Math.min(sizes.length - 1, Math.floor(share * sizes.length))]!

test('half of the files have at most 100 lines', () => assert.ok(at(0.5) <= 100, `median ${at(0.5)}`))
test('nine in ten files have at most 350 lines', () => assert.ok(at(0.9) <= 350, `90th percentile ${at(0.9)}`))
test('no file has more than 600 lines', () => {
  assert.deepEqual(
    sourceFiles.filter((file) => file.lines > 600 && !(file.path in EXCEPTIONS)).map((file) => file.path),
    [],
  )
})
