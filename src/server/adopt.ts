import { createHash } from 'node:crypto'
import { copyFileSync, createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CHECKPOINT } from '../store/open-checkpoint.ts'
import { insertJob, listJobs } from '../store/queries/job.ts'
import { appendEvents } from '../store/queries/job-event.ts'
import { findUploads } from '../store/queries/upload.ts'
import { LOCAL } from '../store/schema.ts'
import type { Services } from './handler.ts'
import { newJobRow } from './new-job.ts'
import { stateEvent } from './running-job.ts'
import { takeUpload } from './take-upload.ts'
import { requestOf } from './wire-job.ts'

/** A run that the command line has finished. */
export interface AdoptedRun {
  readonly file: string
  readonly name: string
  readonly steps: number
  /** What it has finished, as its folder keeps it. */
  readonly checkpoint: string
}

/** Jobs that are looked through for one of the same file. */
const RECENT = 50

/**
 * Makes a job of a run: its checkpoint goes along, so that nothing is forecast twice. The job of the same file that was
 * adopted before is taken, if it is done. Gives its id.
 */
export async function adoptRun(services: Services, run: AdoptedRun): Promise<string> {
  const { store, runner, owner, hub } = services
  const sha256 = createHash('sha256').update(readFileSync(run.file)).digest('hex')
  const recent = await listJobs(store.db, LOCAL, { before: null, state: 'completed', limit: RECENT })
  for (const job of recent.filter(({ name, forecast_steps }) => name === run.name && forecast_steps === run.steps)) {
    const ids = requestOf(job).uploads.map(({ id }) => id)
    if ((await findUploads(store.db, LOCAL, ids)).some((upload) => upload.sha256 === sha256)) return job.id
  }
  const file = { filename: basename(run.file), file: createReadStream(run.file) }
  const { id, filename } = await takeUpload(file, LOCAL, services)
  const row = newJobRow({
    ...{ tenant: LOCAL, owner, name: run.name, source: 'uploads', forecastSteps: run.steps, total: null },
    request: { config: {}, against: null, uploads: [{ id, filename }], read: {}, acceptRejects: false },
  })
  const folder = runner.folderOf(row.id)
  mkdirSync(folder, { recursive: true })
  if (existsSync(run.checkpoint)) copyFileSync(run.checkpoint, join(folder, CHECKPOINT))
  const events = await store.atomically(async (db) => {
    await insertJob(db, row, null)
    return appendEvents(db, LOCAL, row.id, [stateEvent('queued')])
  })
  hub.publish(row.id, events)
  runner.wake()
  return row.id
}
