import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { DEFAULT_STEPS, ReadOptions } from '../../contract/job.ts'
import type { Upload } from '../../contract/upload.ts'
import { jobsIn, paceOf } from '../../store/queries/job.ts'
import { deleteUpload, findUploads, type UploadRow } from '../../store/queries/upload.ts'
import type { Tenant } from '../../store/schema.ts'
import { estimateOf } from '../estimate.ts'
import { faultsOf } from '../faults.ts'
import { attachment } from '../filename.ts'
import type { Handlers, Services } from '../handler.ts'
import { OPEN } from '../job-state.ts'
import { RequestProblem, refusal } from '../request-problem.ts'
import { takeUpload } from '../take-upload.ts'
import { configOf, readOptionsOf } from '../wire-config.ts'
import { requestOf } from '../wire-job.ts'
import type { JobSize } from '../work/size.ts'
import { answerOf, piecesOf } from '../work.ts'
import type { ReadOrder } from '../work-orders.ts'

const uploadOf = ({ id, filename, bytes, sha256, created_at }: UploadRow): Upload => ({
  ...{ id, filename, bytes, sha256 },
  created_at: new Date(created_at).toISOString(),
})

async function uploadRow({ store }: Services, tenant: Tenant, id: string): Promise<UploadRow> {
  const [row] = await findUploads(store.db, tenant, [id])
  if (row === undefined) throw refusal('resource_unknown', { kind: 'upload', id })
  return row
}

/** Jobs whose pace tells that of the next. */
const JOBS = 20
const SAMPLE = join(import.meta.dirname, '../../../samples/portfolio.csv')

/** Uploads as readers take them; `at` is the list in the request that names them. */
async function filesOf(
  { store, runner }: Services,
  tenant: Tenant,
  ids: readonly string[],
  at = '',
): Promise<ReadOrder['files']> {
  const found = new Map((await findUploads(store.db, tenant, ids)).map((upload) => [upload.id, upload]))
  return ids.map((id, i) => {
    const upload = found.get(id)
    if (upload === undefined) throw refusal('resource_unknown', { kind: 'upload', id }, at && `${at}/${i}`)
    return { filename: upload.filename, path: runner.uploadPath(id), sha256: upload.sha256 }
  })
}

function readOrder<K extends 'check' | 'check_report' | 'estimate'>(
  kind: K,
  files: ReadOrder['files'],
  read: ReadOptions = {},
  locale = 'en',
) {
  readOptionsOf(read)
  return { kind, files, read, locale }
}

/** Options of reading that stand in a query, as JSON. */
function readIn(given: string | undefined): ReadOptions {
  if (given === undefined) return {}
  let read: unknown
  try {
    read = JSON.parse(given)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refusal('json_invalid', { position: 0, cause: 'syntax' }, '?read')
  }
  const checked = ReadOptions.safeParse(read)
  if (checked.success) return checked.data
  const faults = faultsOf(checked.error, read, '', ReadOptions)
  throw new RequestProblem(faults.map((fault) => ({ ...fault, pointer: `?read${fault.pointer}` })))
}

/** What the parser of multipart bodies throws, without a code, for one that is none. */
const MALFORMED = /^(Multipart: |Unexpected end of |Part terminated early|Malformed |The needle )/

export const uploadHandlers = {
  async createUpload({ tenant, request }, services) {
    if (services.isEnding()) throw refusal('server_ending', {}, '', { 'retry-after': '5' })
    if (!request.isMultipart()) {
      const found = (request.headers['content-type'] ?? '').slice(0, 100)
      throw refusal('media_type_unsupported', { found, expected: 'multipart/form-data' })
    }
    const uploads: UploadRow[] = []
    try {
      for await (const file of request.files()) uploads.push(await takeUpload(file, tenant, services))
    } catch (error) {
      // whoever still sends reads no answer: the rest is let go by
      request.raw.unpipe()
      request.raw.resume()
      // all of a request, or nothing
      for (const { id } of uploads) {
        await deleteUpload(services.store.db, tenant, id)
        await rm(services.runner.uploadPath(id), { force: true })
      }
      if (error instanceof Error && MALFORMED.test(error.message))
        throw refusal('request_unreadable', { cause: 'multipart' })
      throw error
    }
    if (uploads.length === 0) throw refusal('field_missing', { field: '/file' }, '/file')
    return { status: 201, body: { uploads: uploads.map(uploadOf) } }
  },

  async getUpload({ tenant, params }, services) {
    return { status: 200, body: uploadOf(await uploadRow(services, tenant, params.id)) }
  },

  async deleteUpload({ tenant, params }, services) {
    const { id } = await uploadRow(services, tenant, params.id)
    const open = await jobsIn(services.store.db, tenant, services.owner, OPEN)
    const user = open.find((job) => requestOf(job).uploads.some((upload) => upload.id === id))
    if (user !== undefined) throw refusal('upload_in_use', { id: user.id })
    await deleteUpload(services.store.db, tenant, id)
    await rm(services.runner.uploadPath(id), { force: true })
    return { status: 204 }
  },

  async checkUpload({ tenant, params, body, query }, services) {
    const files = await filesOf(services, tenant, [params.id])
    return { status: 200, body: await answerOf(readOrder('check', files, body.read, query.locale)) }
  },

  async checkUploads({ tenant, body, query }, services) {
    const files = await filesOf(services, tenant, body.uploads, '/uploads')
    return { status: 200, body: await answerOf(readOrder('check', files, body.read, query.locale)) }
  },

  async getCheckReport({ tenant, params, query, reply }, services) {
    const files = await filesOf(services, tenant, [params.id])
    const pieces = await piecesOf(readOrder('check_report', files, readIn(query.read), query.locale))
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', attachment(`${files[0]!.filename}.check.csv`))
      .send(Readable.from(pieces))
    return null
  },

  async createSample({ tenant }, services) {
    if (services.isEnding()) throw refusal('server_ending', {}, '', { 'retry-after': '5' })
    const file = createReadStream(SAMPLE)
    return { status: 201, body: uploadOf(await takeUpload({ filename: basename(SAMPLE), file }, tenant, services)) }
  },

  async createEstimate({ tenant, body }, services) {
    const { uploads, read, config = {}, forecast_steps: forecastSteps = DEFAULT_STEPS } = body
    configOf(config)
    const files = await filesOf(services, tenant, uploads, '/uploads')
    const order = { ...readOrder('estimate', files, read), config, forecastSteps } as const
    const size = await answerOf<JobSize>(order)
    return { status: 200, body: estimateOf(size, await paceOf(services.store.db, tenant, services.owner, JOBS)) }
  },
} satisfies Partial<Handlers>
