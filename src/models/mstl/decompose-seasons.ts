import { stl } from '../../series/stl.ts'

export interface Seasons {
  /** One a period: the season's value at each step. */
  readonly seasonal: readonly Float64Array[]
  /** The series less all seasons. */
  readonly adjusted: Float64Array
}

const ROUNDS = 2
const FIRST_WINDOW = 11
const WIDER = 4

/**
 * Several seasons by repeated STL, the shortest first: each is found in what the others leave (Bandara, Hyndman & Bergmeir
 * 2021; R's `mstl`). `periods` are whole and ascending; `y` is complete and holds more than two cycles of each.
 */
export function decomposeSeasons(
  y: Float64Array,
  periods: readonly number[],
  window: number | 'auto' | 'periodic',
): Seasons {
  const seasonal = periods.map(() => new Float64Array(y.length))
  const adjusted = y.slice()
  for (let round = 0; round < (periods.length === 1 ? 1 : ROUNDS); round++)
    for (const [i, period] of periods.entries()) {
      const own = seasonal[i]!
      for (let t = 0; t < y.length; t++) adjusted[t]! += own[t]!
      const seasonalWindow = window === 'auto' ? FIRST_WINDOW + WIDER * i : window
      own.set(stl(adjusted, period, { seasonalWindow }).seasonal)
      for (let t = 0; t < y.length; t++) adjusted[t]! -= own[t]!
    }
  return { seasonal, adjusted }
}
