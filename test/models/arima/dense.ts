/** Exact Gaussian log-likelihood of some values of an ARMA process by its dense covariance matrix: the oracle. O(n³). */
export function denseLogLikelihood(
  w: readonly number[],
  phi: readonly number[],
  theta: readonly number[],
  withMean: boolean,
  columns: readonly (readonly number[])[] = [],
): number {
  const at = w.flatMap((value, t) => (Number.isNaN(value) ? [] : [t]))
  const gamma = longSum(phi, theta, w.length)
  const size = at.length
  const lower = Array.from({ length: size }, () => new Float64Array(size))
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = gamma[at[i]! - at[j]!]!
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!
    }
  const solve = (values: readonly number[]): Float64Array => {
    const result = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      let sum = values[i]!
      for (let k = 0; k < i; k++) sum -= lower[i]![k]! * result[k]!
      result[i] = sum / lower[i]![i]!
    }
    return result
  }
  const y = solve(at.map((t) => w[t]!))
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)
  const explained = [...(withMean ? [w.map(() => 1)] : []), ...columns].map((column) =>
    solve(at.map((t) => column[t]!)),
  )
  let rest = y
  const basis: Float64Array[] = []
  for (const column of explained) {
    let free = column
    for (const other of basis)
      free = free.map((value, i) => value - (dot(column, other) / dot(other, other)) * other[i]!)
    basis.push(free)
    rest = rest.map((value, i) => value - (dot(y, free) / dot(free, free)) * free[i]!)
  }
  const variance = dot(rest, rest) / size
  const logs = 2 * lower.reduce((sum, row, i) => sum + Math.log(row[i]!), 0)
  return -0.5 * (size * Math.log(2 * Math.PI * variance) + size + logs)
}

/** γ by summing ψ weights until they are gone: slow, and another way than the engine's. */
function longSum(phi: readonly number[], theta: readonly number[], lags: number): Float64Array {
  const terms = 20_000
  const psi = new Float64Array(terms + lags)
  for (let j = 0; j < psi.length; j++) {
    let sum = j === 0 ? 1 : (theta[j - 1] ?? 0)
    for (let i = 0; i < Math.min(j, phi.length); i++) sum += phi[i]! * psi[j - 1 - i]!
    psi[j] = sum
  }
  return Float64Array.from({ length: lags }, (_, h) => {
    let sum = 0
    for (let j = 0; j < terms; j++) sum += psi[j]! * psi[j + h]!
    return sum
  })
}
