import type { ForecastOptions } from './outcome.ts'
import { hasPattern, type PatternFinding } from './pattern.ts'
import { THRESHOLDS } from './thresholds.ts'

/**
 * Is the demand forecast by the models of sparse demand? Where periods without demand are frequent, and where it is counted
 * in a few pieces, whatever their interval, unless a season or a plain trend shows: models of a continuous quantity have no
 * shape for three pieces a month.
 */
export function isSparse(finding: PatternFinding, options: ForecastOptions): boolean {
  if (!options.intermittentDetection) return false
  if (hasPattern(finding, 'intermittent', 'lumpy')) return true
  const { whole, zeros, negatives, mean } = finding.features
  const few = mean < (zeros > 0 ? THRESHOLDS.fewPiecesOrNone : THRESHOLDS.fewPieces)
  const rises = hasPattern(finding, 'trending') && finding.evidence.trendStrength! >= THRESHOLDS.trendOfFew
  return whole && negatives === 0 && few && !rises && !hasPattern(finding, 'constant', 'short', 'seasonal')
}
