/** Orders of an ARMA part: p autoregressive and q moving average terms, P and Q seasonal ones; differences apart. */
export interface Order {
  readonly p: number
  readonly q: number
  readonly P: number
  readonly Q: number
  /** A mean (no differences), or a drift (one difference, of either kind): the mean of the differenced series. */
  readonly constant: boolean
}

export const coefficientCount = ({ p, q, P, Q }: Order): number => p + q + P + Q

/** Parameters that count against an order, as R counts them: coefficients, constant and variance. */
export const parameterCount = (order: Order): number => coefficientCount(order) + Number(order.constant) + 1

export const orderKey = ({ p, q, P, Q, constant }: Order): string => `${p},${q},${P},${Q},${Number(constant)}`

/** As the field writes it: `ARIMA(0,1,1)(0,1,1)[12]`, `ARIMA(1,0,0) with non-zero mean`, `ARIMA(0,1,0) with drift`. */
export function orderLabel(order: Order, d: number, D: number, seasonLength: number): string {
  const { p, q, P, Q, constant } = order
  const season = P + D + Q > 0 ? `(${P},${D},${Q})[${seasonLength}]` : ''
  const mean = !constant ? '' : d + D === 0 ? ' with non-zero mean' : ' with drift'
  return `ARIMA(${p},${d},${q})${season}${mean}`
}
