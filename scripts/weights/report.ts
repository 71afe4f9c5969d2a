import { table } from '../../bench/table.ts'
import {
  type Coefficients,
  confidenceInputs,
  probabilities,
  REFERENCE_TOLERANCE,
} from '../../src/automl/learned/index.ts'
import { quantilesAt } from '../../src/models/bands.ts'
import { beatsNaive, finalOf, importances, isWithin } from './examples.ts'
import type { Row } from './rows.ts'

const ENDS = Float64Array.of(0.025, 0.1, 0.9, 0.975)

/** What coefficients are worth on rows that they have not seen: errors next to the median, coverage, calibration. */
export class Report {
  readonly #sets = new Map<
    string,
    { rows: number; ours: number; median: number; in80: number; in95: number; steps: number }
  >()
  readonly #said: { p: number; came: boolean }[] = []
  readonly #beats: { p: number; came: boolean }[] = []

  add(rows: readonly Row[], coefficients: Coefficients): void {
    const importance = importances(rows)
    for (const row of rows) {
      const forecast = finalOf(row, coefficients)
      const sum = this.#sets.get(row.set) ?? { rows: 0, ours: 0, median: 0, in80: 0, in95: 0, steps: 0 }
      this.#sets.set(row.set, sum)
      const ends = quantilesAt(forecast, ENDS)
      sum.rows++
      let [ours, median, count] = [0, 0, 0]
      for (let h = 0; h < row.future.length; h++) {
        const y = row.future[h]!
        if (Number.isNaN(y)) continue
        count++
        ours += Math.abs(y - forecast.mean[h]!)
        median += Math.abs(y - row.centre[h]!)
        sum.in80 += y >= ends[h * 4 + 1]! && y <= ends[h * 4 + 2]! ? 1 : 0
        sum.in95 += y >= ends[h * 4]! && y <= ends[h * 4 + 3]! ? 1 : 0
      }
      sum.steps += count
      const unit = importance.get(row)! / count / row.known.scale
      sum.ours += ours * unit
      sum.median += median * unit
      const found = probabilities(confidenceInputs(row.known, forecast), REFERENCE_TOLERANCE, coefficients)
      this.#said.push({ p: found.withinTolerance, came: isWithin(row, forecast, REFERENCE_TOLERANCE) })
      this.#beats.push({ p: found.beatsNaive, came: beatsNaive(row, forecast) })
    }
  }

  toString(): string {
    const percent = (share: number): string => (100 * share).toFixed(1)
    const sets = [...this.#sets].map(([set, { rows, ours, median, in80, in95, steps }]) => [
      ...[set, String(rows), (ours / median).toFixed(4), percent(in80 / steps), percent(in95 / steps)],
    ])
    return [
      table(['held out', 'windows', 'error / median', 'in 80 %', 'in 95 %'], sets),
      calibration('total within 25 %', this.#said),
      calibration('beats seasonal naive', this.#beats),
    ].join('\n')
  }
}

/** Ten buckets of equal width: what was said and what came, with its 95 % interval; and the area under the ROC curve. */
export function calibration(what: string, said: readonly { p: number; came: boolean }[]): string {
  const rows = Array.from({ length: 10 }, (_, k) => {
    const bucket = said.filter(({ p }) => Math.min(9, Math.floor(p * 10)) === k)
    if (bucket.length === 0) return null
    const mean = bucket.reduce((sum, { p }) => sum + p, 0) / bucket.length
    const share = bucket.filter(({ came }) => came).length / bucket.length
    const half = 1.96 * Math.sqrt((share * (1 - share)) / bucket.length)
    return [
      `${k / 10} – ${(k + 1) / 10}`,
      String(bucket.length),
      mean.toFixed(3),
      share.toFixed(3),
      `± ${half.toFixed(3)}`,
    ]
  })
  const body = rows.filter((row) => row !== null)
  return `${table([what, 'series', 'said', 'came', ''], body)}\nAUC ${areaUnder(said).toFixed(3)}`
}

/** Probability that one that came was said to be likelier than one that did not (Mann–Whitney). */
function areaUnder(said: readonly { p: number; came: boolean }[]): number {
  const sorted = said.toSorted((a, b) => a.p - b.p)
  let ranks = 0
  let positives = 0
  for (let i = 0; i < sorted.length; ) {
    let j = i
    while (j < sorted.length && sorted[j]!.p === sorted[i]!.p) j++
    for (let k = i; k < j; k++)
      if (sorted[k]!.came) {
        ranks += (i + j + 1) / 2
        positives++
      }
    i = j
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives))
}
