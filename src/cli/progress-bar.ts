import { columnsOf, fit } from './layout.ts'
import type { Say } from './words.ts'

export interface Progress {
  readonly done: number
  readonly total: number
  /** Seconds that are probably left, at least and at most; NaN while nobody can know. */
  readonly secondsLeft: readonly [number, number]
}

export interface ProgressBar {
  update(progress: Progress): void
  /** Leaves the line empty for what follows. */
  end(): void
}

const CELLS = 24
const REDRAW_MS = 80

/** Seconds as a person says them: `40 s`, `3 min`, `2 h 10 min`. */
export function duration(seconds: number, say: Say): string {
  if (seconds < 9.95) return say('time.seconds', { seconds: Number(seconds.toFixed(1)) })
  if (seconds < 90) return say('time.seconds', { seconds: Math.round(seconds) })
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return say('time.minutes', { minutes })
  return say('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}

/** `40 s`, or `40 s – 2 min` where the two differ as a person says them. */
function between(seconds: readonly [number, number], say: Say): string {
  const [least, most] = seconds.map((each) => duration(Math.max(1, Math.round(each)), say)) as [string, string]
  return least === most ? most : say('time.between', { least, most })
}

function line({ done, total, secondsLeft }: Progress, say: Say): string {
  const share = total === 0 ? 1 : done / total
  const filled = Math.round(share * CELLS)
  const words = say(Number.isFinite(secondsLeft[0]) && done < total ? 'progress.left' : 'progress.count', {
    done,
    total,
    percent: Math.floor(share * 100),
    time: Number.isFinite(secondsLeft[0]) ? between(secondsLeft, say) : '',
  })
  return `${'█'.repeat(filled)}${'░'.repeat(CELLS - filled)}  ${words}`
}

/** A bar redrawn in place on a terminal; elsewhere one line each 10 %. */
export function progressBar(stream: NodeJS.WriteStream, say: Say): ProgressBar {
  let drawnAt = 0
  let lastTenth = 0
  if (stream.isTTY)
    return {
      update(progress) {
        const now = performance.now()
        if (now - drawnAt < REDRAW_MS && progress.done < progress.total) return
        drawnAt = now
        stream.write(`\r\x1b[2K${fit(line(progress, say), columnsOf(stream) - 1)}`)
      },
      end: () => void stream.write('\r\x1b[2K'),
    }
  return {
    update(progress) {
      const tenth = progress.total === 0 ? 10 : Math.floor((progress.done / progress.total) * 10)
      if (tenth <= lastTenth) return
      lastTenth = tenth
      stream.write(`${say('progress.count', { done: progress.done, total: progress.total, percent: tenth * 10 })}\n`)
    },
    end: () => {},
  }
}
