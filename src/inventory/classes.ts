/** Shares of the value that end class A and class B. */
const ENDS = { A: 0.8, B: 0.95 } as const

/**
 * ABC classes by value: the items of most value that make up 80 % are A (the one that crosses the line included), the next
 * to 95 % B, the rest C. Nothing of value is C. Equal values keep their order.
 */
export function abcClasses(values: readonly number[]): ('A' | 'B' | 'C')[] {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  const classes = new Array<'A' | 'B' | 'C'>(values.length).fill('C')
  let before = 0
  for (const i of [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b)) {
    if (!(values[i]! > 0)) break
    classes[i] = before < ENDS.A * total ? 'A' : before < ENDS.B * total ? 'B' : 'C'
    before += values[i]!
  }
  return classes
}

/** Relative uncertainty of the demand to be covered up to which an item is X, and Y. */
const FORESEEN = { X: 0.25, Y: 0.75 } as const

/**
 * XYZ class by forecastability: the spread of the demand over lead time and review that the forecast leaves (half the width
 * of its 80 % band over the mean), not by how much demand varies: a strong season that is foreseen is X.
 */
export function xyzClass(mean: number, lower: number, upper: number): 'X' | 'Y' | 'Z' {
  const relative = (upper - lower) / 2 / mean
  if (!(mean > 0) || !(relative >= 0)) return 'Z'
  return relative <= FORESEEN.X ? 'X' : relative <= FORESEEN.Y ? 'Y' : 'Z'
}
