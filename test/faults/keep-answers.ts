/**
 * Keeps answers in the folder of its first argument, and prints the number of each commit when it is acknowledged. Some
 * begin while others are under way; the log is brought into the file now and then.
 */
import { join } from 'node:path'
import { Problem } from '../../src/messages.ts'
import { CheckpointFile } from '../../src/store/checkpoint-file.ts'
import { answersOf, COMMITS } from './kept-answers.ts'

const AT_ONCE = 3
const MOST_LOG = 300_000

try {
  const store = new CheckpointFile(join(process.argv[2]!, 'checkpoint.sqlite'), () => {}, MOST_LOG)
  const keep = async (commit: number): Promise<void> => {
    await store.keep(answersOf(commit))
    console.log(`kept ${commit}`)
  }
  try {
    for (let commit = 0; commit < COMMITS; commit += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => keep(commit + i)))
  } finally {
    await store.close()
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.log(`problem ${error.code}`)
}
