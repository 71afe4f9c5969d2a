import type { SeriesResult } from '../batch/run-result.ts'
import type { Method } from '../hierarchy/covariance.ts'
import { randomStream } from '../math/random.ts'
import { code } from '../messages.ts'
import { byAnalogy } from './analogy.ts'
import { classified } from './classify.ts'
import { ended } from './end-of-life.ts'
import type { Grouping, Part } from './grouping.ts'
import type { Member } from './member.ts'
import { reconciled } from './reconciled.ts'
import { supplied } from './supplied.ts'

export interface FinishOptions {
  readonly analogy: boolean
  readonly reconciliation: Method
  readonly seed: number
}

export interface Finished {
  /** The series given, with their final results. */
  readonly members: readonly Member[]
  /** Results of the totals, in the grouping's order. */
  readonly totals: readonly SeriesResult[]
  /** What ABC classes rank by: money where every item has a price or a cost. */
  readonly basis: 'value' | 'quantity'
}

/**
 * What only the portfolio as a whole can say, once each series was forecast: ends of life, new items by analogy, forecasts
 * that add up, classes, orders. Pure, and outside what is kept of each series: the same results give the same bytes.
 */
export function finishPortfolio(
  given: readonly Member[],
  totals: readonly SeriesResult[],
  grouping: (Grouping & { readonly parts: readonly Part[] }) | null,
  { analogy, reconciliation, seed }: FinishOptions,
): Finished {
  let members = given.map((member) => ({ ...member, result: linked(member) }))
  const take = (results: readonly SeriesResult[]): void => {
    members = members.map((member, i) => ({ ...member, result: results[i]! }))
  }
  if (analogy) take(byAnalogy(members))
  take(members.map(ended))
  let sums = totals
  if (grouping !== null) {
    const all = [...members.map(({ result }) => result), ...totals]
    const stream = randomStream(`${seed}|futures|${members.length}`)
    const results = reconciled(grouping.parts, all, grouping, reconciliation, stream)
    take(results)
    sums = results.slice(members.length)
  }
  const { results, basis } = classified(members)
  take(results)
  take(members.map(supplied))
  return { members, totals: sums, basis }
}

/** Says where a history comes from, and who goes on with it. */
function linked({ result, predecessor, successor }: Member): SeriesResult {
  if (predecessor === undefined && successor === undefined) return result
  const { outcome } = result
  if (outcome === null) return result
  const joined = predecessor === undefined ? [] : [code('predecessor_joined', { ...predecessor })]
  const superseded = successor === undefined ? [] : [code('advice_superseded', { name: successor })]
  return {
    ...result,
    outcome: {
      ...outcome,
      whyChosen: [...joined, ...outcome.whyChosen],
      businessRecommendation: [...superseded, ...outcome.businessRecommendation],
    },
  }
}
