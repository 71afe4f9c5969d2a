import { Readable } from 'node:stream'
import type { SeriesResult } from '../../batch/run-result.ts'
import { EXPORTS } from '../../contract/routes.ts'
import { type CsvProfile, forecastCsv } from '../../export/csv.ts'
import { forecastJson } from '../../export/json.ts'
import { erpProfileNames } from '../../processor/erp-profile.ts'
import type { JobRow } from '../../store/queries/job.ts'
import type { Tenant } from '../../store/schema.ts'
import { attachment } from '../filename.ts'
import type { Asked, Handlers, Services } from '../handler.ts'
import { isTerminal } from '../job-state.ts'
import { onceEnded } from '../kept-answers.ts'
import { isPlain, PLAIN_PROFILES } from '../profile-names.ts'
import { refusal } from '../request-problem.ts'
import { resultsOf } from '../work/job-results.ts'
import { answerOf, piecesOf } from '../work.ts'
import type { ResultsOrder } from '../work-orders.ts'
import { jobRow } from './jobs.ts'

/** Series that are written as one piece. */
const BLOCK = 100

/** CSV of results that are read by pages: only the first block begins the file. */
async function* csvPieces(
  results: AsyncIterable<readonly SeriesResult[]>,
  options: { readonly profile: CsvProfile; readonly fileLocale: string },
): AsyncGenerator<string> {
  let begun = false
  for await (const block of results) {
    const [header, ...rest] = forecastCsv(block, options)
    yield begun ? rest.join('') : header! + rest.join('')
    begun = true
  }
  if (!begun) yield* forecastCsv([], options)
}

/** JSON of the same: one object, whose frame is taken off between blocks. */
async function* jsonPieces(results: AsyncIterable<readonly SeriesResult[]>, locale: string): AsyncGenerator<string> {
  let before = '{\n'
  for await (const block of results) {
    const text = [...forecastJson(block, { locale })].join('')
    yield before + text.slice('{\n'.length, -'\n}\n'.length)
    before = ',\n'
  }
  yield before === '{\n' ? '{}\n' : '\n}\n'
}

async function* blocks(results: AsyncIterable<SeriesResult>): AsyncGenerator<readonly SeriesResult[]> {
  let block: SeriesResult[] = []
  for await (const result of results) {
    block.push(result)
    if (block.length < BLOCK) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}

type Query = NonNullable<Asked<'exportJob'>['query']>

/** The pieces of a file. What takes long is written in a thread; what is written series by series is not. */
async function fileOf(
  job: JobRow,
  format: keyof typeof EXPORTS,
  query: Query,
  tenant: Tenant,
  services: Services,
): Promise<AsyncIterable<string | Uint8Array>> {
  const { profile = 'dated', locale = 'en', file_locale: fileLocale = locale, previous } = query
  const order = orderOf(job, tenant, query, services)
  if (format === 'xlsx' || format === 'html') return piecesOf({ kind: 'report', format, ...order })
  if (format === 'csv' && !isPlain(profile))
    return piecesOf({ kind: 'system_file', profile, previous: previous ?? null, ...order })
  const results = blocks(resultsOf(services.store.db, tenant, job.id))
  return format === 'json'
    ? jsonPieces(results, locale)
    : csvPieces(results, { profile: profile as CsvProfile, fileLocale })
}

const orderOf = (
  { id }: JobRow,
  tenant: Tenant,
  { locale = 'en', set = [] }: Pick<Query, 'locale' | 'set'>,
  { storePlace }: Services,
): ResultsOrder => ({ store: storePlace, tenant, jobId: id, locale, settings: [set].flat() })

async function endedJob(services: Services, tenant: Tenant, id: string): Promise<JobRow> {
  const job = await jobRow(services, tenant, id)
  if (!isTerminal(job.state)) throw refusal('job_state_unfit', { state: job.state, action: 'export' })
  return job
}

/** Never a path: over HTTP there are no mappings but those of the program. */
function knownProfile(name: string): void {
  const profiles = [...PLAIN_PROFILES, ...erpProfileNames()]
  if (!profiles.includes(name)) throw refusal('profile_unknown', { name, profiles: profiles.join(', ') }, '?profile')
}

export const exportHandlers = {
  async exportJob({ tenant, params, query, reply }, services) {
    const job = await endedJob(services, tenant, params.id)
    const { profile = 'dated', previous } = query
    knownProfile(profile)
    if (previous !== undefined) await endedJob(services, tenant, previous)
    const pieces = await fileOf(job, params.format, query, tenant, services)
    await reply
      .header('content-type', EXPORTS[params.format])
      .header('content-disposition', attachment(`${job.name ?? 'forecasts'}.${params.format}`))
      .send(Readable.from(pieces))
    return null
  },

  listProfiles: onceEnded<'listProfiles'>(async ({ tenant, params, query }, services) => {
    const job = await endedJob(services, tenant, params.id)
    const { profile = null } = query
    if (profile !== null) knownProfile(profile)
    return {
      status: 200,
      body: await answerOf({ kind: 'profiles', profile, ...orderOf(job, tenant, query, services) }),
    }
  }),
} satisfies Partial<Handlers>
