/** Probability that a demand, told by its quantiles, exceeds a stock; linear between them, the outermost one's beyond. */
export function chanceAbove(probabilities: ArrayLike<number>, quantiles: ArrayLike<number>, stock: number): number {
  const last = quantiles.length - 1
  if (stock < quantiles[0]!) return 1
  if (stock >= quantiles[last]!) return stock > quantiles[last]! ? 0 : 1 - probabilities[last]!
  let k = last
  while (quantiles[k]! > stock) k--
  const share = (stock - quantiles[k]!) / (quantiles[k + 1]! - quantiles[k]!)
  return 1 - probabilities[k]! - share * (probabilities[k + 1]! - probabilities[k]!)
}

/** Expected demand above a stock: the area between the quantiles and it, the outermost ones reaching to the ends. */
export function expectedAbove(probabilities: ArrayLike<number>, quantiles: ArrayLike<number>, stock: number): number {
  const above = (k: number): number => Math.max(0, quantiles[k]! - stock)
  const last = quantiles.length - 1
  let area = above(0) * probabilities[0]! + above(last) * (1 - probabilities[last]!)
  for (let k = 0; k < last; k++) area += ((above(k) + above(k + 1)) / 2) * (probabilities[k + 1]! - probabilities[k]!)
  return area
}
