import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { arfc, root } from './arfc.ts'

const SAMPLE = join(root, 'samples/portfolio.csv')

test('help names every command with examples, on standard output', async () => {
  const [bare, help, version, run] = await Promise.all([
    arfc([]),
    arfc(['--help']),
    arfc(['--version']),
    arfc(['run', '--help']),
  ])
  for (const each of [bare, help, version, run]) assert.equal(each.code, 0, each.stderr)
  assert.equal(bare.stdout, help.stdout)
  for (const command of ['run', 'check', 'explain', 'doctor', 'demo'])
    assert.match(help.stdout, new RegExp(`\\n  ${command} `))
  assert.match(help.stdout, /Examples:/)
  assert.doesNotMatch(help.stdout + run.stdout, /ui\.cli/)
  assert.equal(
    version.stdout.trim(),
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  )
})

test('the sample is understood: check --json names files, series and totals', async () => {
  const { code, stdout, stderr } = await arfc(['check', SAMPLE, '--json'])
  assert.equal(code, 0, stderr)
  const report = JSON.parse(stdout) as {
    files: { layout: string; rows_in: number }[]
    series: { name: string; frequency: string; season_length: number }[]
    totals: { rows_in: number; used: number; repaired: number; rejected: number }
  }
  assert.equal(report.files[0]!.layout, 'long')
  assert.ok(report.series.length >= 60)
  assert.deepEqual([...new Set(report.series.map((each) => each.frequency))].sort(), ['monthly', 'quarterly'])
  const { rows_in, used, repaired, rejected } = report.totals
  assert.equal(used + repaired + rejected, rows_in)
})

test('check for people keeps to 80 columns', async () => {
  const { code, stdout } = await arfc(['check', SAMPLE])
  assert.equal(code, 0)
  assert.ok(Math.max(...stdout.split('\n').map((line) => [...line].length)) <= 80, stdout)
  assert.doesNotMatch(stdout, /ui\.cli|undefined|NaN/)
})

test('a reader that closes the pipe early is no error', async () => {
  const { code, stderr } = await arfc(['check', SAMPLE, '--json'], { closeEarly: true })
  assert.equal(code, 0)
  assert.equal(stderr, '')
})

test('doctor reports this machine', async () => {
  const { code, stdout } = await arfc(['doctor', '--json'])
  const report = JSON.parse(stdout) as { ok: boolean; findings: { key: string }[] }
  assert.equal(code, report.ok ? 0 : 1)
  assert.ok(report.findings.some((each) => each.key === 'node'))
})
