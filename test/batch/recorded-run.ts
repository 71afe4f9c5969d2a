import { ProgressMeter } from '../../src/batch/progress.ts'
import type { Task } from '../../src/batch/task.ts'
import { median } from '../../src/math/quantile.ts'
import { options } from './tasks.ts'

/** How a run went; `answers` in the order they came. */
export interface RecordedRun {
  readonly name: string
  /** Seconds to the end. */
  readonly end: number
  readonly answers: readonly (readonly [cost: number, seconds: number, at: number])[]
}

/** Moments at which each run is looked at, evenly over its time. */
const MOMENTS = 90

/**
 * Plays recorded runs to the meter and looks at it at even moments from a tenth of the time on: the share of moments at
 * which the true end lay in the range, and the median width of the range, as a share of the time that was really left.
 */
export function judgeEstimates(runs: readonly RecordedRun[]): { readonly held: number; readonly width: number } {
  let held = 0
  const widths: number[] = []
  for (const { end, answers } of runs) {
    let clock = 0
    let answered = 0
    const meter = new ProgressMeter(() => clock)
    const tasks = answers.map(([cost], index) => taskOf(cost, index))
    meter.expect(tasks)
    for (let moment = 0; moment < MOMENTS; moment++) {
      const now = end * (0.1 + (0.9 * moment) / MOMENTS)
      for (; answered < answers.length && answers[answered]![2] <= now; answered++) {
        const [, seconds, at] = answers[answered]!
        clock = at
        meter.add(tasks[answered]!, { status: 'success', used: '' }, seconds)
      }
      clock = now
      const [low, high] = meter.read().estimatedRange
      const left = end - now
      if (low <= left && left <= high) held++
      widths.push(Number.isNaN(high) ? Number.POSITIVE_INFINITY : (high - low) / left)
    }
  }
  return { held: held / (runs.length * MOMENTS), width: median(Float64Array.from(widths)) }
}

/** Work that a run of a few seconds has while its engine is cold, for each worker. */
const COLD_SECONDS = 0.8

/** The same run as if there had been less to do: its cold beginning whole, then every so manieth series. */
export function shortened(run: RecordedRun, seconds: number): RecordedRun {
  const workers = Number(run.name.split(', ').at(-1))
  let begun = 0
  const cold = run.answers.filter(([, taken]) => {
    const isCold = begun < COLD_SECONDS * workers
    if (isCold) begun += taken
    return isCold
  })
  const warm = run.answers.slice(cold.length)
  const all = warm.reduce((sum, [, taken]) => sum + taken, 0)
  const every = Math.max(1, all / (seconds * workers - begun))
  const kept = [...cold, ...warm.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every))]
  const clocks = new Array<number>(workers).fill(0)
  const answers = kept.map(([cost, taken]) => {
    const free = clocks.indexOf(Math.min(...clocks))
    clocks[free]! += taken
    return [cost, taken, clocks[free]!] as const
  })
  const sorted = answers.sort((a, b) => a[2] - b[2])
  return { name: run.name, end: sorted.at(-1)![2], answers: sorted }
}

/** A task that costs so much: (40 + length) × models × effort. */
function taskOf(cost: number, index: number): Task {
  const cheap = { ...options, effort: 'fast' as const, maxModelsToTry: cost / 100 }
  const series = { name: `s${index}`, values: new Float64Array(60), seasonLength: 1, calendar: null }
  return { index, series, options: cheap, unit: null, repairs: [], problems: [] }
}
