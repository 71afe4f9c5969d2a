import type { Waves } from '../../series/fourier.ts'
import type { Shape } from './kernel.ts'

/** The waves of all seasons side by side. */
export function shapeOf(waves: readonly Waves[], trend: boolean, ar: number, ma: number): Shape {
  const angles = waves.flatMap(({ period, harmonics }) =>
    Array.from({ length: harmonics }, (_, j) => (2 * Math.PI * (j + 1)) / period),
  )
  const from = new Int32Array(waves.length + 1)
  for (const [k, { harmonics }] of waves.entries()) from[k + 1] = from[k]! + harmonics
  return { trend, ar, ma, from, cos: Float64Array.from(angles, Math.cos), sin: Float64Array.from(angles, Math.sin) }
}
