/** Squarings of the companion matrix: its 2²⁰th power tells the radius to six digits. */
const SQUARINGS = 20

/**
 * Largest modulus of the companion matrix' eigenvalues: below one, what happens to a variable dies out. By the growth of
 * its powers (Gelfand's formula). `lags[l][i × k + j]` is the effect of variable j, l + 1 steps ago, on variable i.
 */
export function companionRadius(lags: readonly Float64Array[], k: number): number {
  const size = k * lags.length
  if (size === 0) return 0
  let power = new Float64Array(size * size)
  for (const [l, lag] of lags.entries())
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) power[i * size + l * k + j] = lag[i * k + j]!
  for (let i = k; i < size; i++) power[i * size + i - k] = 1
  let logGrowth = 0
  for (let s = 0; s < SQUARINGS; s++) {
    const norm = Math.sqrt(power.reduce((sum, value) => sum + value * value, 0))
    if (norm === 0) return 0
    logGrowth += Math.log(norm) / 2 ** s
    const scaled = power.map((value) => value / norm)
    const square = new Float64Array(size * size)
    for (let i = 0; i < size; i++)
      for (let l = 0; l < size; l++) {
        const factor = scaled[i * size + l]!
        if (factor !== 0) for (let j = 0; j < size; j++) square[i * size + j]! += factor * scaled[l * size + j]!
      }
    power = square
  }
  return Math.exp(logGrowth)
}
