import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import pg from 'pg'
import { openStore } from '../../src/store/open-store.ts'
import { type PostgresServer, startPostgres, withoutPostgres } from '../store/postgres-server.ts'
import { storeContract } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-store-'))
let files = 0
storeContract('SQLite', false, () => openStore(join(folder, `${++files}.sqlite`)))

const without = withoutPostgres()
let server: PostgresServer | null = null
before(async () => {
  if (without === null) server = await startPostgres()
})
after(() => {
  server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

let databases = 0
storeContract('PostgreSQL', without ?? false, async () => {
  const name = `suite_${++databases}`
  const client = new pg.Client({ connectionString: server!.url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return openStore(server!.url.replace(/[^/]+$/, name))
})
