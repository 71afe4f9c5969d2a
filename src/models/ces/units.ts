import { filter, type Parameters, put, type Shape } from './kernel.ts'
import type { History, Start } from './start.ts'

/** Of a numerical derivative by a smoothing parameter. */
const NUDGE = 1e-4

/**
 * What prior and data together leave open of each coordinate at the start: 1 / √ of half the curvature, by the
 * Gauss–Newton approximation. A search in these units needs half the evaluations. All slots of a season have the unit of
 * the first. Takes about eight passes through y; `parameters` is scratch.
 */
export function unitsOf(
  { y, observed, trace }: History,
  shape: Shape,
  { places, centre, deviation }: Start,
  parameters: Parameters,
): Float64Array {
  const firstOf = (to: number): number => {
    const slot = to - 6
    return slot < 0 ? to : 6 + (slot < shape.seasonLength ? 0 : shape.seasonLength)
  }
  const begin = (): void => {
    parameters.states.fill(0)
    for (let i = 0; i < places.length; i++) put(parameters, places[i]!, centre[i]!)
  }
  begin()
  const squares = Math.max(Number.MIN_VALUE, filter(shape, y, parameters, trace))
  const errors = trace.e.slice()
  const nothing = y.slice()
  for (let t = 0; t < y.length; t++) nothing[t]! *= 0
  const effects = new Map<number, number>()
  const effectOf = (to: number, value: number): number => {
    begin()
    if (to >= 4) {
      // linear: the effect of a state is the path that it starts from nothing
      parameters.states.fill(0)
      put(parameters, to, 1)
      return filter(shape, nothing, parameters, trace)
    }
    put(parameters, to, value + NUDGE)
    filter(shape, y, parameters, trace)
    let sum = 0
    for (let t = 0; t < y.length; t++) sum += ((trace.e[t]! - errors[t]!) / NUDGE) ** 2
    return sum
  }
  return Float64Array.from(places, (to, i) => {
    const first = firstOf(to)
    const effect = effects.get(first) ?? effectOf(first, centre[i]!)
    effects.set(first, effect)
    const unit = 1 / Math.sqrt((observed * effect) / squares + 1 / deviation[i]! ** 2)
    return unit > 0 ? unit : deviation[i]!
  })
}
