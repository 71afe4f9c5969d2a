import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { shim } from './calls.ts'
import { asCsv, madePortfolio } from './portfolio.ts'

const cwd = mkdtempSync(join(tmpdir(), 'arfc-limits-'))
const main = join(import.meta.dirname, '../../src/cli/main.ts')
const asked = (runDir: string, workers = 2): string[] => [
  ...[main, 'run', 'sales.csv', '--run-dir', runDir, '--horizon', '6'],
  ...['--workers', `${workers}`, '--effort', 'fast', '--max-models', '3'],
]
const FILES = ['forecasts.csv', 'forecasts.json', 'run.json']

before(() => {
  writeFileSync(join(cwd, 'sales.csv'), asCsv(madePortfolio(24, 48, 'limits')))
  assert.equal(spawnSync(process.execPath, asked('calm'), { cwd }).status, 0)
})
after(() => rmSync(cwd, { recursive: true, force: true }))

function sameBytes(runDir: string): void {
  for (const file of FILES)
    assert.equal(readFileSync(join(cwd, runDir, file), 'utf8'), readFileSync(join(cwd, 'calm', file), 'utf8'), file)
}

test('F13: a wall clock that jumps by hours and days, and to 1970, changes no byte and no duration', (t) => {
  const library = shim('clock.c')
  if (library === null) return t.skip('no compiler, or not Linux')
  try {
    const env = { ...process.env, LD_PRELOAD: library.path }
    const looks = [0, 1, 2, 3].map(() =>
      Number(spawnSync(process.execPath, ['-p', 'Date.now() - Date.now()'], { env, encoding: 'utf8' }).stdout),
    )
    if (looks.every((difference) => Math.abs(difference) < 1000)) return t.skip('this Node does not ask the library')
    const { status, stderr } = spawnSync(process.execPath, asked('jumping'), { cwd, env, encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    sameBytes('jumping')
    assert.doesNotMatch(stderr, /NaN|-\d+ (s|min|h)\b/)
    const { start, end, seconds } = JSON.parse(readFileSync(join(cwd, 'jumping/timings.json'), 'utf8')) as Record<
      string,
      string
    >
    assert.ok(Number(seconds) > 0 && Number(seconds) < 600, seconds)
    assert.ok(Date.parse(end!) >= Date.parse(start!), `${start} – ${end}`)
    const again = spawnSync(process.execPath, [main, 'resume', 'jumping'], { cwd, env, encoding: 'utf8' })
    assert.equal(again.status, 0, again.stderr)
    sameBytes('jumping')
  } finally {
    library.remove()
  }
})

for (const files of [64, 32])
  test(`F15: ${files} open files are enough`, (t) => {
    if (spawnSync('prlimit', ['--version']).status !== 0) return t.skip('no prlimit')
    const limited = [`--nofile=${files}:${files}`, process.execPath, ...asked(`files-${files}`)]
    const { status, stderr } = spawnSync('prlimit', limited, { cwd, encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    sameBytes(`files-${files}`)
  })

test('F15: where not even a file can be opened, it is told, and no forecast is claimed', (t) => {
  if (spawnSync('prlimit', ['--version']).status !== 0) return t.skip('no prlimit')
  const limited = ['--nofile=22:22', process.execPath, ...asked('files-22')]
  const { status, stderr } = spawnSync('prlimit', limited, { cwd, encoding: 'utf8' })
  assert.notEqual(status, 0)
  assert.match(stderr, /EMFILE|cannot be (read|written)/)
  assert.equal(existsSync(join(cwd, 'files-22/forecasts.csv')), false)
})

test('F16: where the system gives fewer threads, the run goes on with those, and says so once', (t) => {
  const group = `/sys/fs/cgroup/pids/arfc-f16-${process.pid}`
  if (process.getuid?.() !== 0 || !existsSync('/sys/fs/cgroup/pids')) return t.skip('no group of processes can be made')
  mkdirSync(group)
  try {
    // how many threads Node itself starts differs between machines, and four more wait for files: down from what two
    // workers need, until one is refused
    const own = Number(
      spawnSync(process.execPath, ['-p', "fs.readdirSync('/proc/self/task').length"], { encoding: 'utf8' }).stdout,
    )
    for (let most = own + 7; most > own + 4; most--) {
      writeFileSync(join(group, 'pids.max'), `${most}`)
      const { status, stderr } = spawnSync(
        'sh',
        ['-c', 'echo $$ > "$GROUP/tasks" && exec "$@"', 'sh', process.execPath, ...asked(`threads-${most}`)],
        { cwd, encoding: 'utf8', env: { ...process.env, GROUP: group } },
      )
      if (status === 0) sameBytes(`threads-${most}`)
      const told = stderr.match(/gives 1 of 2 workers/g)?.length ?? 0
      if (told === 0 && status === 0) continue
      assert.equal(status, 0, stderr)
      assert.equal(told, 1, stderr)
      return
    }
    t.skip('this Node needs other threads than were counted: none was refused')
  } finally {
    rmdirSync(group)
  }
})
