/** Keeps answers in the folder of its first argument, and prints the number of each commit when it is acknowledged. */
import { Problem } from '../../src/messages.ts'
import { openCheckpoint } from '../../src/store/open-checkpoint.ts'
import { answersOf, COMMITS } from './kept-answers.ts'

try {
  const { checkpoint, close } = openCheckpoint(process.argv[2]!, () => {})
  for (let commit = 0; commit < COMMITS; commit++) {
    checkpoint.keep(answersOf(commit))
    console.log(`kept ${commit}`)
  }
  close()
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.log(`problem ${error.code}`)
}
