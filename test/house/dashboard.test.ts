/** The walls of the dashboard: what it may import, how long its files are, and that its words are there and used. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { test } from 'node:test'
import { importsOf, root, type SourceFile } from './source-files.ts'

const files: readonly SourceFile[] = globSync('dashboard/src/**/*.{ts,tsx,css}', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, lines: text.split('\n').length - 1 }
  })

const PACKAGES = [
  ...['react', 'react-dom', 'react-dom/client', 'wouter', '@tanstack/react-query', '@tanstack/react-virtual'],
  ...['plotly.js-cartesian-dist-min', '@fontsource-variable/noto-sans-sc/index.css'],
]

test('the dashboard knows the contract by its types and the words by their renderer and names, and nothing else of the house', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap(({ target, typeOnly }) => {
      if (!target.startsWith('.'))
        return PACKAGES.includes(target) || (typeOnly && target === 'zod') ? [] : [`${file.path} imports ${target}`]
      const to = posix.join(posix.dirname(file.path), target)
      const isAllowed =
        to.startsWith('dashboard/src/') ||
        (typeOnly && (to.startsWith('src/contract/') || to.startsWith('src/i18n/locales/'))) ||
        ['src/i18n/message.ts', 'src/i18n/model-names.ts'].includes(to)
      return isAllowed ? [] : [`${file.path} imports ${target}`]
    }),
  )
  assert.deepEqual(wrong, [])
})

test('no file has more than 400 lines, half have at most 100', () => {
  assert.deepEqual(
    files.filter(({ lines, path }) => lines > 400 && !path.endsWith('.css')).map(({ path }) => path),
    [],
  )
  const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b)
  assert.ok(sizes[Math.floor(sizes.length / 2)]! <= 100)
})

const words = Object.keys(
  JSON.parse(readFileSync(join(root, 'src/i18n/locales/dashboard/en.json'), 'utf8')) as Record<string, string>,
)
const code = files.map(({ text }) => text).join('\n')
/** `'a.b'` as it is, and the fixed beginning and end of `` `a.${x}_b` ``. */
const whole = new Set([...code.matchAll(/['"]([a-z_]+\.[A-Za-z_.]+)['"]/g)].map(([, key]) => key!))
const parts = [
  ...code.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{[^}`]*(?:\{[^}]*\})?[^}`]*\}([a-z_.]*(?:\$\{[^}]*\})?)`/g),
].map(([, start, end]) => [start!, end!.includes('$') ? '' : end!] as const)

test('every word of the pages is used, and every word used is there', () => {
  assert.deepEqual(
    words.filter((key) => !whole.has(key) && !parts.some(([start, end]) => key.startsWith(start) && key.endsWith(end))),
    [],
  )
  const shared = JSON.parse(readFileSync(join(root, 'src/i18n/locales/en.json'), 'utf8')) as Record<string, string>
  const said = [...code.matchAll(/\bsay\(\s*'([^']+)'/g)].map(([, key]) => key!)
  assert.ok(said.length > 200)
  assert.deepEqual(
    said.filter((key) => !words.includes(key) && !(key in shared)),
    [],
  )
})

test('no sentence for people stands in the pages', () => {
  const found = files
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(({ path, text }) =>
      [
        ...text
          .replace(/\{\/\*[\s\S]*?\*\/\}|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
          .matchAll(/>\s*([A-Za-z][^<>{}=;()?+]*?)\s*</g),
      ]
        .map(([, sentence]) => sentence!.trim())
        .filter((sentence) => /[a-z]{2,} [a-z]{2,}/i.test(sentence))
        .map((sentence) => `${path}: ${sentence}`),
    )
  assert.deepEqual(found, [])
})
