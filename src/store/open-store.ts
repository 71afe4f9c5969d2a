import type { Kysely } from 'kysely'
import { migrate } from './migrate.ts'
import type { Db, Schema } from './schema.ts'
import { openServerFile } from './sqlite-dialect.ts'

/** Where the server keeps what it was asked and what it answered. Queries lie in `queries/`, one file a table. */
export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<Schema>
  /** All of it or nothing; when it returns, it is on disk. */
  atomically<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Whether it can be asked just now. */
  answers(): Promise<boolean>
  close(): Promise<void>
}

/** Opens, and brings to the newest form, a file of SQLite or a database of PostgreSQL (`postgres://…`). */
export async function openStore(place: string): Promise<Store> {
  const postgres = /^postgres(ql)?:\/\//.test(place)
  const { db, spelling } = postgres ? (await import('./postgres.ts')).openPostgres(place) : openServerFile(place)
  try {
    await migrate(db, spelling)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    kind: postgres ? 'postgres' : 'sqlite',
    db,
    atomically: (work) => db.transaction().execute(work),
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
    close: () => db.destroy(),
  }
}
