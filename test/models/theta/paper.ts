/** The equations of Fiorucci et al. (2016) as they are printed, with every state kept: slow, and an oracle. */
export interface PaperModel {
  readonly alpha: number
  readonly theta: number
  readonly level: number
  readonly dynamic: boolean
}

/** One-step expectations of `y` (complete) and the path of the `horizon` steps after it. */
export function paper(y: readonly number[], model: PaperModel, horizon = 0): { fitted: number[]; path: number[] } {
  const { alpha, theta, dynamic } = model
  const n = y.length
  const q = 1 - alpha
  const meanTime = (n + 1) / 2
  const meanValue = y.reduce((a, b) => a + b, 0) / n
  const slope =
    y.reduce((sum, value, i) => sum + (i + 1 - meanTime) * (value - meanValue), 0) / ((n * (n * n - 1)) / 12)
  let [level, A, B, mean] = [model.level, dynamic ? 0 : meanValue - slope * meanTime, dynamic ? 0 : slope, 0]
  const expectations: number[] = []
  for (let t = 1; t <= n + horizon; t++) {
    const expected = level + (1 - 1 / theta) * (q ** (t - 1) * A + ((1 - q ** t) / alpha) * B)
    expectations.push(expected)
    const value = t <= n ? y[t - 1]! : expected
    level = alpha * value + q * level
    if (!dynamic) continue
    // eq. 11 to 13 with the index of the state moved by one
    B = t === 1 ? 0 : ((t - 2) * B + (6 / t) * (value - mean)) / (t + 1)
    mean = ((t - 1) * mean + value) / t
    A = mean - ((t + 1) / 2) * B
  }
  return { fitted: expectations.slice(0, n), path: expectations.slice(n) }
}

/** Squared errors after the first three. */
export const squaresAfterWarmUp = (y: readonly number[], model: PaperModel): number =>
  paper(y, model).fitted.reduce((sum, value, i) => sum + (i < 3 ? 0 : (y[i]! - value) ** 2), 0)
