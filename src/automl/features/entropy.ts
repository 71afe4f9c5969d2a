import { autoregression } from '../../series/whiten.ts'

const MOST_LAGS = 12
const FREQUENCIES = 128

/**
 * How hard a series is to foresee: Shannon's entropy of its spectrum, 0 (one wave) to 1 (white noise). The spectrum is
 * that of the autoregression found by Burg's method and AICc (Goerg 2013, ForeCA; Hyndman, Wang & Laptev 2015 use it so).
 * `x` has mean 0.
 */
export function spectralEntropy(x: Float64Array): number {
  const a = autoregression(x, MOST_LAGS)
  if (a.length === 0) return 1
  const power = Float64Array.from({ length: FREQUENCIES }, (_, i) => {
    const angle = (Math.PI * (i + 0.5)) / FREQUENCIES
    let real = 1
    let imaginary = 0
    for (let k = 0; k < a.length; k++) {
      real -= a[k]! * Math.cos(angle * (k + 1))
      imaginary += a[k]! * Math.sin(angle * (k + 1))
    }
    return 1 / (real * real + imaginary * imaginary)
  })
  const total = power.reduce((sum, value) => sum + value, 0)
  let entropy = 0
  for (const value of power) {
    const share = value / total
    if (share > 0) entropy -= share * Math.log(share)
  }
  return entropy / Math.log(FREQUENCIES)
}
