import { unlimited } from '../src/math/optimize/budget.ts'
import { Problem } from '../src/messages.ts'
import { ets } from '../src/models/ets/index.ts'

/** One `ets(model=, damped=)` fit of R's package forecast, with its series. */
export interface EtsCase {
  readonly model: string
  readonly damped: boolean
  readonly loglik: number
  readonly season: number
  readonly values: readonly (number | null)[]
}

export const formOf = ({ model, damped }: Pick<EtsCase, 'model' | 'damped'>): string =>
  `${model[0]}${damped ? 'Ad' : model[1]}${model[2]}`

/** Our log-likelihood less R's, both of the unscaled series; −Infinity where the form could not be fitted. */
export function compareEts(item: EtsCase): number {
  const values = Float64Array.from(item.values, (value) => value ?? Number.NaN)
  const spec = ets.check({ estimation: 'ml', selection: 'best', form: formOf(item) })
  try {
    const fit = ets.fit({ name: '', values, seasonLength: item.season, calendar: null }, spec, unlimited)
    const observed = values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
    return fit.members[0]!.logLikelihood - observed * Math.log(fit.scale) - item.loglik
  } catch (error) {
    if (error instanceof Problem) return Number.NEGATIVE_INFINITY
    throw error
  }
}
