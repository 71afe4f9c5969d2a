import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { Problem } from '../../src/messages.ts'
import { MIGRATIONS, type Migration, migrate } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { everyResult } from '../../src/store/queries/series-result.ts'
import { LOCAL } from '../../src/store/schema.ts'
import { openServerFile } from '../../src/store/sqlite-dialect.ts'
import { startPostgres, withoutPostgres } from './postgres-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-migrate-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NEXT = MIGRATIONS.length + 1

const more: Migration = {
  number: NEXT,
  statements: ({ text, table }) => [
    `create table extra (tenant_id ${text} not null, id ${text} not null, primary key (tenant_id, id)) ${table}`,
    'create index extra_by_id on extra (tenant_id, id)',
    `insert into extra (tenant_id, id) values ('a', 'b')`,
  ],
}
const both = [...MIGRATIONS, more]
/** After each step. */
const TABLES = [0, 9, 12]

test('SQLite: killed before any statement, the tables are as they were; the next start brings them up', async () => {
  let killed = 0
  for (let at = 0; ; at++) {
    const file = join(folder, `kill-${at}.sqlite`)
    const program = `
      const { migrate, MIGRATIONS } = await import('./src/store/migrate.ts')
      const { openServerFile } = await import('./src/store/sqlite-dialect.ts')
      const { db, spelling } = openServerFile(${JSON.stringify(file)})
      let n = 0
      await migrate(db, spelling, MIGRATIONS, () => { if (n++ === ${at}) process.kill(process.pid, 'SIGKILL') })`
    const { signal } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', program])
    const { db, spelling } = openServerFile(file)
    const names = (await db.introspection.getTables()).map(({ name }) => name).filter((name) => name !== 'migration')
    if (signal === 'SIGKILL') assert.ok(TABLES.includes(names.length), `all or none, not ${names}`)
    await migrate(db, spelling)
    assert.equal((await db.selectFrom('migration').selectAll().execute()).length, MIGRATIONS.length)
    assert.deepEqual(await db.selectFrom('job').selectAll().execute(), [])
    await db.destroy()
    if (signal !== 'SIGKILL') break
    killed++
  }
  assert.ok(killed > 10, `${killed} kills`)
})

test('a step that fails in the middle leaves the form before, and can be taken again', async () => {
  const { db, spelling } = openServerFile(join(folder, 'step.sqlite'))
  await migrate(db, spelling)
  const failing = migrate(db, spelling, both, (statement) => {
    if (statement.startsWith('insert into extra')) throw new Error('on purpose')
  })
  await assert.rejects(failing, /on purpose/)
  const names = async () => (await db.introspection.getTables()).map(({ name }) => name)
  assert.ok(!(await names()).includes('extra'))
  await migrate(db, spelling, both)
  await migrate(db, spelling, both)
  assert.ok((await names()).includes('extra'))
  assert.equal((await db.selectFrom('migration').selectAll().execute()).length, NEXT)
  await db.destroy()
})

test('tables of a newer version are refused, with both numbers', async () => {
  const { db, spelling } = openServerFile(join(folder, 'newer.sqlite'))
  await migrate(db, spelling, both)
  await assert.rejects(migrate(db, spelling), (error) => {
    assert.ok(error instanceof Problem)
    assert.deepEqual([error.code, error.params], ['store_version', { found: NEXT, supported: NEXT - 1 }])
    return true
  })
  await db.destroy()
})

test('the tenant leads every key', () => {
  const statements = MIGRATIONS.flatMap(({ statements }) =>
    statements({ text: 'text', bytes: 'blob', real: 'real', integer: 'integer', table: '', lock: null }),
  )
  for (const statement of statements.filter((each) => !/^(alter table|insert into)/.test(each)))
    assert.match(statement, /primary key \(tenant_id,|on \w+ \(tenant_id,/, statement.slice(0, 40))
})

const without = withoutPostgres()
test('PostgreSQL: several servers that migrate at once do it once', { skip: without ?? false }, async () => {
  const server = await startPostgres()
  try {
    const opened = Array.from({ length: 4 }, () => openPostgres(server.url))
    await Promise.all(opened.map(({ db, spelling }) => migrate(db, spelling, both)))
    assert.equal((await opened[0]!.db.selectFrom('migration').selectAll().execute()).length, NEXT)
    await Promise.all(opened.map(({ db }) => db.destroy()))
  } finally {
    server.stop()
  }
})

test('results of the first form are there in the newest one, to the byte', async () => {
  const { db, spelling } = openServerFile(join(folder, 'older.sqlite'))
  await migrate(db, spelling, MIGRATIONS.slice(0, 1))
  const body = Uint8Array.from({ length: 20_000 }, (_, i) => i % 251)
  for (const position of [0, 1])
    await sql`insert into series_result
      (tenant_id, job_id, position, name, name_folded, status, digest, history_digest, row, body)
      values ('local', 'j', ${position}, ${`s${position}`}, 's', 'success', 'd', 'h', '{"n":1}', ${body})`.execute(db)
  await migrate(db, spelling)
  const results = []
  for await (const result of everyResult(db, LOCAL, 'j')) results.push(result)
  assert.deepEqual(
    results.map(({ name, row, is_total, final_digest }) => [name, row, is_total, final_digest]),
    [
      ['s0', '{"n":1}', 0, ''],
      ['s1', '{"n":1}', 0, ''],
    ],
  )
  for (const result of results) assert.deepEqual(new Uint8Array(result.body), body)
  await db.destroy()
})
