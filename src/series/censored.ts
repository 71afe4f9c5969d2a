import { median } from '../math/quantile.ts'

/**
 * Periods whose values say nothing of demand because stock ran out: those of no sale, and those of less than the median of
 * the periods with stock, since more was asked for than was sold. A larger value stands: so much was asked for at least.
 */
export function unmetPeriods(values: Float64Array, isOut: (period: number) => boolean): number[] {
  const supplied = values.filter((value, t) => !Number.isNaN(value) && !isOut(t))
  const usual = supplied.length === 0 ? 0 : median(supplied)
  return [...values.keys()].filter((t) => isOut(t) && (values[t] === 0 || (values[t]! > 0 && values[t]! < usual)))
}
