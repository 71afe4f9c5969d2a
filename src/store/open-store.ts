import type { Kysely } from 'kysely'
import { migrate } from './migrate.ts'
import type { Db, Schema } from './schema.ts'
import { openServerFile } from './sqlite-dialect.ts'

export interface Committed<T> {
  readonly value: T
  /** Fulfilled when it is on disk, with all that was committed before it. */
  readonly onDisk: Promise<void>
}

/** Where the server keeps what it was asked and what it answered. Queries lie in `queries/`, one file a table. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<Schema>
  /** All of it or nothing; when it returns, it is on disk. */
  atomically<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** The same without waiting for the disk, where something else can go on: everybody sees it, and nobody is to be told. */
  commit<T>(work: (db: Db) => Promise<T>): Promise<Committed<T>>
  /** Fulfilled when all that is committed by now is on disk. */
  settled(): Promise<void>
  /** Whether it can be asked just now. */
  answers(): Promise<boolean>
  close(): Promise<void>
}

/** Opens, and brings to the newest form, a file of SQLite or a database of PostgreSQL (`postgres://…`). */
export async function openStore(place: string): Promise<Store> {
  const postgres = /^postgres(ql)?:\/\//.test(place)
  const { db, spelling, log } = postgres ? (await import('./postgres.ts')).openPostgres(place) : openServerFile(place)
  try {
    await migrate(db, spelling)
  } catch (error) {
    await db.destroy()
    throw error
  }
  let last = Promise.resolve()
  const commit: Store['commit'] = async (work) => {
    const value = await db.transaction().execute(work)
    last = log?.synced() ?? last
    return { value, onDisk: last }
  }
  return {
    kind: postgres ? 'postgres' : 'sqlite',
    db,
    commit,
    settled: () => last,
    async atomically(work) {
      const { value, onDisk } = await commit(work)
      await onDisk
      return value
    },
    answers: () =>
      db
        .selectFrom('migration')
        .select('number')
        .limit(1)
        .execute()
        .then(
          () => true,
          () => false,
        ),
    async close() {
      await log?.close()
      await db.destroy()
    },
  }
}
