import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { causeOf } from './cause.ts'
import { emptyHands, type InHand, readHands } from './hands.ts'
import type { Chunk, Report, WorkerSetup } from './messages.ts'

export interface ThreadOptions {
  /** Module that exports `forecastSeries`. */
  readonly engine: URL
  /** Heap of one worker; typed arrays are outside of it. */
  readonly heapMb: number
  /** Folder for the journals of what workers have in their hands; none by default. */
  readonly journals?: string
}

const PATIENCE_MS = 1000
/** Where Node keeps sources that it has translated: told in the environment, not even the worker's first file is translated anew. */
const TRANSLATED = join(tmpdir(), 'node-compile-cache')
/** Names their journals apart. */
let threads = 0
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

interface Listener {
  report(report: Report): void
  end(cause: string): void
}

/** A worker thread; null where the system gives no more of them, and `refused` is told why. */
export function startThread(options: ThreadOptions, refused: (cause: string) => void): Thread | null {
  try {
    return new Thread(options)
  } catch (error) {
    refused(causeOf(error))
    return null
  }
}

/** One worker thread: what is sent to it, what comes back, and how it ended. Knows no policy. */
export class Thread {
  ready = false
  /** Why it ended; null while it lives. */
  ended: string | null = null
  /** Why it was ended from outside; null where it ended by itself. */
  sentence: { readonly cause: string; readonly hand: InHand } | null = null
  #cause: string | null = null
  readonly #hands = emptyHands()
  readonly #worker: Worker

  #on: Listener = { report: () => {}, end: () => {} }

  /** Nothing waits for it until somebody listens to it. */
  constructor({ engine, heapMb, journals }: ThreadOptions) {
    const journal = journals === undefined ? null : join(journals, String(++threads))
    const workerData: WorkerSetup = { engine: engine.href, hands: this.#hands, journal }
    this.#worker = new Worker(workerFile, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
      env: { NODE_COMPILE_CACHE: TRANSLATED, ...process.env },
      // the type of a program that was given as text is no type of a file
      ...(process.execArgv.some((word) => word.startsWith('--input-type')) && { execArgv: [] }),
    })
    this.#worker.on('message', (report: Report) => {
      if (report.kind === 'ready') this.ready = true
      this.#on.report(report)
    })
    this.#worker.on('messageerror', (error) => {
      this.#cause ??= causeOf(error)
      void this.#worker.terminate()
    })
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#cause ??= error?.code ?? causeOf(error)
    })
    this.#worker.on('exit', (status) => {
      this.ended = this.sentence?.cause ?? this.#cause ?? `exit ${status}`
      this.#on.end(this.ended)
    })
    this.#worker.unref()
  }

  listen(on: Listener): void {
    this.#on = on
    this.#worker.ref()
  }

  /** What it is at, or was at when it was ended. */
  get hand(): InHand {
    return this.sentence?.hand ?? readHands(this.#hands)
  }

  give(chunk: Chunk): void {
    this.#worker.postMessage(chunk, [chunk.jobs.values.buffer])
  }

  /** Ends it in the middle of what it does, for this cause. */
  kill(cause: string): void {
    this.sentence ??= { cause, hand: this.hand }
    void this.#worker.terminate()
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Bytes of its heap and of the arrays outside of it; 0 where it has just ended. */
  async memory(): Promise<number> {
    try {
      // one that ends meanwhile may never answer
      const held = await Promise.race([this.#worker.getHeapStatistics(), setTimeout(PATIENCE_MS, null, { ref: false })])
      return held === null ? 0 : held.used_heap_size + held.external_memory
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_NOT_RUNNING') return 0
      throw error
    }
  }
}
