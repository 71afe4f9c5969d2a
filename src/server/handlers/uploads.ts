import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { v7 } from 'uuid'
import type { Upload } from '../../contract/upload.ts'
import { jobsIn } from '../../store/queries/job.ts'
import { deleteUpload, findUploads, insertUpload, type UploadRow } from '../../store/queries/upload.ts'
import type { Tenant } from '../../store/schema.ts'
import { checkFiles } from '../check-files.ts'
import { safeFilename } from '../filename.ts'
import type { Handlers, Services } from '../handler.ts'
import { OPEN } from '../job-state.ts'
import { refusal } from '../request-problem.ts'
import { requestOf } from '../wire-job.ts'

const uploadOf = ({ id, filename, bytes, sha256, created_at }: UploadRow): Upload => ({
  ...{ id, filename, bytes, sha256 },
  created_at: new Date(created_at).toISOString(),
})

async function uploadRow({ store }: Services, tenant: Tenant, id: string): Promise<UploadRow> {
  const [row] = await findUploads(store.db, tenant, [id])
  if (row === undefined) throw refusal('resource_unknown', { kind: 'upload', id })
  return row
}

/** Streams one file beside its place, then moves it there: half a file is never one. */
async function take(
  file: MultipartFile,
  tenant: Tenant,
  { settings, runner, store, owner }: Services,
): Promise<UploadRow> {
  const id = v7()
  const path = runner.uploadPath(id)
  const partial = `${path}.part`
  const filename = safeFilename(file.filename)
  const hash = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await mkdir(join(settings.dataDir, 'uploads'), { recursive: true })
  try {
    await pipeline(file.file, counted, createWriteStream(partial, { flags: 'wx', flush: true }))
    const limit = settings.limits.uploadBytes
    if (file.file.truncated)
      throw refusal('file_too_large', { file: filename, megabytes: limit / 1e6, limit: limit / 1e6 }, '/file')
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
  const row = { tenant_id: tenant, id, owner, filename, bytes, sha256: hash.digest('hex'), created_at: Date.now() }
  await insertUpload(store.db, row)
  return row
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
      for await (const file of request.files()) uploads.push(await take(file, tenant, services))
    } catch (error) {
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
    const { id, filename, sha256 } = await uploadRow(services, tenant, params.id)
    const files = [{ filename, path: services.runner.uploadPath(id), sha256 }]
    return { status: 200, body: await checkFiles(files, body.read ?? {}, query.locale ?? 'en') }
  },
} satisfies Partial<Handlers>
