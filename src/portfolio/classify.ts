import { DEMAND_PROBABILITIES } from '../automl/stock-figures.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import { abcClasses, xyzClass } from '../inventory/classes.ts'
import { type Member, unitValue } from './member.ts'
import { withFigures } from './revise.ts'

const LOWER = DEMAND_PROBABILITIES.indexOf(0.1)
const UPPER = DEMAND_PROBABILITIES.indexOf(0.9)

/**
 * ABC by the value of the forecast, XYZ by what it leaves unforeseen. Where an item has neither price nor cost, all are
 * ranked by quantity: money and pieces do not add up.
 */
export function classified(members: readonly Member[]): { results: SeriesResult[]; basis: 'value' | 'quantity' } {
  const prices = members.map(({ supply }) => unitValue(supply))
  const read = members.map(({ result: { outcome } }) => {
    const forecast = outcome?.forecast ?? null
    if (forecast === null) return null
    const { mean, quantiles } = outcome?.inventory?.overProtection ?? {}
    return {
      total: forecast.mean.reduce((sum, value) => sum + value, 0),
      xyz: mean === undefined ? null : xyzClass(mean, quantiles![LOWER]!, quantiles![UPPER]!),
    }
  })
  const basis = prices.every((price, i) => price !== null || read[i] === null) ? 'value' : 'quantity'
  const abc = abcClasses(read.map((one, i) => (one?.total ?? 0) * (basis === 'value' ? (prices[i] ?? 0) : 1)))
  const results = members.map(({ result }, i) => {
    const one = read[i]
    if (one == null) return result
    return withFigures(result, { abc: abc[i]!, xyz: one.xyz, value: prices[i] == null ? null : one.total * prices[i]! })
  })
  return { results, basis }
}
