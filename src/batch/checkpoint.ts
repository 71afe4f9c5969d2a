/** An answer by the key of its task (`task-key.ts`), as bytes (`answer-bytes.ts`). */
export interface KeptAnswer {
  readonly key: string
  readonly body: Uint8Array
}

/** Answers as they lie in the file together (`seal.ts`), wherever they were sealed. */
export interface SealedRow {
  readonly bytes: Uint8Array
  /** Of each answer in it, in their order: its key, and the bytes of its body. */
  readonly keys: readonly string[]
  readonly lengths: readonly number[]
}

/**
 * Where finished answers are kept. One mechanism: what a run finds here it need not compute, whether it was computed
 * before an interruption, under another name, or yesterday.
 */
export interface CheckpointStore {
  /** A body for each key; null for one that is not there, or not whole. */
  find(keys: readonly string[]): readonly (Uint8Array | null)[]
  /** The same things in the order in which `find` finds them soonest, some hundred at a time. */
  inOrder<T extends { readonly key: string }>(all: readonly T[]): readonly T[]
  /**
   * Keeps them all or none, after those before them; `rows`: those that are sealed already. Found at once; on disk when the
   * promise is fulfilled, which is rejected with a `Problem` otherwise (`disk_full`, `checkpoint_failed`). Must not be
   * called again after that.
   */
  keep(answers: readonly KeptAnswer[], rows?: readonly SealedRow[]): Promise<void>
  /** Gives the file free, as one file. */
  close(): Promise<void>
}

/** Answers that wait to be written together: a commit takes little longer for hundreds than for one. */
export const GROUP = { milliseconds: 50, answers: 500 } as const
