import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import type { Spelling } from './migrate.ts'
import type { Schema } from './schema.ts'
import { ServerLog } from './server-log.ts'

const SPELLING: Spelling = {
  text: 'text',
  bytes: 'blob',
  real: 'real',
  integer: 'integer',
  table: 'strict, without rowid',
  lock: null,
}
/** Statements kept ready; beyond, the oldest goes. */
const READY = 200

/**
 * The server's file: a write-ahead log that is whole whatever happens (synchronous NORMAL); a commit is on disk when
 * `log.synced`, asked after it, is fulfilled. What is in memory alone has none.
 */
export function openServerFile(path: string): { db: Kysely<Schema>; spelling: Spelling; log: ServerLog | null } {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  database.exec(
    'PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 0; PRAGMA cache_size = -65536',
  )
  const ready = new Map<string, ReturnType<typeof asked>>()
  const prepare = (sql: string) => {
    const known = ready.get(sql)
    if (known !== undefined) return known
    // a disk that is full, or fails, has undone a transaction by itself: what is told is why, not that there is none to undo
    if (sql === 'rollback' && !database.isTransaction) return NOTHING
    const made = asked(database.prepare(sql))
    // a table that is being made has no columns yet that a kept statement could know
    if (!/^\s*(select|insert|update|delete)/i.test(sql)) return made
    if (ready.size === READY) ready.delete(ready.keys().next().value!)
    ready.set(sql, made)
    return made
  }
  const dialect = new SqliteDialect({ database: { close: () => database.close(), prepare } })
  return {
    db: new Kysely<Schema>({ dialect }),
    spelling: SPELLING,
    log: path === ':memory:' ? null : new ServerLog(path),
  }
}

/** Does nothing. */
const NOTHING: ReturnType<typeof asked> = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
}

/** A statement of Node's SQLite as the dialect, made for another library, asks for it. */
function asked(statement: StatementSync) {
  const values = (parameters: readonly unknown[]): SQLInputValue[] => [...parameters] as SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
  }
}
