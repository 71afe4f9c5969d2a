/** In four sums: one alone waits at each step for its addition before. */
export function dot(a: Float64Array, b: Float64Array): number {
  const whole = a.length - (a.length % 4)
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  for (let i = 0; i < whole; i += 4) {
    first += a[i]! * b[i]!
    second += a[i + 1]! * b[i + 1]!
    third += a[i + 2]! * b[i + 2]!
    fourth += a[i + 3]! * b[i + 3]!
  }
  for (let i = whole; i < a.length; i++) first += a[i]! * b[i]!
  return first + second + (third + fourth)
}

/** Takes `factor` times `column` from `target`, in place. */
export function subtract(target: Float64Array, column: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! -= factor * column[i]!
}
