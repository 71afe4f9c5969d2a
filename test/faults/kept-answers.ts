import { createHash } from 'node:crypto'
import type { KeptAnswer } from '../../src/batch/checkpoint.ts'

export const COMMITS = 12
const EACH = 6

/** What one commit writes: some pages. */
export const answersOf = (commit: number): KeptAnswer[] =>
  Array.from({ length: EACH }, (_, i) => ({
    key: createHash('sha256').update(`${commit} ${i}`).digest('hex').slice(0, 32),
    body: new Uint8Array(3000).fill(commit * EACH + i),
  }))
