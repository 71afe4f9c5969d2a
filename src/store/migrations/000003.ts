import type { Migration } from '../migrate.ts'

/** What people say of the results of a job is counted, so that an answer that was made before is known to be still true. */
export const migration: Migration = {
  number: 3,
  statements: ({ integer }) => [`alter table job add column revision ${integer} not null default 0`],
}
