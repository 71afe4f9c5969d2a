import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sourceFiles } from './source-files.ts'

const root = join(import.meta.dirname, '../..')
const readers = globSync('{src,test,bench,scripts,examples}/**/*.ts', { cwd: root }).map((path) => ({
  path: path.replaceAll('\\', '/'),
  words: new Set(readFileSync(join(root, path), 'utf8').match(/[A-Za-z_$][\w$]*/g)),
}))
const EXPORTED = /^export (?:abstract )?(?:async )?(?:const|let|function\*?|class) ([A-Za-z_$][\w$]*)/gm

test('values that a file exports are used by another file', () => {
  const dead = sourceFiles.flatMap(({ path, text }) =>
    [...text.matchAll(EXPORTED)]
      .map(([, name]) => name!)
      .filter((name) => !readers.some((reader) => reader.path !== path && reader.words.has(name)))
      .map((name) => `${path}: ${name}`),
  )
  assert.deepEqual(dead, [])
})
