import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { asCsv, madePortfolio } from '../faults/portfolio.ts'
import { arfc, folderWith } from './arfc.ts'

const portfolio = madePortfolio(12, 30, 'resume')
const quick = ['--horizon', '4', '--level', '80', '--effort', 'fast', '--max-models', '3', '--workers', '1']
const FILES = ['forecasts.csv', 'forecasts.json', 'run.json']
const cwd = folderWith({ 'sales.csv': asCsv(portfolio) })
const textOf = (folder: string, file: string): string => readFileSync(join(cwd, folder, file), 'utf8')
const same = (one: string, other: string): void => {
  for (const file of FILES) assert.equal(textOf(one, file), textOf(other, file), file)
}

before(async () => {
  const { code, stderr } = await arfc(['run', 'sales.csv', '--run-dir', 'calm', ...quick], { cwd })
  assert.equal(code, 0, stderr)
})

test('a finished run resumed from elsewhere computes nothing and writes the same bytes', async () => {
  cpSync(join(cwd, 'calm'), join(cwd, 'again'), { recursive: true })
  for (const file of FILES) rmSync(join(cwd, 'again', file))
  const { code, stderr } = await arfc(['resume', join(cwd, 'again')])
  assert.equal(code, 0, stderr)
  assert.match(stderr, /12 of 12 series were finished before/)
  same('again', 'calm')
})

test('what has changed is computed anew, and no more: a series, then an option', async () => {
  cpSync(join(cwd, 'calm'), join(cwd, 'changed'), { recursive: true })
  const changed = portfolio.map(([name, values], i) => [name, i === 3 ? [...values.slice(0, -1), 1] : values] as const)
  writeFileSync(join(cwd, 'sales.csv'), asCsv(changed))
  try {
    const series = await arfc(['resume', 'changed'], { cwd })
    assert.match(series.stderr, /«sales\.csv» has changed since the run began/)
    assert.match(series.stderr, /11 of 12 series were finished before/)
    const fresh = await arfc(['run', 'sales.csv', '--run-dir', 'fresh', ...quick], { cwd })
    assert.equal(fresh.code, 0)
    same('changed', 'fresh')
  } finally {
    writeFileSync(join(cwd, 'sales.csv'), asCsv(portfolio))
  }
  const option = await arfc(['resume', 'changed', '--level', '90', '--json'], { cwd })
  assert.equal(option.code, 0, option.stderr)
  assert.equal(option.stderr, '')
  assert.match(textOf('changed', 'forecasts.csv'), /lower_90,upper_90/)
  const kept = await arfc(['resume', 'changed'], { cwd })
  assert.match(kept.stderr, /12 of 12 series were finished before/)
})

test('a damaged checkpoint is told, its whole rows are kept, and the bytes are the same', async () => {
  cpSync(join(cwd, 'calm'), join(cwd, 'damaged'), { recursive: true })
  const file = join(cwd, 'damaged/checkpoint.sqlite')
  const bytes = readFileSync(file)
  bytes.fill(0xaa, 0, 4000)
  writeFileSync(file, bytes)
  const { code, stderr } = await arfc(['resume', 'damaged'], { cwd })
  assert.equal(code, 0)
  assert.match(stderr, /Warning: The checkpoint checkpoint\.sqlite was damaged\./)
  assert.match(stderr, /12 of 12 series were finished before/)
  same('damaged', 'calm')
  assert.ok(readdirSync(join(cwd, 'damaged')).includes('checkpoint.damaged-1.sqlite'))
})

test('retry takes the failed series again and keeps the others', async () => {
  const file = join(cwd, 'broken.csv')
  writeFileSync(file, `${asCsv(portfolio.slice(0, 3))}huge,2020-01-01,1e305\nhuge,2020-02-01,1.7e308\n`)
  const run = await arfc(['run', 'broken.csv', '--run-dir', 'broken', ...quick], { cwd })
  assert.equal(run.code, 3, run.stderr)
  const resumed = await arfc(['resume', 'broken', '--fail-on', 'none'], { cwd })
  assert.equal(resumed.code, 0)
  assert.match(resumed.stderr, /4 of 4 series were finished before/)
  const retried = await arfc(['retry', 'broken'], { cwd })
  assert.equal(retried.code, 3)
  assert.match(retried.stderr, /3 of 4 series were finished before/)
})

test('a folder that holds no run, or no usable request, is a usage error; a taken one is never overwritten', async () => {
  writeFileSync(join(folderAside('empty'), 'note.txt'), '')
  writeFileSync(join(folderAside('odd'), 'request.json'), '{')
  const [nothing, odd, taken, beside] = await Promise.all([
    arfc(['resume', 'empty'], { cwd }),
    arfc(['retry', 'odd'], { cwd }),
    arfc(['run', 'sales.csv', '--run-dir', 'calm', ...quick], { cwd }),
    arfc(['run', 'sales.csv', '--run-dir', 'calm', '--force-new', ...quick], { cwd }),
  ])
  for (const each of [nothing, odd, taken]) assert.equal(each.code, 2, each.stderr)
  assert.match(taken.stderr, /arfc resume/)
  assert.equal(beside.code, 0, beside.stderr)
  same('calm-2', 'calm')
})

test('data that came by standard input are piped again', async () => {
  const stdin = asCsv(portfolio.slice(0, 2))
  const run = await arfc(['run', '-', '--run-dir', 'piped', ...quick], { cwd, stdin })
  assert.equal(run.code, 0, run.stderr)
  const before = FILES.map((file) => textOf('piped', file))
  const { code, stderr } = await arfc(['resume', 'piped'], { cwd, stdin })
  assert.equal(code, 0, stderr)
  assert.match(stderr, /2 of 2 series were finished before/)
  assert.deepEqual(
    FILES.map((file) => textOf('piped', file)),
    before,
  )
})

function folderAside(name: string): string {
  const folder = join(cwd, name)
  cpSync(join(cwd, 'calm'), folder, { recursive: true, filter: (path) => path.endsWith('calm') })
  return folder
}
