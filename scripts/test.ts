/** Runs everything that must hold: types, lint and format, then all tests. Ends with `N passed, N failed`. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const root = join(import.meta.dirname, '..')
process.chdir(root)
const require = createRequire(import.meta.url)

/** The path of a tool's own script, so that it runs on this very Node and needs no shell. */
function tool(packageName: string, script: string): string {
  return join(dirname(require.resolve(`${packageName}/package.json`)), script)
}

let passed = 0
let failed = 0
let skipped = 0

const checks: [name: string, script: string, args: string[]][] = [
  ['types (tsc)', tool('typescript', 'bin/tsc'), ['--noEmit']],
  ['types of the dashboard (tsc)', tool('typescript', 'bin/tsc'), ['--project', 'dashboard']],
  ['lint and format (biome)', tool('@biomejs/biome', 'bin/biome'), ['check', '--error-on-warnings', '.']],
]
for (const [name, script, args] of checks) {
  const outcome = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' })
  if (outcome.status === 0) passed++
  else failed++
  console.log(`${outcome.status === 0 ? '✔' : '✖'} ${name}`)
}

const chosen = process.argv.slice(2)
const files = globSync(chosen.length > 0 ? chosen : ['test/**/*.test.ts']).sort()
const stream = run({ files, concurrency: 2, timeout: 600_000 })
const isFile = (name: string): boolean => name.endsWith('.test.ts')
stream.on('test:pass', (event) => {
  if (event.details.type === 'suite' || isFile(event.name)) return
  if (event.skip !== undefined || event.todo !== undefined) skipped++
  else passed++
})
stream.on('test:fail', (event) => {
  if (event.details.type !== 'suite') failed++
})
stream.on('end', () => {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exitCode = failed > 0 ? 1 : 0
})
stream.compose(spec).pipe(process.stdout)
