/** Brings a write-ahead log into its file, as SQLite does it by itself, but in a thread that nobody waits for. */
import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'

/** What is committed meanwhile is brought in too, for a log is begun anew only when it is in the file whole. */
const MOST_PASSES = 5

const database = new DatabaseSync(workerData as string)
database.exec('PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL')
for (let pass = 0; pass < MOST_PASSES; pass++) {
  const { log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get() as Record<string, number>
  if (log === checkpointed) break
}
database.close()
