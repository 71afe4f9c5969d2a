import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MESSAGES } from '../../src/messages.ts'
import { sourceFiles } from './source-files.ts'

test('every code is raised somewhere: no dead entries in the table', () => {
  const source = sourceFiles
    .filter((file) => file.path !== 'src/messages.ts')
    .map((file) => file.text)
    .join('\n')
  const dead = Object.keys(MESSAGES).filter((name) => !source.includes(`'${name}'`))
  assert.deepEqual(dead, [])
})

test('errors are caught only where a listed reason stands', () => {
  const silent = sourceFiles.flatMap((file) =>
    [...file.text.matchAll(/catch\s*(\([^)]*\))?\s*\{\s*\}/g)].map(() => file.path),
  )
  assert.deepEqual(silent, [], 'an empty catch swallows an error')
})
