/** The nearest whole number, of two the even one. */
const nearest = (x: number): number => {
  const down = Math.floor(x)
  return x - down === 0.5 ? down + (down % 2) : Math.round(x)
}

/** Where the slope may change: `count` observations evenly spread over the first share of them, the first left out. */
export function changepointsOf(times: Float64Array, count: number, range: number): Float64Array {
  const size = Math.floor(times.length * range)
  const most = Math.max(0, Math.min(count, size - 1))
  return Float64Array.from({ length: most }, (_, j) => times[nearest(((j + 1) * (size - 1)) / most)]!)
}
