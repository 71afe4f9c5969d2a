import { fUpperTail } from '../../math/distribution/f.ts'
import { residualOf } from '../../math/orthogonal-columns.ts'
import { dot } from '../../math/vector.ts'
import type { VarData } from './data.ts'
import { type Estimate, regressorsOf } from './estimate.ts'

/** Do the past values of one variable help to foresee the first one, given all others'? */
export interface GrangerTest {
  readonly name: string
  /** F statistic of leaving out its lags (Granger 1969), and the probability of a larger one by chance. */
  readonly statistic: number
  readonly p: number
}

/** One test a companion, in the equation of the first variable. */
export function grangerTests(data: VarData, { order, products, rows, parameters }: Estimate): GrangerTest[] {
  const k = data.columns.length
  const unrestricted = products[0]!
  const regressors = regressorsOf(data, order, order)
  const target = data.columns[0]!.subarray(order)
  const freedom = rows - parameters
  return data.names.slice(1).map((name, other) => {
    const left = regressors.filter((_, c) => {
      const lag = c - data.outside.length
      return lag < 0 || lag % k !== other + 1
    })
    const rest = residualOf(target, left)
    const restricted = dot(rest, rest)
    const statistic = order === 0 || freedom <= 0 ? 0 : ((restricted - unrestricted) / order / unrestricted) * freedom
    return { name, statistic, p: order === 0 || freedom <= 0 ? 1 : fUpperTail(statistic, order, freedom) }
  })
}
