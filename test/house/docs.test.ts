import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { root, sourceFiles } from './source-files.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>

test('every dependency is recorded in docs/DEPENDENCIES.md and pinned to one version', () => {
  const doc = readFileSync(join(root, 'docs/DEPENDENCIES.md'), 'utf8')
  for (const group of ['dependencies', 'devDependencies', 'optionalDependencies'])
    for (const [name, version] of Object.entries(manifest[group] ?? {})) {
      assert.ok(doc.includes(`\`${name}\``), `${name} is not in docs/DEPENDENCIES.md`)
      assert.match(version, /^\d+\.\d+\.\d+$/, `${name} is not pinned`)
    }
})

test('every production dependency is imported by the sources', () => {
  const source = sourceFiles.map((file) => file.text).join('\n')
  for (const name of Object.keys(manifest.dependencies ?? {}))
    assert.ok(source.includes(`'${name}`), `${name} is not imported`)
})

test('links between the documents lead somewhere', () => {
  const dead: string[] = []
  for (const page of ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })]) {
    const text = readFileSync(join(root, page), 'utf8')
    for (const match of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(#[^)]*)?\)/g))
      if (!existsSync(join(root, dirname(page), match[1]!))) dead.push(`${page}: ${match[1]}`)
  }
  assert.deepEqual(dead, [])
})

test('the README names exactly the two set-up commands', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  assert.equal(text.match(/npm ci && npm start/g)?.length, 1)
  assert.equal(text.match(/npm ci && npm test/g)?.length, 1)
})

test('no tracked text names a path of one machine', () => {
  const pattern = new RegExp(`(^|[^A-Za-z0-9._-])/(${['work', 'root', 'home/[a-z]+'].join('|')})/`)
  const wrong = globSync(['src/**/*', 'test/**/*.ts', 'docs/**/*.md', 'bench/**/*', 'scripts/**/*', '*.md'], {
    cwd: root,
  })
    .filter((path) => /\.(ts|md|json|py)$/.test(path))
    .filter((path) => pattern.test(readFileSync(join(root, path), 'utf8')))
  assert.deepEqual(wrong, [])
})
