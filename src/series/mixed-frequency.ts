import { type DetectedFrequency, detectFromTicks } from './frequency.ts'

/** Dates that each part must have, and the share of its neighbours that must be exactly one step apart. */
const LEAST_DATES = 6
const LEAST_ADJACENT = 0.8
/** Typical steps of the two parts must differ by more than this factor. */
const LEAST_RATIO = 2

export interface MixedFrequency {
  readonly first: DetectedFrequency
  readonly second: DetectedFrequency
  /** Tick from which on the second holds. */
  readonly from: number
}

/** A history that changes its step once, as when months are replaced by weeks; null for any other. Ticks ascend. */
export function mixedFrequency(ticks: Float64Array): MixedFrequency | null {
  const n = ticks.length
  if (n < 2 * LEAST_DATES) return null
  const gaps = Float64Array.from({ length: n - 1 }, (_, i) => ticks[i + 1]! - ticks[i]!)
  const third = Math.max(LEAST_DATES - 1, Math.floor(gaps.length / 3))
  const [early, late] = [medianOf(gaps.subarray(0, third)), medianOf(gaps.subarray(-third))]
  if (Math.max(early, late) < LEAST_RATIO * Math.min(early, late)) return null
  const between = Math.sqrt(early * late)
  const belongsFirst = (gap: number): boolean => (early > late ? gap > between : gap < between)
  // the cut that leaves the fewest gaps on the wrong side
  let wrong = gaps.reduce((count, gap) => count + Number(belongsFirst(gap)), 0)
  let best = { at: 0, wrong }
  for (const [i, gap] of gaps.entries()) {
    wrong += belongsFirst(gap) ? -1 : 1
    if (wrong < best.wrong) best = { at: i + 1, wrong }
  }
  if (best.at < LEAST_DATES - 1 || n - best.at < LEAST_DATES) return null
  const first = detectFromTicks(ticks.subarray(0, best.at + 1))
  const second = detectFromTicks(ticks.subarray(best.at))
  if (first === null || second === null || unsure(first) || unsure(second)) return null
  const same = first.frequency.unit === second.frequency.unit && first.frequency.step === second.frequency.step
  return same ? null : { first, second, from: ticks[best.at]! }
}

const unsure = ({ evidence }: DetectedFrequency): boolean => evidence.adjacent < LEAST_ADJACENT

const medianOf = (values: Float64Array): number => values.toSorted()[values.length >> 1]!
