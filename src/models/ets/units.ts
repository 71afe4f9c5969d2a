import { decode, type Layout } from './coordinates.ts'
import { filter, type Parameters, type Shape, type Trace } from './kernel.ts'
import type { Prior } from './prior.ts'

/** Of a numerical derivative; states are of a series around one, smoothing parameters logits. */
const NUDGE = 1e-4

/**
 * What prior and data together leave open of each coordinate at a point: 1 / √ of half the curvature, by the Gauss–Newton
 * approximation. A search that begins in these units needs three fifths of the evaluations. All slots of a season have that of the
 * first. Takes up to eight passes through y; null where the point is not admissible. `parameters` and `trace` are scratch.
 */
export function unitsOf(
  y: Float64Array,
  observed: number,
  shape: Shape,
  layout: Layout,
  point: Float64Array,
  { precision }: Prior,
  { parameters, trace }: { readonly parameters: Parameters; readonly trace: Trace },
): Float64Array | null {
  const runs = (at: Float64Array): boolean => {
    decode(layout, at, shape.seasonLength, parameters)
    return filter(shape, y, parameters, trace)
  }
  const { fitted } = trace
  if (!runs(point)) return null
  const before = fitted.slice()
  let squares = 0
  for (let t = 0; t < y.length; t++) {
    const error = shape.multiplicativeError ? y[t]! / before[t]! - 1 : y[t]! - before[t]!
    if (!Number.isNaN(error)) squares += error * error
  }
  const shifted = point.slice()
  const units = new Float64Array(layout.size)
  for (let i = 0; i < layout.size; i++) {
    if (layout.season >= 0 && i > layout.season) {
      units[i] = units[layout.season]!
      continue
    }
    shifted[i] = point[i]! + NUDGE
    let effect = 0
    if (runs(shifted))
      for (let t = 0; t < y.length; t++) {
        const change = fitted[t]! - before[t]!
        const moved = shape.multiplicativeError ? (y[t]! * change) / (before[t]! * fitted[t]!) : change
        if (!Number.isNaN(moved)) effect += moved * moved
      }
    shifted[i] = point[i]!
    const curvature = (observed * effect) / (NUDGE * NUDGE * squares) + precision[i]!
    const unit = 1 / Math.sqrt(curvature)
    units[i] = unit > 0 && unit < Number.POSITIVE_INFINITY ? unit : 1
  }
  return units
}
