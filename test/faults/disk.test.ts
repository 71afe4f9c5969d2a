import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { CheckpointStore } from '../../src/batch/checkpoint.ts'
import { runBatch } from '../../src/batch/run.ts'
import type { Task, TaskResult } from '../../src/batch/task.ts'
import { readInput } from '../../src/cli/read-input.ts'
import { Problem, problem } from '../../src/messages.ts'
import { writeFile } from '../../src/processor/write-file.ts'
import { openCheckpoint } from '../../src/store/open-checkpoint.ts'
import { engine, options, tasksOf } from '../batch/tasks.ts'
import { smallDisk } from './small-disk.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-disk-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const tasks = (count: number): Task[] =>
  tasksOf(Array.from({ length: count }, (_, i) => `good ${i}`)).map((task, i) => ({
    ...task,
    options: { ...options, horizon: 12 },
    series: { ...task.series, values: Float64Array.from({ length: 12 }, (_, t) => i + t) },
  }))

const bytesOf = ({ outcome, status }: TaskResult): string =>
  JSON.stringify([status, outcome], (_, value) => (value instanceof Float64Array ? [...value] : value))

for (const megabytes of [1, 3])
  test(`F20: a disk of ${megabytes} MB that fills up stops the run, and costs nothing that was given`, async (t) => {
    const disk = smallDisk(folder, megabytes)
    if (disk === null) return t.skip('no file system can be mounted here')
    try {
      const run = async (
        path: string,
        given: Map<number, string>,
        onKept = (_: boolean): void => {},
      ): Promise<void> => {
        const { checkpoint, close } = openCheckpoint(path, () => {})
        try {
          const onEvent = (event: { kind: string; kept?: boolean }): void => {
            if (event.kind === 'series') onKept(event.kept === true)
          }
          for await (const result of runBatch(tasks(3000), { engine, workers: 1, checkpoint, onEvent }))
            given.set(result.index, bytesOf(result))
        } finally {
          await close()
        }
      }
      const given = new Map<number, string>()
      await assert.rejects(run(join(disk.path, 'run'), given), (error) => {
        assert.ok(error instanceof Problem && error.code === 'disk_full', String(error))
        assert.match(String(error.params.file), /checkpoint\.sqlite$/)
        return true
      })
      assert.ok(given.size < 3000)
      disk.enlarge()
      const whole = new Map<number, string>()
      let kept = 0
      await run(join(disk.path, 'run'), whole, (was) => {
        kept += was ? 1 : 0
      })
      assert.equal(whole.size, 3000)
      assert.ok(kept >= given.size, `${given.size} were given, ${kept} found`)
      for (const [index, bytes] of given) assert.equal(whole.get(index), bytes)
    } finally {
      disk.remove()
    }
  })

test('F25: an output that cannot take its place leaves what was there, and readers never see half of it', async () => {
  const isFolder = join(folder, 'is-a-folder.csv')
  mkdirSync(isFolder)
  writeFileSync(join(isFolder, 'inside'), 'x')
  await assert.rejects(writeFile(isFolder, ['new']))
  assert.equal(readFileSync(join(isFolder, 'inside'), 'utf8'), 'x')
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  )
  const file = join(folder, 'read-meanwhile.csv')
  const texts = Array.from({ length: 12 }, (_, i) => `${i}`.repeat(300_000))
  await writeFile(file, [texts[0]!])
  let writing = true
  const readers = async (): Promise<number> => {
    let reads = 0
    while (writing) {
      const text = readFileSync(file, 'utf8')
      assert.ok(texts.includes(text), `half a file of ${text.length}`)
      reads++
      await new Promise((resolve) => setImmediate(resolve))
    }
    return reads
  }
  const reading = readers()
  for (const text of texts) await writeFile(file, [text.slice(0, 1000), text.slice(1000)])
  writing = false
  assert.ok((await reading) > 10)
})

test('F26: an input that changes while it is read stops the run', async () => {
  const file = join(folder, 'grows.csv')
  const row = (t: number): string => `a,20${10 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01,${t}\n`
  const rows = Array.from({ length: 60 }, (_, t) => row(t))
  writeFileSync(file, `series,date,value\n${rows.join('')}`)
  const read = readInput([file], { input: false }, (key) => key)
  writeFileSync(file, row(60), { flag: 'a' })
  await assert.rejects(read, { code: 'input_changed' })
  const { portfolio } = await readInput([file], { input: false }, (key) => key)
  assert.equal(portfolio.totals.rowsIn, 61)
})

test('F27: workers go on while a slow disk takes what is finished, and no series is charged for it', async () => {
  const kept = new Set<string>()
  let underWay = 0
  let mostUnderWay = 0
  const slow: CheckpointStore = {
    inOrder: (all) => all,
    find: (keys) => keys.map(() => null),
    async keep(answers) {
      mostUnderWay = Math.max(mostUnderWay, ++underWay)
      await wait(300)
      underWay--
      for (const { key } of answers) kept.add(key)
    },
    async close() {},
  }
  let count = 0
  const chunked = { engine, workers: 2, checkpoint: slow, chunkSize: 3, secondsPerModel: 0.1 }
  for await (const { outcome, problems, key } of runBatch(tasks(4000), chunked)) {
    count++
    assert.ok(kept.has(key!), 'given before it is on disk')
    assert.equal(outcome?.because, null)
    assert.deepEqual(problems, [])
  }
  assert.equal(count, 4000)
  assert.equal(kept.size, 4000)
  assert.ok(mostUnderWay > 1, 'nothing was computed meanwhile')
})

test('a checkpoint that fails ends the run, and what it did not keep is not given', async () => {
  let commits = 0
  const failing: CheckpointStore = {
    inOrder: (all) => all,
    find: (keys) => keys.map(() => null),
    async keep() {
      await wait(20)
      if (++commits > 2) throw new Problem(problem('checkpoint_failed', { file: 'x', cause: 'EIO' }))
    },
    async close() {},
  }
  let count = 0
  const run = async (): Promise<void> => {
    for await (const _ of runBatch(tasks(5000), { engine, workers: 2, checkpoint: failing })) count++
  }
  await assert.rejects(run, { code: 'checkpoint_failed' })
  assert.ok(count > 0 && count <= 2000, `${count}`)
})

test('F28: what a killed process left beside a file is removed, what a living one writes is not', async () => {
  const file = join(folder, 'outputs', 'forecasts.csv')
  await writeFile(file, ['first'])
  const dead = `${file}.${spawnSync(process.execPath, ['-e', '']).pid}.abc1.tmp`
  const living = `${file}.${process.pid}.abc2.tmp`
  const others = join(folder, 'outputs', 'forecasts.csv.notes.tmp')
  for (const path of [dead, living, others]) writeFileSync(path, 'half')
  await writeFile(file, ['second'])
  assert.equal(readFileSync(file, 'utf8'), 'second')
  assert.deepEqual([dead, living, others].map(existsSync), [false, true, true])
})
