import type { Code } from '../messages.ts'
import type { PoolAnswer, PoolOptions, Work } from './pool.ts'

/** To the child process that owns the threads; plain data. */
export type ToChild =
  | {
      readonly kind: 'setup'
      readonly options: Omit<PoolOptions, 'engine' | 'keyOf' | 'onDeath' | 'warm'> & {
        readonly engine: string
        readonly journals: string
      }
    }
  | { readonly kind: 'work'; readonly work: readonly Work[] }
  | { readonly kind: 'gate'; readonly isOpen: boolean }

/** From it: answers as they come, `done` when all work is answered; `fault` where nothing could be. */
export type FromChild =
  | { readonly kind: 'answers'; readonly answers: readonly PoolAnswer[] }
  | { readonly kind: 'death'; readonly name: string | null; readonly because: Code }
  | { readonly kind: 'done' }
  | { readonly kind: 'fault'; readonly cause: string }
