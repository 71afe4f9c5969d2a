import type { Budget } from '../../math/optimize/budget.ts'
import { rootsOutside } from './admissible.ts'
import type { ArimaData } from './data.ts'
import { type Criterion, type FittedOrder, polish, rank } from './fit-order.ts'
import { coefficientCount, type Order, orderKey } from './order.ts'
import type { Workspace } from './workspace.ts'

/** What orders may be tried. */
export interface Bounds {
  readonly maxP: number
  readonly maxQ: number
  readonly maxSeasonalP: number
  readonly maxSeasonalQ: number
  readonly maxSum: number
  readonly constants: readonly boolean[]
}

export interface SearchResult {
  /** Orders at the maximum of their exact likelihood, the smallest criterion first. */
  readonly fitted: readonly FittedOrder[]
  readonly evaluations: number
}

/**
 * `climbs`: orders whose neighbours are looked at, hill climbs from the best distinct ones. `close`: at a conditional
 * estimate the criterion may be this far above its minimum. `polished`: how many are followed to begin with.
 * With many values conditional estimates are nearly exact and criteria far apart: less doubt has to be searched out. Many
 * columns (gaps, regressors) make an evaluation dear.
 */
const BREADTH = { climbs: 6, close: 6, polished: 8 }
const BREADTH_LONG = { climbs: 3, close: 2, polished: 3 }
const LONG = 200
const MANY_COLUMNS = 12
const ROUNDS = 3
/** Roots of fitted factors nearer to the unit circle than this belong to no model worth its forecast (as in `auto.arima`). */
const LEAST_RADIUS = 1.01

/**
 * Automatic choice of orders. Every order tried is fitted by conditional least squares from a neighbour's estimate and
 * judged by the exact likelihood there: conditional criteria of different orders are sums over different numbers of
 * values and mislead. The close ones are followed to the exact maximum, then the neighbours of the winner, until it stays;
 * not so `roughly`, where the estimates are followed elsewhere, an order begins where it ended with (or without) a constant,
 * and one without a term that was seen to be needed is left out.
 */
export function searchOrders(
  data: ArimaData,
  bounds: Bounds,
  exhaustive: boolean,
  criterion: Criterion,
  workspace: Workspace,
  budget: Budget,
  roughly = false,
): SearchResult {
  const {
    climbs,
    close,
    polished: first,
  } = data.length > LONG || data.columns.length > MANY_COLUMNS ? BREADTH_LONG : BREADTH
  let evaluations = 0
  const left = (): Budget => ({ maxEvaluations: budget.maxEvaluations - evaluations, expired: budget.expired })
  const spent = (): boolean => evaluations >= budget.maxEvaluations || budget.expired?.() === true
  const ranked = new Map<string, FittedOrder>()
  const tryOrder = (order: Order, near: FittedOrder | null): void => {
    const key = orderKey(order)
    if (ranked.has(key) || !within(order, bounds) || (spent() && ranked.size > 0)) return
    if (roughly && !exhaustive && lacksWhatIsNeeded(order, ranked)) return
    const from = near === null ? null : project(near, order)
    const result = rank(data, order, from, workspace, criterion, left())
    evaluations += result.evaluations
    ranked.set(key, result.fitted)
  }
  const best = (): FittedOrder[] => [...ranked.values()].sort((a, b) => a.criterion - b.criterion)

  if (exhaustive) for (const order of allOrders(bounds)) tryOrder(order, null)
  else {
    for (const order of firstOrders(bounds)) {
      const twin = ranked.get(orderKey({ ...order, constant: !order.constant }))
      tryOrder(order, roughly && twin !== undefined ? twin : null)
    }
    const expanded = new Set<string>()
    for (;;) {
      const next = best()
        .slice(0, roughly ? 1 : climbs)
        .find(({ order }) => !expanded.has(orderKey(order)))
      if (next === undefined || spent()) break
      expanded.add(orderKey(next.order))
      for (const order of neighbours(next.order)) tryOrder(order, next)
    }
  }

  if (roughly) {
    const admissible = best().filter(({ point, order }) => rootsOutside(point, order, LEAST_RADIUS, workspace))
    return { fitted: admissible.length > 0 ? admissible : best(), evaluations }
  }
  const polished = new Map<string, FittedOrder>()
  const rejected = new Map<string, FittedOrder>()
  const follow = (fitted: FittedOrder): void => {
    const key = orderKey(fitted.order)
    if (polished.has(key) || rejected.has(key)) return
    if (spent() && polished.size > 0) return
    const result = polish(data, fitted, workspace, criterion, left(), 'maximum')
    evaluations += result.evaluations
    const kept = rootsOutside(result.fitted.point, fitted.order, LEAST_RADIUS, workspace) ? polished : rejected
    kept.set(key, result.fitted)
  }
  const order = best()
  const lowest = order[0]!.criterion
  const count = exhaustive ? 3 * first : first
  for (const one of order.slice(0, count)) if (one.criterion <= lowest + close) follow(one)
  for (let i = 0; polished.size === 0 && i < order.length; i++) follow(order[i]!)
  const winners = (): FittedOrder[] =>
    [...(polished.size > 0 ? polished : rejected).values()].sort((a, b) => a.criterion - b.criterion)
  for (let round = 0; round < ROUNDS; round++) {
    const winner = winners()[0]!
    for (const near of neighbours(winner.order)) {
      const known = ranked.get(orderKey(near))
      if (known !== undefined && known.criterion <= winner.criterion + close) follow(known)
    }
    if (winners()[0] === winner) break
  }
  return { fitted: winners(), evaluations }
}

/** By how much better with a term than without it makes the term needed: more than other terms make up for. */
const CLEAR = 40

/** Has the order none of a kind of term that made an order tried with and without it clearly better? */
function lacksWhatIsNeeded(order: Order, ranked: ReadonlyMap<string, FittedOrder>): boolean {
  for (const name of ['p', 'q', 'P', 'Q'] as const) {
    if (order[name] > 0) continue
    for (const { order: without, criterion } of ranked.values()) {
      const having = without[name] > 0 ? undefined : ranked.get(orderKey({ ...without, [name]: 1 }))
      if (having !== undefined && criterion - having.criterion > CLEAR) return true
    }
  }
  return false
}

const within = ({ p, q, P, Q, constant }: Order, bounds: Bounds): boolean =>
  p >= 0 &&
  q >= 0 &&
  P >= 0 &&
  Q >= 0 &&
  p <= bounds.maxP &&
  q <= bounds.maxQ &&
  P <= bounds.maxSeasonalP &&
  Q <= bounds.maxSeasonalQ &&
  p + q + P + Q <= bounds.maxSum &&
  bounds.constants.includes(constant)

/** Where the climbs begin, as in Hyndman & Khandakar (2008), each with and without a constant. */
function firstOrders(bounds: Bounds): Order[] {
  const first = [
    [0, 0, 0, 0],
    [1, 0, 1, 0],
    [0, 1, 0, 1],
    [2, 2, 1, 1],
    [1, 1, 0, 1],
  ] as const
  return first.flatMap(([p, q, P, Q]) =>
    bounds.constants.map((constant) => ({
      p: Math.min(p, bounds.maxP),
      q: Math.min(q, bounds.maxQ),
      P: Math.min(P, bounds.maxSeasonalP),
      Q: Math.min(Q, bounds.maxSeasonalQ),
      constant,
    })),
  )
}

const STEPS = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [1, 1, 0, 0],
  [1, -1, 0, 0],
  [0, 0, 1, 1],
  [0, 0, 1, -1],
] as const

function neighbours({ p, q, P, Q, constant }: Order): Order[] {
  const list: Order[] = [{ p, q, P, Q, constant: !constant }]
  for (const [dp, dq, dP, dQ] of STEPS)
    for (const sign of [1, -1])
      list.push({ p: p + sign * dp, q: q + sign * dq, P: P + sign * dP, Q: Q + sign * dQ, constant })
  return list
}

function* allOrders({ maxP, maxQ, maxSeasonalP, maxSeasonalQ, maxSum, constants }: Bounds): Generator<Order> {
  for (let sum = 0; sum <= maxSum; sum++)
    for (let P = 0; P <= maxSeasonalP; P++)
      for (let Q = 0; Q <= maxSeasonalQ; Q++)
        for (let p = 0; p <= maxP; p++) {
          const q = sum - P - Q - p
          if (q >= 0 && q <= maxQ) for (const constant of constants) yield { p, q, P, Q, constant }
        }
}

/** A neighbour's estimate as a start: what both have is kept, what is new begins small. */
function project(from: FittedOrder, to: Order): Float64Array {
  const point = new Float64Array(coefficientCount(to))
  let at = 0
  let source = 0
  for (const name of ['p', 'q', 'P', 'Q'] as const) {
    for (let i = 0; i < to[name]; i++) point[at + i] = i < from.order[name] ? from.point[source + i]! : NEW
    at += to[name]
    source += from.order[name]
  }
  return point
}

/** Not zero: with a new pair of terms the Jacobian's columns would be alike. */
const NEW = 0.02
