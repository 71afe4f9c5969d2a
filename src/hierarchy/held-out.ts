import { type Correlation, correlationOf, covarianceOf, type PastErrors } from './covariance.ts'
import type { Hierarchy } from './hierarchy.ts'
import { reconciler } from './reconcile.ts'

/** Correlations may make the errors of held-out periods larger by this share, which is chance; beyond it they do not last. */
const CHANCE = 0.05

/**
 * Whether the correlations of past errors last: those of either half of the past make the other half's errors, put right by
 * them, about as small as errors taken for uncorrelated do. Where a break (a change of law, of an assortment) tied errors
 * together once, they do not, and weights by them would spoil the parts.
 */
export function correlationsLast(
  hierarchy: Hierarchy,
  errors: PastErrors,
  silent: (node: number) => boolean,
  sizes: Float64Array,
): boolean {
  const half = errors.length >> 1
  const halves = [stretch(errors, 0, half), stretch(errors, half, errors.length)] as const
  let correlated = 0
  let uncorrelated = 0
  for (const [known, judged] of [halves, halves.toReversed()]) {
    const found = correlationOf(known!)
    const loss = (method: 'mint' | 'wls'): number => errorLeft(hierarchy, method, found, judged!, silent, sizes)
    correlated += loss('mint')
    uncorrelated += loss('wls')
  }
  return !(correlated > (1 + CHANCE) * uncorrelated)
}

/** What a projection leaves of each node's absolute errors, as a share, averaged over the nodes. */
function errorLeft(
  hierarchy: Hierarchy,
  method: 'mint' | 'wls',
  found: Correlation,
  { values, length }: PastErrors,
  silent: (node: number) => boolean,
  sizes: Float64Array,
): number {
  const nodes = sizes.length
  const reconcile = reconciler(hierarchy, covarianceOf(hierarchy, method, found, silent, sizes))
  const before = new Float64Array(nodes)
  const after = new Float64Array(nodes)
  for (let t = 0; t < length; t++) {
    const given = Float64Array.from({ length: nodes }, (_, i) => values[i * length + t]!)
    // the truth adds up: what makes errors add up makes forecasts do so
    const left = given.map((error) => (Number.isNaN(error) ? 0 : error))
    reconcile(left)
    for (const [i, error] of given.entries()) {
      if (Number.isNaN(error)) continue
      before[i]! += Math.abs(error)
      after[i]! += Math.abs(left[i]!)
    }
  }
  const erred = [...before.keys()].filter((i) => before[i]! > 0 && !silent(i))
  return erred.reduce((sum, i) => sum + after[i]! / before[i]!, 0) / erred.length
}

function stretch({ values, length }: PastErrors, from: number, to: number): PastErrors {
  const nodes = length === 0 ? 0 : values.length / length
  const cut = new Float64Array(nodes * (to - from))
  for (let i = 0; i < nodes; i++) cut.set(values.subarray(i * length + from, i * length + to), i * (to - from))
  return { values: cut, length: to - from }
}
