import type { ForecastOptions } from './outcome.ts'
import type { PatternFinding } from './pattern.ts'
import { THRESHOLDS } from './thresholds.ts'

/**
 * Is the demand forecast by the models of sparse demand? Where periods without demand are frequent, and where it is counted
 * in a few pieces with some periods at zero, whatever their interval, unless a season or a trend shows: models of a
 * continuous quantity have no shape for three pieces a month.
 */
export function isSparse({ pattern, flags, features }: PatternFinding, options: ForecastOptions): boolean {
  if (!options.intermittentDetection) return false
  const has = (...names: readonly string[]): boolean => names.includes(pattern) || flags.some((f) => names.includes(f))
  if (has('intermittent', 'lumpy')) return true
  const { whole, zeros, negatives, mean } = features
  const few = whole && zeros > 0 && negatives === 0 && mean < THRESHOLDS.fewPieces
  return few && !has('constant', 'short', 'seasonal', 'trending')
}
