import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import type { KeptAnswer } from '../../src/batch/checkpoint.ts'
import { randomStream } from '../../src/math/random.ts'
import type { LocatedProblem } from '../../src/messages.ts'
import { CheckpointFile } from '../../src/store/checkpoint-file.ts'
import { lockFolder } from '../../src/store/run-lock.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-store-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const fresh = (): string => join(folder, `${++files}`, 'checkpoint.sqlite')
const never = (problem: LocatedProblem): void => assert.fail(JSON.stringify(problem.params))

const random = randomStream('store')
/** Of every size from empty to beyond a page. */
const answers: KeptAnswer[] = Array.from({ length: 60 }, (_, i) => ({
  key: createHash('sha256').update(`${i}`).digest('hex').slice(0, 32),
  body: Uint8Array.from({ length: i === 59 ? 90_000 : i * 97 }, () => Math.floor(256 * random.uniform())),
}))
const keys = answers.map(({ key }) => key)

async function written(path: string): Promise<Buffer> {
  const store = new CheckpointFile(path, never)
  await store.keep(answers)
  await store.close()
  return readFileSync(path)
}

/** How many are found; each of them as it was kept. */
async function found(path: string, damage: LocatedProblem[] = []): Promise<number> {
  const store = new CheckpointFile(path, (problem) => damage.push(problem))
  const kept = store.find(keys)
  const there = kept.filter((body) => body !== null).length
  for (const [i, { body }] of answers.entries())
    if (kept[i] != null) assert.deepEqual(Buffer.from(kept[i]), Buffer.from(body))
  // whatever it was, it can be written to now
  await store.keep(answers)
  assert.ok(store.find(keys).every((body) => body !== null))
  await store.close()
  return there
}

test('what is kept is found by another process of the same folder, the newest of a key; the rest is not', async () => {
  const path = fresh()
  await written(path)
  const store = new CheckpointFile(path, never)
  await store.keep([{ key: keys[7]!, body: Uint8Array.of(1, 2) }])
  await store.close()
  const again = new CheckpointFile(path, never)
  assert.deepEqual(again.find([keys[7]!, 'f'.repeat(32)]), [Uint8Array.of(1, 2), null])
  assert.deepEqual(again.find([]), [])
  await again.close()
  assert.deepEqual(readdirSync(join(path, '..')), ['checkpoint.sqlite'])
})

test('a byte changed anywhere costs at most the answers it touches, and is never believed', async () => {
  const path = fresh()
  const whole = await written(path)
  const seen = new Set<number>()
  for (let at = 0; at < whole.length; at += at < 200 ? 7 : 6143) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 0x55
    const one = fresh()
    await written(one)
    writeFileSync(one, bytes)
    const damage: LocatedProblem[] = []
    const count = await found(one, damage)
    assert.ok(count >= answers.length - 1, `byte ${at}: ${count} found`)
    if (count < answers.length) assert.equal(damage[0]?.code, 'checkpoint_damaged', `byte ${at}`)
    seen.add(count)
  }
  assert.ok(seen.has(answers.length - 1), 'some of these bytes are those of an answer')
})

test('of a file that lost its head, its middle or its tail every whole answer is kept, and the file laid aside', async () => {
  const path = fresh()
  const whole = await written(path)
  const page = 32_768
  for (const [from, to] of [
    [0, page],
    [0, 16],
    [page, 2 * page],
    [whole.length / 2, whole.length / 2 + 5000],
  ] as const) {
    const one = fresh()
    await written(one)
    writeFileSync(one, Buffer.from(whole).fill(0, from, to))
    const damage: LocatedProblem[] = []
    const count = await found(one, damage)
    assert.ok(count >= answers.length - 15 && count > 0, `${from}: ${count}`)
    assert.equal(damage[0]?.code, 'checkpoint_damaged')
  }
  for (const length of [1, 100, page, whole.length - page, whole.length - 1]) {
    const one = fresh()
    await written(one)
    writeFileSync(one, whole.subarray(0, length))
    await found(one)
  }
})

test('no database at all is laid aside', async () => {
  const path = fresh()
  await written(path)
  writeFileSync(path, 'these are the notes of somebody else, and long enough to be taken for a page of a file')
  const damage: LocatedProblem[] = []
  assert.equal(await found(path, damage), 0)
  assert.deepEqual(
    damage.map(({ params }) => params),
    [{ file: 'checkpoint.sqlite', kept: 0, aside: 'checkpoint.damaged-1.sqlite' }],
  )
  assert.match(readFileSync(join(path, '../checkpoint.damaged-1.sqlite'), 'utf8'), /somebody else/)
})

test('a file of another version is refused and left as it is', async () => {
  const path = fresh()
  await written(path)
  const other = new DatabaseSync(path)
  other.exec('PRAGMA user_version = 99; PRAGMA application_id = 0x61726663')
  other.close()
  const bytes = readFileSync(path)
  assert.throws(() => new CheckpointFile(path, never), { code: 'checkpoint_version' })
  assert.deepEqual(readFileSync(path), bytes)
})

test('a folder that cannot be written, or a file that another one holds, is a listed problem', async () => {
  const path = fresh()
  const store = new CheckpointFile(path, never)
  await store.keep(answers.slice(0, 1))
  assert.throws(() => new CheckpointFile(path, never), { code: 'checkpoint_failed' })
  await store.close()
  const lock = lockFolder(join(path, '..'))
  assert.throws(() => lockFolder(join(path, '..')), { code: 'run_folder_held' })
  lock.release()
  lockFolder(join(path, '..')).release()
})
