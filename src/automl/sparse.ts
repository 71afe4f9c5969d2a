import type { ForecastOptions } from './outcome.ts'
import { hasPattern, type PatternFinding } from './pattern.ts'
import { THRESHOLDS } from './thresholds.ts'

/**
 * Is the demand forecast by the models of sparse demand? Where periods without demand are frequent, and where it is counted
 * in a few pieces with some periods at zero, whatever their interval, unless a season or a trend shows: models of a
 * continuous quantity have no shape for three pieces a month.
 */
export function isSparse(finding: PatternFinding, options: ForecastOptions): boolean {
  if (!options.intermittentDetection) return false
  if (hasPattern(finding, 'intermittent', 'lumpy')) return true
  const { whole, zeros, negatives, mean } = finding.features
  const few = whole && zeros > 0 && negatives === 0 && mean < THRESHOLDS.fewPieces
  return few && !hasPattern(finding, 'constant', 'short', 'seasonal', 'trending')
}
