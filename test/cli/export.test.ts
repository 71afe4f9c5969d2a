import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { arfc, folderWith } from './arfc.ts'

const HEAD = 'Articolo;Data;Quantità;Unità\r\n'
const rows = (name: string): string[] =>
  Array.from({ length: 36 }, (_, t) => {
    const date = `01/${String((t % 12) + 1).padStart(2, '0')}/${2022 + Math.floor(t / 12)}`
    return `${name};${date};${(1000 + 10 * ((t * 7919) % 13)).toLocaleString('it-IT', { useGrouping: 'always' })},5;pz`
  })
let cwd = ''

before(async () => {
  cwd = folderWith({ 'vendite.csv': `\ufeff${HEAD}${[...rows('007'), ...rows('B=1')].join('\r\n')}\r\n` })
  const run = await arfc(
    ['run', 'vendite.csv', '--horizon', '3', '--effort', 'fast', '--run-dir', 'run', '--no-input', '-o', 'all.json'],
    { cwd },
  )
  assert.equal(run.code, 0, run.stderr)
})

test('a run is exported again from its folder alone: the same JSON, and files for people', async () => {
  const { code, stderr } = await arfc(
    [
      'export',
      'run',
      '-o',
      'again.json',
      '-o',
      'report.xlsx',
      '-o',
      'report.html',
      '-o',
      'excel.csv',
      '--profile',
      'excel',
      '--file-locale',
      'it',
    ],
    { cwd },
  )
  assert.equal(code, 0, stderr)
  assert.equal(readFileSync(join(cwd, 'again.json'), 'utf8'), readFileSync(join(cwd, 'all.json'), 'utf8'))
  const excel = readFileSync(join(cwd, 'excel.csv'), 'utf8')
  assert.match(excel, /^\ufeffseries_name;date;period;forecast;/)
  assert.match(excel, /\r\n007;2025-01-01;1;\d+,\d+;/)
  for (const file of ['report.xlsx', 'report.html']) assert.ok(readFileSync(join(cwd, file)).length > 5000, file)
})

test('for another system: refused with what is missing, checked without writing, written with control totals', async () => {
  const bare = await arfc(['export', 'run', '--profile', 'sap-pir', '-o', 'pir.csv'], { cwd })
  assert.equal(bare.code, 4)
  assert.match(bare.stderr.replace(/\s+/g, ' '), /needs plant\. Give it with --set plant=VALUE/)
  const dry = await arfc(
    ['export', 'run', '--profile', 'sap-pir', '--set', 'plant=1000', '--dry-run', '-o', 'pir.csv', '--json'],
    { cwd },
  )
  assert.equal(dry.code, 0, dry.stderr)
  assert.ok(!existsSync(join(cwd, 'pir.csv')))
  const written = await arfc(['export', 'run', '--profile', 'sap-pir', '--set', 'plant=1000', '-o', 'pir.csv'], { cwd })
  assert.equal(written.code, 0, written.stderr)
  const lines = readFileSync(join(cwd, 'pir.csv'), 'utf8').trimEnd().split('\r\n')
  assert.equal(lines.length, 7)
  assert.match(lines[1]!, /^007;1000;;VSF;00;;;202501;M;20250101;\d+;EA$/)
  const control = JSON.parse(readFileSync(join(cwd, 'pir.csv.control.json'), 'utf8')) as Record<string, unknown>
  const { totals } = JSON.parse(dry.stdout) as { totals: Record<string, Record<string, unknown>> }
  const expected: Record<string, unknown> = { schema_version: 1, ...totals['pir.csv'] }
  assert.deepEqual(control, expected)
  const sum = lines.slice(1).reduce((total, line) => total + Number(line.split(';')[10]), 0)
  assert.equal(control.total_quantity, sum)
  const delta = await arfc(
    ['export', 'run', '--profile', 'sap-pir', '--set', 'plant=1000', '--previous', 'run', '-o', 'delta.csv'],
    { cwd },
  )
  assert.equal(delta.code, 0, delta.stderr)
  assert.equal(readFileSync(join(cwd, 'delta.csv'), 'utf8').trimEnd().split('\r\n').length, 1)
})

test('a setting, a profile or an ending that is none is told', async () => {
  const wrong: [string[], RegExp, number][] = [
    [['--profile', 'sap-pir', '--set', 'plnt=1', '-o', 'x.csv'], /no setting of the profile.*plant/, 2],
    [['--profile', 'sap', '-o', 'x.csv'], /no profile sap.*sap-ibp, sap-pir/, 2],
    [['-o', 'x.pdf'], /\.xlsx/, 2],
    [[], /--output .*must be given/, 2],
  ]
  for (const [words, sentence, code] of wrong) {
    const ended = await arfc(['export', 'run', ...words], { cwd })
    assert.match(ended.stderr.replace(/\s+/g, ' '), sentence)
    assert.equal(ended.code, code, ended.stderr)
  }
  assert.equal((await arfc(['export', 'none', '-o', 'x.csv'], { cwd })).code, 2)
})

test('a workbook that was not filled in takes no overrides; what is no workbook is refused', async () => {
  const { code, stderr } = await arfc(['import-overrides', 'run', 'report.xlsx'], { cwd })
  assert.equal(code, 0, stderr)
  assert.match(stderr, /No override taken, 0 refused/)
  assert.equal((await arfc(['import-overrides', 'run', 'vendite.csv'], { cwd })).code, 4)
  assert.equal((await arfc(['import-overrides', 'run', 'none.xlsx'], { cwd })).code, 4)
})
