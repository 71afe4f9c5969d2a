import { autoregression } from '../../series/whiten.ts'

const MOST_LAGS = 12
const FREQUENCIES = 128

/** Of each lag at each frequency: `[frequency * MOST_LAGS + lag - 1]`. */
const ANGLES = Float64Array.from(
  { length: FREQUENCIES * MOST_LAGS },
  (_, at) => ((Math.PI * (Math.floor(at / MOST_LAGS) + 0.5)) / FREQUENCIES) * ((at % MOST_LAGS) + 1),
)
const COSINES = ANGLES.map(Math.cos)
const SINES = ANGLES.map(Math.sin)

/**
 * How hard a series is to foresee: Shannon's entropy of its spectrum, 0 (one wave) to 1 (white noise). The spectrum is
 * that of the autoregression found by Burg's method and AICc (Goerg 2013, ForeCA; Hyndman, Wang & Laptev 2015 use it so).
 * `x` has mean 0.
 */
export function spectralEntropy(x: Float64Array): number {
  const a = autoregression(x, MOST_LAGS)
  if (a.length === 0) return 1
  const order = a.length
  const power = new Float64Array(FREQUENCIES)
  let total = 0
  for (let i = 0; i < FREQUENCIES; i++) {
    let real = 1
    let imaginary = 0
    for (let k = 0, at = i * MOST_LAGS; k < order; k++, at++) {
      real -= a[k]! * COSINES[at]!
      imaginary += a[k]! * SINES[at]!
    }
    power[i] = 1 / (real * real + imaginary * imaginary)
    total += power[i]!
  }
  let entropy = 0
  for (let i = 0; i < FREQUENCIES; i++) {
    const share = power[i]! / total
    if (share > 0) entropy -= share * Math.log(share)
  }
  return entropy / Math.log(FREQUENCIES)
}
