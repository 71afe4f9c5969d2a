import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { live, start } from './nemesis.ts'
import { asCsv, madePortfolio } from './portfolio.ts'

const cwd = mkdtempSync(join(tmpdir(), 'arfc-manners-'))
const run = (runDir: string): string[] => ['run', 'sales.csv', '--run-dir', runDir, '--horizon', '6', '--workers', '1']
const FILES = ['forecasts.csv', 'forecasts.json', 'run.json']

before(async () => {
  writeFileSync(join(cwd, 'sales.csv'), asCsv(madePortfolio(24, 60, 'manners')))
  assert.equal((await live(run('calm'), cwd, null)).end, '0')
})
after(() => rmSync(cwd, { recursive: true, force: true }))

async function said(process: ReturnType<typeof start>, words: RegExp): Promise<void> {
  // a hang guard: a hundred times what it takes
  for (let i = 0; i < 3000 && !words.test(process.said()); i++) await new Promise((resolve) => setTimeout(resolve, 20))
  assert.match(process.said(), words)
}

async function resumed(runDir: string): Promise<number> {
  const life = await live(['resume', runDir], cwd, null)
  assert.equal(life.end, '0')
  for (const file of FILES)
    assert.equal(readFileSync(join(cwd, runDir, file), 'utf8'), readFileSync(join(cwd, 'calm', file), 'utf8'), file)
  return life.before ?? 0
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`F11: the first ${signal} keeps what is finished, and prints how to go on`, async () => {
    const one = start(run(signal), cwd)
    await said(one, /20 % /)
    one.send(signal)
    assert.equal(await one.ended, '130')
    const [, done] =
      /Interrupted\. (\d+) series of 24 finished and kept\. Go on with:\n {2}arfc resume SIG/.exec(one.said()) ?? []
    assert.ok(Number(done) >= 5 && Number(done) < 24, one.said())
    assert.equal(await resumed(signal), Number(done))
  })

test('F11: the second interruption ends the run at once, and still nothing is lost', async () => {
  const one = start(run('twice'), cwd)
  await said(one, /20 % /)
  one.send('SIGINT')
  one.send('SIGINT')
  assert.equal(await one.ended, '130')
  assert.ok((await resumed('twice')) >= 5)
})

test('F11: whoever closes the pipe of the messages loses nothing, and hears no complaint', async () => {
  const shell = `"${process.execPath}" "${join(import.meta.dirname, '../../src/cli/main.ts')}" ${run('pipe').join(' ')} 2>&1 | head -n 3`
  const child = spawn('sh', ['-c', shell], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  await new Promise((resolve) => child.on('close', resolve))
  assert.doesNotMatch(text, /EPIPE|Error/)
  assert.ok((await resumed('pipe')) >= 2)
})

test('F12: a second process on a run folder is refused with who holds it; after a kill it is free at once', async () => {
  const one = start(run('held'), cwd)
  await said(one, /20 % /)
  const two = start(['resume', 'held'], cwd)
  assert.equal(await two.ended, '2')
  const { pid } = JSON.parse(readFileSync(join(cwd, 'held/.holder.json'), 'utf8')) as { pid: number }
  assert.equal(pid, one.pid)
  assert.match(two.said(), new RegExp(`in use by process ${pid} on\\s+${hostname()}`))
  one.send('SIGKILL')
  assert.equal(await one.ended, 'SIGKILL')
  assert.ok((await resumed('held')) >= 5)
})
