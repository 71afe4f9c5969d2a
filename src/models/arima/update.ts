import { observedRange } from '../../series/missing.ts'
import type { Series } from '../../series/series.ts'
import { prepareData } from './data.ts'
import { describe } from './describe.ts'
import type { ArimaFit } from './fit.ts'
import { makeWorkspace } from './workspace.ts'

/**
 * Runs every order through another history with its own coefficients and variance. A constant and the values in gaps
 * are linear in the data and found anew.
 */
export function update(fit: ArimaFit, series: Series): ArimaFit {
  const all = series.values.map((value) => value / fit.scale)
  const range = observedRange(all) ?? { first: 0, last: all.length - 1 }
  const data = prepareData(all.slice(range.first, range.last + 1), fit.d, fit.D, fit.seasonLength)
  const members = fit.members.map((member) => {
    const { order, variance, logLikelihood, criterion } = member
    const point = Float64Array.of(...member.ar, ...member.ma, ...member.seasonalAr, ...member.seasonalMa)
    const longest = Math.max(1, member.phi.length, member.theta.length + 1)
    const workspace = makeWorkspace(data.w.length, longest, Math.max(1, point.length), data.regressors.series.length)
    const fitted = {
      order,
      point,
      logLikelihood,
      variance,
      squares: 0,
      criterion: criterion ?? Number.POSITIVE_INFINITY,
    }
    return { ...member, ...describe(data, fitted, workspace), variance, logLikelihood }
  })
  return { ...fit, evaluations: 0, trailing: all.length - 1 - range.last, members }
}
