/** A series taken apart: trend + season + remainder, or their product. NaN where nothing can be said. */
export interface Decomposition {
  readonly trend: Float64Array
  readonly seasonal: Float64Array
  readonly remainder: Float64Array
  /** The season of one cycle, normalised: mean 0 (additive) or 1 (multiplicative); figure[i % seasonLength] is period i's. */
  readonly figure: Float64Array
}

/**
 * Classical decomposition by centred moving average, as R's `decompose`. The trend is NaN for half a season at both
 * ends and around missing values. All NaN with fewer than two full seasons or `seasonLength` below 2.
 * Source: Kendall & Stuart (1983), vol. 3; R `stats::decompose`.
 */
export function decompose(
  values: ArrayLike<number>,
  seasonLength: number,
  type: 'additive' | 'multiplicative' = 'additive',
): Decomposition {
  const n = values.length
  const { trend, figure } = seasonalFigure(values, seasonLength, type)
  const seasonal = new Float64Array(n).fill(Number.NaN)
  const remainder = new Float64Array(n).fill(Number.NaN)
  if (figure.length === 0) return { trend, seasonal, remainder, figure }
  const times = type === 'multiplicative'
  for (let i = 0, phase = 0; i < n; i++, phase = phase + 1 === seasonLength ? 0 : phase + 1) {
    seasonal[i] = figure[phase]
    remainder[i] = times ? values[i] / (trend[i] * seasonal[i]) : values[i] - trend[i] - seasonal[i]
  }
  return { trend, seasonal, remainder, figure }
}

/** Trend and season of the same decomposition alone; the figure is empty where there is none. */
export function seasonalFigure(
  values: ArrayLike<number>,
  seasonLength: number,
  type: 'additive' | 'multiplicative' = 'additive',
): Pick<Decomposition, 'trend' | 'figure'> {
  const n = values.length
  if (!Number.isInteger(seasonLength) || seasonLength < 2 || n < 2 * seasonLength)
    return { trend: new Float64Array(n).fill(Number.NaN), figure: new Float64Array(0) }
  const times = type === 'multiplicative'
  const trend = centredMovingAverage(values, seasonLength)
  const figure = new Float64Array(seasonLength)
  const counts = new Int32Array(seasonLength)
  for (let i = 0, phase = 0; i < n; i++, phase = phase + 1 === seasonLength ? 0 : phase + 1) {
    const detrended = times ? values[i] / trend[i] : values[i] - trend[i]
    if (Number.isNaN(detrended)) continue
    figure[phase] += detrended
    counts[phase]++
  }
  let mean = 0
  for (let phase = 0; phase < seasonLength; phase++) {
    figure[phase] /= counts[phase]
    mean += figure[phase]
  }
  mean /= seasonLength
  for (let phase = 0; phase < seasonLength; phase++) figure[phase] = times ? figure[phase] / mean : figure[phase] - mean
  return { trend, figure }
}

/** Mean over one season around each period (2 x m average where m is even); NaN at the ends and near missing values. */
export function centredMovingAverage(values: ArrayLike<number>, seasonLength: number): Float64Array {
  const n = values.length
  const half = seasonLength >> 1
  const even = seasonLength % 2 === 0
  const result = new Float64Array(n).fill(Number.NaN)
  let sum = 0
  // windows without a missing value or infinity only; the sum is begun afresh after one, and each season, against drift
  let complete = 0
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i])) {
      sum = 0
      complete = 0
      continue
    }
    sum += values[i]
    complete++
    const width = 2 * half + 1
    if (complete > width) sum -= values[i - width]
    if (complete >= width) {
      if (complete % seasonLength === 0) {
        sum = 0
        for (let k = i - width + 1; k <= i; k++) sum += values[k]
      }
      const ends = even ? (values[i] + values[i - width + 1]) / 2 : 0
      result[i - half] = (sum - ends) / seasonLength
    }
  }
  return result
}
