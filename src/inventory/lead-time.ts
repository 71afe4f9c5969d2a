import { gammaQuantile } from '../math/distribution/gamma.ts'

/** Equally likely lead times that stand for an uncertain one. */
const NODES = 41

/** How long an order takes, in periods of the series. */
export interface LeadTime {
  readonly leadTime: number
  readonly leadTimeSd: number
  /** Lead times of the past, each as likely as the others: then the two above are not read. */
  readonly leadTimes?: readonly number[]
}

/**
 * Equally likely lead times, ascending: those of the past where they are given; one, where nothing is said of a spread;
 * else nodes of the gamma distribution with that mean and standard deviation. A lead time is never negative, and late is
 * commoner than early: both hold for a gamma (Silver, Pyke & Thomas 2017, 6.10).
 */
export function leadTimesOf({ leadTime, leadTimeSd, leadTimes = [] }: LeadTime): readonly number[] {
  if (leadTimes.length > 0) return leadTimes.toSorted((a, b) => a - b)
  if (!(leadTimeSd > 0 && leadTime > 0)) return [leadTime]
  const relative = (leadTimeSd / leadTime) ** 2
  const nodes = Array.from({ length: NODES }, (_, i) =>
    gammaQuantile((i + 0.5) / NODES, 1 / relative, leadTime * relative),
  )
  // nodes at middles cut the tails: what they lack in mean and spread is given back
  const mean = nodes.reduce((sum, node) => sum + node, 0) / NODES
  const sd = Math.sqrt(nodes.reduce((sum, node) => sum + (node - mean) ** 2, 0) / NODES)
  return nodes.map((node) => Math.max(0, leadTime + ((node - mean) * leadTimeSd) / sd))
}

/** Mean of the lead time, in periods. */
export function meanLeadTime(terms: LeadTime): number {
  const times = leadTimesOf(terms)
  return times.reduce((sum, time) => sum + time, 0) / times.length
}
