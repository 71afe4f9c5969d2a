import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { FileSync } from '../../src/store/file-sync.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-sync-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('who asks while one synchronisation is under way shares the next, never the one that has begun', async () => {
  const path = join(folder, 'file')
  writeFileSync(path, 'x')
  const file = new FileSync(path)
  const order: string[] = []
  const first = file.synced()
  const second = file.synced()
  const third = file.synced()
  assert.notEqual(first, second)
  assert.equal(second, third)
  await Promise.all([first.then(() => order.push('first')), second.then(() => order.push('second'))])
  assert.deepEqual(order, ['first', 'second'])
  await file.close()
})

test('after one that failed every further one fails, with the same reason', async () => {
  const path = join(folder, 'late')
  const file = new FileSync(path)
  const [begun, next] = [file.synced(), file.synced()]
  await assert.rejects(begun, { code: 'ENOENT' })
  await assert.rejects(next, { code: 'ENOENT' })
  writeFileSync(path, 'x')
  await assert.rejects(file.synced(), { code: 'ENOENT' })
  await file.close()
})
