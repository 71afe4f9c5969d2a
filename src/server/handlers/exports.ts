import { Readable } from 'node:stream'
import type { SeriesResult } from '../../batch/run-result.ts'
import { EXPORTS, type ExportFormat } from '../../contract/routes.ts'
import { type CsvProfile, forecastCsv } from '../../export/csv.ts'
import { forecastJson } from '../../export/json.ts'
import { everyResult } from '../../store/queries/series-result.ts'
import { attachment } from '../filename.ts'
import type { Handlers } from '../handler.ts'
import { isTerminal } from '../job-state.ts'
import { refusal } from '../request-problem.ts'
import { decodeResult } from '../stored-result.ts'
import { jobRow } from './jobs.ts'

/** Series that are written as one piece. */
const BLOCK = 100

interface Wanted {
  readonly profile: CsvProfile
  readonly locale: string
}

/** The text of some results; only the first piece begins the file, only the last one ends it. */
type Writer = (results: readonly SeriesResult[], wanted: Wanted) => Generator<string>

const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  csv: (results, { profile }) => forecastCsv(results, { profile }),
  json: (results, { locale }) => forecastJson(results, { locale }),
}

/** Lets each format be written by its own generator although results are read by pages: the frame is taken off between. */
async function* pieces(
  format: ExportFormat,
  wanted: Wanted,
  results: AsyncIterable<readonly SeriesResult[]>,
): AsyncGenerator<string> {
  const write = WRITERS[format]
  if (format === 'csv') {
    let header: string | null = null
    for await (const block of results) {
      const [first, ...rest] = write(block, wanted)
      if (header === null) yield first!
      header ??= first!
      yield rest.join('')
    }
    if (header === null) yield* write([], wanted)
    return
  }
  let before = '{\n'
  for await (const block of results) {
    const text = [...write(block, wanted)].join('')
    yield before + text.slice('{\n'.length, -'\n}\n'.length)
    before = ',\n'
  }
  yield before === '{\n' ? '{}\n' : '\n}\n'
}

async function* blocks(rows: ReturnType<typeof everyResult>): AsyncGenerator<readonly SeriesResult[]> {
  let block: SeriesResult[] = []
  for await (const row of rows) {
    block.push(decodeResult(row.body).result)
    if (block.length < BLOCK) continue
    yield block
    block = []
  }
  if (block.length > 0) yield block
}

export const exportHandlers = {
  async exportJob({ tenant, params, query, reply }, services) {
    const job = await jobRow(services, tenant, params.id)
    if (!isTerminal(job.state)) throw refusal('job_state_unfit', { state: job.state, action: 'export' })
    const wanted = { profile: query.profile ?? 'dated', locale: query.locale ?? 'en' } as const
    const rows = everyResult(services.store.db, tenant, job.id)
    const filename = `${job.name ?? 'forecasts'}.${params.format}`
    await reply
      .header('content-type', EXPORTS[params.format])
      .header('content-disposition', attachment(filename))
      .send(Readable.from(pieces(params.format, wanted, blocks(rows))))
    return null
  },
} satisfies Partial<Handlers>
