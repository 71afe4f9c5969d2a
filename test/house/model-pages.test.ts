import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { registry } from '../../src/models/registry.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'docs/MODELS')
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))
const textOf = (page: string): string => readFileSync(join(folder, page), 'utf8')

test('every model of the registry has a page that names it in its title', () => {
  const titles = pages.map((page) => textOf(page).split('\n')[0]!)
  const missing = Object.values(registry).filter(({ name }) => !titles.some((title) => title.includes(`\`${name}\``)))
  assert.deepEqual(
    missing.map(({ name }) => name),
    [],
  )
})

for (const page of [...pages.map((each) => `MODELS/${each}`), 'HIERARCHIES.md', 'INVENTORY.md'])
  test(`docs/${page}: its program prints what the page says`, () => {
    const text = readFileSync(join(root, 'docs', page), 'utf8')
    const [, program] = /```ts\n([\s\S]*?)```/.exec(text) ?? []
    const [, printed] = /```ts\n[\s\S]*?```\s+```\n([\s\S]*?)```/.exec(text) ?? []
    assert.ok(program !== undefined && printed !== undefined, 'a program and, after it, what it prints')
    // from the root of the package, so that it finds itself by name
    const options = ['--input-type=module-typescript', '--eval', program]
    const run = spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8' })
    assert.equal(run.stderr, '')
    assert.equal(run.stdout, printed)
  })
