/**
 * The probability of a statistic, linear between the tabulated critical values and kept to the table's ends beyond them
 * (as R's `ndiffs` does). `critical` and `probabilities` belong together, in either order; NaN gives NaN.
 */
export function interpolatedP(
  statistic: number,
  critical: readonly number[],
  probabilities: readonly number[],
): number {
  if (Number.isNaN(statistic)) return Number.NaN
  const last = critical.length - 1
  const rising = critical[last]! > critical[0]! ? 1 : -1
  if (rising * (statistic - critical[0]!) <= 0) return probabilities[0]!
  for (let k = 1; k <= last; k++) {
    if (rising * (statistic - critical[k]!) > 0) continue
    const share = (statistic - critical[k - 1]!) / (critical[k]! - critical[k - 1]!)
    return probabilities[k - 1]! + share * (probabilities[k]! - probabilities[k - 1]!)
  }
  return probabilities[last]!
}
