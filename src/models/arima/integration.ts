/** Undoing differences: y_t = w_t + Σ weights[i] y_{t − lags[i]}. */
export interface Integration {
  readonly lags: readonly number[]
  readonly weights: readonly number[]
}

/** The terms of (1 − B)^d (1 − Bᵐ)^D that are not zero, as weights of past values. */
export function integrationOf(d: number, D: number, seasonLength: number): Integration {
  let polynomial = [1]
  const times = (lag: number): void => {
    const next = [...polynomial, ...new Array<number>(lag).fill(0)]
    for (const [i, value] of polynomial.entries()) next[i + lag]! -= value
    polynomial = next
  }
  for (let k = 0; k < D; k++) times(seasonLength)
  for (let k = 0; k < d; k++) times(1)
  const lags = polynomial.flatMap((value, lag) => (lag > 0 && value !== 0 ? [lag] : []))
  return { lags, weights: lags.map((lag) => -polynomial[lag]!) }
}
