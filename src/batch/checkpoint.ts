/** An answer by the key of its task (`task-key.ts`), as bytes (`answer-bytes.ts`). */
export interface KeptAnswer {
  readonly key: string
  readonly body: Uint8Array
}

/**
 * Where finished answers are kept. One mechanism: what a run finds here it need not compute, whether it was computed
 * before an interruption, under another name, or yesterday.
 */
export interface CheckpointStore {
  /** Those of the keys that are there, whole; what is damaged is left out. */
  find(keys: readonly string[]): Map<string, Uint8Array>
  /** The same things in the order in which `find` finds them soonest, some hundred at a time. */
  inOrder<T extends { readonly key: string }>(all: readonly T[]): readonly T[]
  /**
   * Keeps them all or none, after those before them. Found at once; on disk when the promise is fulfilled, which is
   * rejected with a `Problem` otherwise (`disk_full`, `checkpoint_failed`). Must not be called again after that.
   */
  keep(answers: readonly KeptAnswer[]): Promise<void>
  /** Gives the file free, as one file. */
  close(): Promise<void>
}

/** Answers that wait to be written together: a commit takes as long for a thousand as for one. */
export const GROUP = { milliseconds: 50, answers: 1000 } as const
