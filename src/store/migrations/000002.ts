import type { Migration } from '../migrate.ts'

/** Results apart from their bodies; what the portfolio as a whole says of one; exceptions and their reviews; what a job cost, to estimate the next. */
export const migration: Migration = {
  number: 2,
  statements: ({ text, bytes, real, integer, table }) => [
    // what is large lies by itself: who filters or counts does not read past it
    `create table series_body (tenant_id ${text} not null, job_id ${text} not null, position ${integer} not null,
      row ${text} not null, body ${bytes} not null, primary key (tenant_id, job_id, position)) ${table}`,
    `insert into series_body (tenant_id, job_id, position, row, body)
      select tenant_id, job_id, position, row, body from series_result`,
    'alter table series_result drop column row',
    'alter table series_result drop column body',
    `alter table job add column cost ${real} not null default 0`,
    `alter table job add column work_seconds ${real} not null default 0`,
    `alter table series_result add column final_digest ${text} not null default ''`,
    `alter table series_result add column answer_digest ${text} not null default ''`,
    `alter table series_result add column is_total ${integer} not null default 0`,
    `alter table series_result add column abc ${text}`,
    `alter table series_result add column xyz ${text}`,
    `alter table series_result add column value ${real}`,
    `alter table series_result add column unit ${text}`,
    `alter table series_result add column before ${real}`,
    `create table series_exception (tenant_id ${text} not null, job_id ${text} not null, rank ${integer} not null,
      position ${integer} not null, kind ${text} not null, severity ${text} not null, quantity ${real} not null,
      value ${real}, body ${text} not null, primary key (tenant_id, job_id, rank)) ${table}`,
    'create index series_exception_by_position on series_exception (tenant_id, job_id, position, rank)',
    `create table series_review (tenant_id ${text} not null, job_id ${text} not null, position ${integer} not null,
      version ${integer} not null, state ${text} not null, note ${text}, author ${text} not null,
      changed_at ${real} not null, primary key (tenant_id, job_id, position)) ${table}`,
  ],
}
