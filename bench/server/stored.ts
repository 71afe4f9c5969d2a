import { DatabaseSync } from 'node:sqlite'
import { openStore } from '../../src/store/open-store.ts'

/** Fills a server's file as a thousand jobs with so many results in all leave it. */
export async function fillStore(file: string, results: number, jobs = 1000): Promise<void> {
  await (await openStore(file)).close()
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA synchronous = OFF;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${jobs - 1})
    insert into job (tenant_id, id, owner, state, source, request, forecast_steps, tallies, report, outlook, elapsed_ms,
      last_event, epoch, retrying, created_at, queued_at, finished_at)
    select 'local', printf('0192f0c8-0000-7000-8000-%012d', i), 'old', 'completed', 'portfolio',
      '{"config":{},"against":null,"uploads":[],"read":{},"acceptRejects":false}', 12, '{}', '{}',
      '{"seconds_left":null,"seconds_left_range":null}', 1, 9, 1, 0, i, i, i from n;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${results - 1})
    insert into series_result (tenant_id, job_id, position, name, name_folded, status, model, digest, history_digest)
    select 'local', printf('0192f0c8-0000-7000-8000-%012d', i / ${results / jobs}), i % ${results / jobs}, 'part ' || i,
      'part ' || i, 'success', 'ensemble', 'd', 'h' from n;
    with recursive n(i) as (select 0 union all select i + 1 from n where i < ${results - 1})
    insert into series_body (tenant_id, job_id, position, row, body)
    select 'local', printf('0192f0c8-0000-7000-8000-%012d', i / ${results / jobs}), i % ${results / jobs}, '{}',
      zeroblob(1000) from n;`)
  database.close()
}
