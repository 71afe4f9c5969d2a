/** Mean absolute change from one season (or step) before: the size of a typical surprise; 1 where none is seen. */
export function meanChange(y: Float64Array, lag: number): number {
  let sum = 0
  let count = 0
  for (let t = lag; t < y.length; t++) {
    const change = Math.abs(y[t]! - y[t - lag]!)
    if (!Number.isNaN(change)) {
      sum += change
      count++
    }
  }
  return count > 0 ? sum / count : 1
}
