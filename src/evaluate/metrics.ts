/**
 * Measures of forecasts. Everywhere: periods whose actual value is missing (NaN) are skipped, an average over nothing
 * is NaN, and a scaled measure with scale 0 is NaN for a perfect forecast and Infinity otherwise.
 */

/** Mean of `loss(i)` over the periods with an actual value. */
function average(actual: Float64Array, loss: (i: number) => number): number {
  let total = 0
  let count = 0
  for (let i = 0; i < actual.length; i++)
    if (!Number.isNaN(actual[i]!)) {
      total += loss(i)
      count++
    }
  return count === 0 ? Number.NaN : total / count
}

/** Mean absolute error. */
export function mae(actual: Float64Array, forecast: Float64Array): number {
  return average(actual, (i) => Math.abs(actual[i]! - forecast[i]!))
}

/** Root mean squared error. */
export function rmse(actual: Float64Array, forecast: Float64Array): number {
  return Math.sqrt(average(actual, (i) => (actual[i]! - forecast[i]!) ** 2))
}

/**
 * Symmetric mean absolute percentage error, 0 to 200, as in M4 (Makridakis, Spiliotis & Assimakopoulos 2020, eq. 1):
 * mean of 200 |y − f| / (|y| + |f|); a period where both are 0 counts 0.
 */
export function smape(actual: Float64Array, forecast: Float64Array): number {
  return average(actual, (i) => {
    const size = Math.abs(actual[i]!) + Math.abs(forecast[i]!)
    return size === 0 ? 0 : (200 * Math.abs(actual[i]! - forecast[i]!)) / size
  })
}

/** Mean of `loss(y_t − y_{t−m})` over the pairs of which both are there. */
function seasonalDifference(train: Float64Array, seasonLength: number, loss: (d: number) => number): number {
  let total = 0
  let count = 0
  for (let t = seasonLength; t < train.length; t++) {
    const difference = train[t]! - train[t - seasonLength]!
    if (Number.isNaN(difference)) continue
    total += loss(difference)
    count++
  }
  return count === 0 ? Number.NaN : total / count
}

/** Scale of `mase` and `msis`: in-sample mean absolute error of the seasonal naive (Hyndman & Koehler 2006). */
export function seasonalNaiveMae(train: Float64Array, seasonLength: number): number {
  return seasonalDifference(train, seasonLength, Math.abs)
}

/** Scale of `rmsse`: in-sample mean squared error of the seasonal naive (M5 uses season length 1, from the first sale). */
export function seasonalNaiveMse(train: Float64Array, seasonLength: number): number {
  return seasonalDifference(train, seasonLength, (d) => d * d)
}

/** Mean absolute scaled error (Hyndman & Koehler 2006); `scale` from `seasonalNaiveMae`. */
export function mase(actual: Float64Array, forecast: Float64Array, scale: number): number {
  return mae(actual, forecast) / scale
}

/** Root mean squared scaled error (M5; Makridakis, Spiliotis & Assimakopoulos 2022, eq. 1); `scale` from `seasonalNaiveMse`. */
export function rmsse(actual: Float64Array, forecast: Float64Array, scale: number): number {
  return rmse(actual, forecast) / Math.sqrt(scale)
}

/** Overall weighted average of M4: sMAPE and MASE, each an average over all series, relative to the reference's (Naive2). */
export function owa(smape: number, mase: number, referenceSmape: number, referenceMase: number): number {
  return (smape / referenceSmape + mase / referenceMase) / 2
}

/** Mean pinball (quantile) loss of the quantiles at probability `p` (Koenker & Bassett 1978). */
export function pinball(actual: Float64Array, quantiles: Float64Array, p: number): number {
  return average(actual, (i) => {
    const error = actual[i]! - quantiles[i]!
    return error >= 0 ? p * error : (p - 1) * error
  })
}

/** The same over a scale (mean demand of the history, or `seasonalNaiveMae`), so that series can be averaged. */
export function scaledPinball(actual: Float64Array, quantiles: Float64Array, p: number, scale: number): number {
  return pinball(actual, quantiles, p) / scale
}

/**
 * Mean scaled interval score of a central interval at `level`, 0.95 say (Gneiting & Raftery 2007, eq. 43, scaled as in
 * M4): width plus 2 / (1 − level) times what lies outside; `scale` from `seasonalNaiveMae`.
 */
export function msis(
  actual: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  level: number,
  scale: number,
): number {
  const penalty = 2 / (1 - level)
  const score = average(actual, (i) => {
    const below = Math.max(0, lower[i]! - actual[i]!)
    const above = Math.max(0, actual[i]! - upper[i]!)
    return upper[i]! - lower[i]! + penalty * (below + above)
  })
  return score / scale
}

/** Share of actual values in [lower, upper], ends included, 0 to 1. */
export function coverage(actual: Float64Array, lower: Float64Array, upper: Float64Array): number {
  return average(actual, (i) => (actual[i]! >= lower[i]! && actual[i]! <= upper[i]! ? 1 : 0))
}
