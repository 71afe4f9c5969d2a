import type { Waves } from '../../series/fourier.ts'
import type { Shape } from './kernel.ts'

/** The waves of all seasons side by side. */
export function shapeOf(waves: readonly Waves[], trend: boolean, ar: number, ma: number): Shape {
  const angles = waves.flatMap(({ period, harmonics }, season) =>
    Array.from({ length: harmonics }, (_, j) => ({ season, angle: (2 * Math.PI * (j + 1)) / period })),
  )
  return {
    ...{ trend, ar, ma, seasons: waves.length },
    cos: Float64Array.from(angles, ({ angle }) => Math.cos(angle)),
    sin: Float64Array.from(angles, ({ angle }) => Math.sin(angle)),
    season: Int32Array.from(angles, ({ season }) => season),
  }
}
