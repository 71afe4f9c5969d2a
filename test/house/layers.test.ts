import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'
import { importsOf, sourceFiles } from './source-files.ts'

/**
 * The floors of the house. A folder imports its own files and what its line names; `type:x` allows `import type` alone.
 * The rule and its documentation are the same thing: change a wall here, and say why in the commit.
 */
const below3 = ['math', 'messages', 'series']
const below4 = [...below3, 'models', 'evaluate', 'inventory']
const below5 = [...below4, 'automl']
const FLOORS: Record<string, readonly string[]> = {
  math: [],
  messages: [],
  i18n: ['type:messages'],
  series: ['math', 'messages'],
  models: below3,
  evaluate: [...below3, 'models'],
  inventory: [...below3, 'models'],
  hierarchy: [...below3, 'models'],
  automl: below4,
  io: ['series', 'messages'],
  batch: below5,
  portfolio: [...below5, 'hierarchy', 'type:batch'],
  contract: [],
  export: ['type:batch', 'portfolio', 'automl', 'type:io', 'series', 'messages', 'i18n'],
  // a row of the checkpoint is sealed where the answer is made
  store: ['batch', 'messages'],
  processor: [...below5, 'hierarchy', 'portfolio', 'batch', 'io', 'export', 'store', 'i18n'],
  index: [...below5, 'hierarchy', 'portfolio', 'batch', 'processor', 'io', 'export', 'i18n'],
  server: [...below5, 'hierarchy', 'portfolio', 'batch', 'processor', 'io', 'export', 'store', 'i18n', 'contract'],
  cli: [...below5, 'hierarchy', 'portfolio', 'batch', 'processor', 'io', 'export', 'store', 'i18n', 'server'],
}

/** npm packages (and `node:`) a folder may import; none unless named. */
const PACKAGES: Record<string, readonly string[]> = {
  i18n: ['intl-messageformat'],
  io: ['node:', 'chardet', 'yauzl', 'saxes', 'hyparquet'],
  batch: ['node:'],
  export: ['node:', 'yazl', 'zod'],
  contract: ['zod', 'zod-openapi'],
  store: ['node:', 'kysely', 'pg'],
  server: ['node:', 'fastify', '@fastify/', 'jsonc-parser', 'prom-client', 'uuid', 'zod'],
  processor: ['node:', 'fastest-levenshtein', 'date-holidays'],
  cli: ['node:', 'commander', 'cli-table3', 'string-width', 'open'],
}

/** Folders that run in a thread, a browser or a test alike: no Node, no DOM, no clock, no ambient randomness. */
const PURE = ['math', 'messages', 'series', 'models', 'evaluate', 'inventory', 'automl', 'hierarchy', 'portfolio']
const AMBIENT = /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|process\.|globalThis\.|setTimeout|fetch\()/

const folderOf = (path: string): string =>
  path
    .replace(/^src\//, '')
    .split('/')[0]!
    .replace(/\.ts$/, '')

test('every folder of src has a line in the table of floors', () => {
  assert.deepEqual(
    [...new Set(sourceFiles.map((file) => folderOf(file.path)))].filter((f) => !(f in FLOORS)),
    [],
  )
})

test('a folder imports only from the floors below it, and only its own npm packages', () => {
  const wrong: string[] = []
  for (const file of sourceFiles) {
    const folder = folderOf(file.path)
    for (const { target, typeOnly } of importsOf(file)) {
      if (!target.startsWith('.')) {
        if (!(PACKAGES[folder] ?? []).some((name) => target === name || target.startsWith(name)))
          wrong.push(`${file.path} imports the package ${target}`)
        continue
      }
      const to = folderOf(posix.join(posix.dirname(file.path), target))
      if (to === folder || FLOORS[folder]!.includes(to)) continue
      if (typeOnly && FLOORS[folder]!.includes(`type:${to}`)) continue
      wrong.push(`${file.path} imports ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('a model family imports no other family, and a kernel only math', () => {
  const wrong: string[] = []
  for (const file of sourceFiles) {
    const family = /^src\/models\/([^/]+)\/(.+)$/.exec(file.path)
    if (family === null) continue
    for (const { target } of importsOf(file)) {
      if (!target.startsWith('.')) continue
      const to = posix.join(posix.dirname(file.path), target)
      const other = /^src\/models\/([^/]+)\//.exec(to)
      if (other !== null && other[1] !== family[1]) wrong.push(`${file.path} imports ${target}`)
      if (family[2] === 'kernel.ts' && !to.startsWith('src/math/')) wrong.push(`${file.path} imports ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('no import runs in a circle', () => {
  const edges = new Map(
    sourceFiles.map((file) => [
      file.path,
      importsOf(file)
        .filter(({ target, typeOnly }) => target.startsWith('.') && !typeOnly)
        .map(({ target }) => posix.join(posix.dirname(file.path), target)),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      return
    }
    state.set(path, 'open')
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const file of sourceFiles) visit(file.path, [])
  assert.deepEqual(circles, [])
})

test('the engine knows no clock, no ambient randomness, no Node and no DOM', () => {
  const wrong = sourceFiles
    .filter((file) => PURE.includes(folderOf(file.path)))
    .flatMap((file) =>
      file.text
        .split('\n')
        .map((line, i) => ({ line: line.replace(/\/\/.*$|^\s*\*.*$/, ''), at: `${file.path}:${i + 1}` }))
        .filter(({ line }) => AMBIENT.test(line)),
    )
  assert.deepEqual(wrong, [])
})
