import type { Series } from '../../series/series.ts'
import { designOf, withoutUnknown } from '../design.ts'
import { prepareData } from './data.ts'
import { describe } from './describe.ts'
import { type ArimaFit, between } from './fit.ts'
import { makeWorkspace } from './workspace.ts'

/**
 * Runs every order through another history with its own coefficients and variance. A constant, the effects of regressors
 * and the values in gaps are linear in the data and found anew.
 */
export function update(fit: ArimaFit, series: Series): ArimaFit {
  const design = designOf(series, fit.design.plan.waves)
  const all = withoutUnknown(series.values, design).map((value) => value / fit.scale)
  const { y, columns, last, trailing } = between(all, design)
  const withConstant = fit.members.some(({ order }) => order.constant)
  const data = prepareData(y, fit, { columns, withConstant })
  const members = fit.members.map((member) => {
    const { order, variance, logLikelihood, criterion } = member
    const point = Float64Array.of(...member.ar, ...member.ma, ...member.seasonalAr, ...member.seasonalMa)
    const longest = Math.max(1, member.phi.length, member.theta.length + 1)
    const workspace = makeWorkspace(data, longest, point.length)
    const fitted = {
      ...{ order, point, logLikelihood },
      criterion: criterion ?? Number.POSITIVE_INFINITY,
    }
    return { ...member, ...describe(data, fitted, workspace), variance, logLikelihood }
  })
  return {
    ...{ ...fit, evaluations: 0, length: all.length, trailing, members },
    observations: all.reduce((count, value) => count + Number(!Number.isNaN(value)), 0),
    design: { plan: design.plan, kept: data.regression?.kept ?? [], last },
  }
}
