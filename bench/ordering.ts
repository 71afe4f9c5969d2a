/** One series' ordering in the past. */
export interface Ordering {
  /** History and what came after it. */
  readonly demand: Float64Array
  /** First period that is simulated. */
  readonly from: number
  readonly lead: number
  readonly review: number
  /** At each review the reorder points of the service levels. */
  readonly points: readonly (readonly number[])[]
}

export interface OrderingResult {
  /** Cycles without a shortage, as a share of all. */
  readonly cycleService: number
  /** Demand met at once, each series counting alike. */
  readonly fillRate: number
  /** Average stock on hand at the ends of periods, in periods of mean demand. */
  readonly stock: number
  readonly cycles: number
}

/**
 * Orders up to `targets` at each review; orders arrive after the lead time, demand that finds no stock waits. A cycle is
 * met where nothing waits at its end: lead time plus review after the order. Stock starts at the first target.
 */
export function order({ demand, from, lead, review }: Ordering, targets: readonly number[]): OrderingResult {
  const known = demand.subarray(0, from).filter((value) => !Number.isNaN(value))
  const scale = known.reduce((sum, value) => sum + Math.max(0, value), 0) / known.length
  const end = from + (targets.length - 1) * review + lead + review
  const arrivals = new Float64Array(end + lead + 1)
  let net = targets[0]!
  let onOrder = 0
  let met = 0
  let waited = 0
  let asked = 0
  let stock = 0
  let periods = 0
  let cycles = 0
  for (let t = from; t < end; t++) {
    net += arrivals[t]!
    onOrder -= arrivals[t]!
    const k = (t - from) / review
    if (Number.isInteger(k) && k < targets.length) {
      const needed = Math.max(0, targets[k]! - net - onOrder)
      if (lead === 0) net += needed
      else {
        arrivals[t + lead] = needed
        onOrder += needed
      }
    }
    const now = Number.isNaN(demand[t]!) ? 0 : Math.max(0, demand[t]!)
    const before = Math.max(0, net)
    net -= now
    if (t < from + lead) continue
    asked += now
    waited += Math.max(0, now - before)
    stock += Math.max(0, net)
    periods++
    if ((t + 1 - from - lead) % review === 0) {
      cycles++
      met += Number(net >= -1e-9)
    }
  }
  return {
    cycleService: met / cycles,
    fillRate: asked === 0 ? 1 : 1 - waited / asked,
    stock: scale > 0 ? stock / periods / scale : 0,
    cycles,
  }
}

/** The portfolio: cycles together, fill rates and stocks averaged over the series. */
export function together(all: readonly OrderingResult[]): OrderingResult {
  const cycles = all.reduce((sum, each) => sum + each.cycles, 0)
  const average = (of: (each: OrderingResult) => number): number =>
    all.reduce((sum, each) => sum + of(each), 0) / all.length
  return {
    cycleService: all.reduce((sum, each) => sum + each.cycleService * each.cycles, 0) / cycles,
    fillRate: average((each) => each.fillRate),
    stock: average((each) => each.stock),
    cycles,
  }
}
