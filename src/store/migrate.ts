import { CompiledQuery, type Kysely } from 'kysely'
import { Problem, problem } from '../messages.ts'
import { migration as first } from './migrations/000001.ts'
import { migration as second } from './migrations/000002.ts'
import { migration as third } from './migrations/000003.ts'
import type { Schema } from './schema.ts'

/** How a dialect spells the types that tables are made of. Texts compare by their bytes. */
export interface Spelling {
  readonly text: string
  readonly bytes: string
  readonly real: string
  readonly integer: string
  /** What follows the columns. */
  readonly table: string
  /** Taken before anything is looked at, so that two servers do not migrate at once. */
  readonly lock: string | null
}

/** A step from one form of the tables to the next, taken whole or not at all. */
export interface Migration {
  readonly number: number
  readonly statements: (spelling: Spelling) => readonly string[]
}

export const MIGRATIONS: readonly Migration[] = [first, second, third]

/**
 * Brings the tables to the newest form. Each step is one transaction: whatever interrupts it leaves the form before.
 * `before` is called ahead of every statement. Throws `store_version` for tables newer than this program.
 */
export async function migrate(
  db: Kysely<Schema>,
  spelling: Spelling,
  migrations: readonly Migration[] = MIGRATIONS,
  before: (statement: string) => void = () => {},
): Promise<void> {
  const supported = migrations.at(-1)!.number
  for (;;) {
    const done = await db.transaction().execute(async (step) => {
      const run = async (statement: string): Promise<void> => {
        before(statement)
        await step.executeQuery(CompiledQuery.raw(statement))
      }
      if (spelling.lock !== null) await run(spelling.lock)
      await run(
        `create table if not exists migration (number ${spelling.integer} primary key, at ${spelling.real} not null) ${spelling.table}`,
      )
      const { found } = await step
        .selectFrom('migration')
        .select(({ fn }) => fn.max('number').as('found'))
        .executeTakeFirstOrThrow()
      if (found !== null && found > supported) throw new Problem(problem('store_version', { found, supported }))
      const next = migrations.find(({ number }) => number > (found ?? 0))
      if (next === undefined) return true
      for (const statement of next.statements(spelling)) await run(statement)
      await step.insertInto('migration').values({ number: next.number, at: Date.now() }).execute()
      return false
    })
    if (done) return
  }
}
