import type { Override, SeriesResult } from '../../batch/run-result.ts'
import { version } from '../../batch/version.ts'
import type { Overrides } from '../../contract/result.ts'
import { REASONS } from '../../export/overrides/reasons.ts'
import type { ReportOf } from '../../export/report/report.ts'
import type { Exception } from '../../portfolio/exceptions.ts'
import { openStore } from '../../store/open-store.ts'
import { findJob } from '../../store/queries/job.ts'
import { allExceptions } from '../../store/queries/series-exception.ts'
import { newestOverrides } from '../../store/queries/series-override.ts'
import { everyResult } from '../../store/queries/series-result.ts'
import type { Db, Tenant } from '../../store/schema.ts'
import { type ExceptionWords, kindOf } from '../exception-row.ts'
import { decodeResult } from '../stored-result.ts'
import { reportOf } from '../wire-job.ts'
import type { ResultsOrder } from '../work-orders.ts'

/** What people put in place of a forecast, as exports have it: a reason that is none of the list is a note. */
function overridesIn(body: string): Override[] {
  const { values, reason, author } = JSON.parse(body) as Overrides
  const isKnown = (REASONS as readonly (string | null)[]).includes(reason)
  const why = isKnown ? { reason: reason!, note: '' } : { reason: 'other', note: reason ?? '' }
  return values.map(({ period, value }) => ({ period, value, ...why, author: author ?? '' }))
}

/** Results of a job with their overrides, totals left out: whoever adds up a file must not count them beside their parts. */
export async function* resultsOf(db: Db, tenant: Tenant, jobId: string): AsyncGenerator<SeriesResult> {
  const overrides = new Map(
    (await newestOverrides(db, tenant, jobId)).map(({ position, body }) => [position, overridesIn(body)]),
  )
  for await (const { position, body, is_total: isTotal } of everyResult(db, tenant, jobId)) {
    if (isTotal === 1) return
    const { result } = decodeResult(body)
    const own = overrides.get(position)
    yield own === undefined || own.length === 0 ? result : { ...result, overrides: own }
  }
}

/** The same, all at once. */
export async function allResultsOf(db: Db, tenant: Tenant, jobId: string): Promise<SeriesResult[]> {
  const results: SeriesResult[] = []
  for await (const result of resultsOf(db, tenant, jobId)) results.push(result)
  return results
}

/** A finished job as reports take it. */
export async function reportOfJob({ store: place, tenant, jobId, locale }: ResultsOrder): Promise<ReportOf> {
  const store = await openStore(place)
  try {
    const results = await allResultsOf(store.db, tenant, jobId)
    const job = await findJob(store.db, tenant, jobId)
    const { rows, problems, files } = reportOf(job!)
    const exceptions = (await allExceptions(store.db, tenant, jobId)).map(({ body, position, ...row }): Exception => {
      const words = JSON.parse(body) as ExceptionWords
      const { quantity, value } = row
      return { series: results[position]!.name, position, ...kindOf(row), quantity, value, ...words }
    })
    const totals = rows && {
      ...{ rowsIn: rows.rows_in, used: rows.used, repaired: rows.repaired, rejected: rows.rejected },
    }
    return {
      ...{ results, exceptions, locale, engineVersion: version() },
      read: totals && { files, problems, totals },
    }
  } finally {
    await store.close()
  }
}
