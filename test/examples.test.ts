import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = join(import.meta.dirname, '../examples')
const work = mkdtempSync(join(tmpdir(), 'arfc-examples-'))
after(() => rmSync(work, { recursive: true, force: true }))

/** What each prints, where that says that it did what it is for. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  'retail.ts': /^Cafes and restaurants, Australian Capital Territory: \d+ \(\d+ to \d+\), .*, [ABC][XYZ]$/m,
  'spare-parts.ts': /reorder point \d/,
  'warehouses.ts': /^Supermarkets_\* +total of \d/m,
}

for (const name of readdirSync(folder))
  test(`examples/${name} runs, in at most 40 lines`, () => {
    const path = join(folder, name)
    assert.ok(readFileSync(path, 'utf8').trimEnd().split('\n').length <= 40)
    const run = spawnSync(process.execPath, [path], { cwd: work, encoding: 'utf8', timeout: 300_000 })
    assert.equal(run.status, 0, run.stderr)
    assert.match(run.stdout, PRINTS[name] ?? /./)
  })
