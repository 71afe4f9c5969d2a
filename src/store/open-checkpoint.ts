import { join } from 'node:path'
import type { CheckpointStore } from '../batch/checkpoint.ts'
import type { LocatedProblem } from '../messages.ts'
import { CheckpointFile } from './checkpoint-file.ts'
import { lockFolder } from './run-lock.ts'

/** The file of a run's folder that holds what is finished. */
export const CHECKPOINT = 'checkpoint.sqlite'

export interface OpenCheckpoint {
  readonly checkpoint: CheckpointStore
  /** Closes the file and gives the folder free. */
  close(): Promise<void>
}

/**
 * Takes a folder for this process and opens the checkpoint in it, `checkpoint.sqlite`; both are made where they are not
 * there. `onDamage` is told where a damaged file was mended. Throws a `Problem`: `run_folder_held`, `checkpoint_version`,
 * `checkpoint_failed`.
 */
export function openCheckpoint(folder: string, onDamage: (problem: LocatedProblem) => void): OpenCheckpoint {
  const lock = lockFolder(folder)
  try {
    const checkpoint = new CheckpointFile(join(folder, CHECKPOINT), onDamage)
    return {
      checkpoint,
      async close() {
        try {
          await checkpoint.close()
        } finally {
          lock.release()
        }
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
