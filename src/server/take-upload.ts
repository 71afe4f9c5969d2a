import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import { v7 } from 'uuid'
import { insertUpload, type UploadRow } from '../store/queries/upload.ts'
import type { Tenant } from '../store/schema.ts'
import { safeFilename } from './filename.ts'
import type { Services } from './handler.ts'
import { refusal } from './request-problem.ts'

/** A file that comes in, and what its sender calls it. */
type Taken = Pick<MultipartFile, 'filename'> & { readonly file: Readable & { readonly truncated?: boolean } }

/** Streams one file beside its place, then moves it there: half a file is never one. */
export async function takeUpload(
  file: Taken,
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
  await store.atomically((db) => insertUpload(db, row))
  return row
}
