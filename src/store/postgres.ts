import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Spelling } from './migrate.ts'
import type { Schema } from './schema.ts'

const SPELLING: Spelling = {
  text: 'text collate "C"',
  bytes: 'bytea',
  real: 'double precision',
  integer: 'integer',
  table: '',
  // any number: every server takes the same one
  lock: 'select pg_advisory_xact_lock(6166726373)',
}

const CONNECTIONS = 10
const PATIENCE_MS = 10_000
/** `count(*)`: a bigint, which the driver gives as text; ours fit a number. */
const BIGINT = 20

/** PostgreSQL 15 or later. Correct under READ COMMITTED: by row locks, unique keys and the epoch of a job. */
export function openPostgres(url: string): { db: Kysely<Schema>; spelling: Spelling; log: null } {
  const types = {
    getTypeParser: ((id: number, format?: 'text') =>
      id === BIGINT ? Number : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    keepAlive: true,
    types,
  })
  // a connection that is lost while nobody uses it: the next query takes another
  pool.on('error', () => undefined)
  return { db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }), spelling: SPELLING, log: null }
}
