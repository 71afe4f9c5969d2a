import { interpolate } from '../series/missing.ts'
import { seasonalStrength } from '../series/strength.ts'
import { type Features, features } from './features/index.ts'
import type { Pattern } from './outcome.ts'
import { testSeason } from './season-test.ts'
import { THRESHOLDS } from './thresholds.ts'
import { testTrend } from './trend-test.ts'

export interface PatternFinding {
  /** The first that holds, in the order of `Pattern`. */
  readonly pattern: Pattern
  /** The others that hold too. */
  readonly flags: readonly Pattern[]
  /** The numbers behind it, rounded to 3 significant digits; numbers that do not exist are left out. */
  readonly evidence: Readonly<Record<string, number>>
  readonly features: Features
  /** Change per period of the line found, 0 where there is no trend. */
  readonly slope: number
}

/** Patterns of a history (NaN missing) with a season length already known to be usable (1 = none). */
export function findPattern(values: Float64Array, seasonLength: number): PatternFinding {
  const f = features(values)
  const found = new Set<Pattern>()
  const evidence: Record<string, number> = {
    observations: f.observations,
    zeroShare: f.zeros / f.observations,
    cv: f.cv,
    cv2: f.cv2,
    interval: f.interval,
    outliers: f.outliers,
  }
  let slope = 0
  const constant = f.observations >= THRESHOLDS.constantObservations && f.least === f.most
  if (constant) found.add('constant')
  if (f.observations < THRESHOLDS.shortObservations) found.add('short')
  if (f.zeros > 0 && f.negatives === 0 && f.interval >= THRESHOLDS.interval && !constant)
    found.add(f.cv2 < THRESHOLDS.squaredVariation ? 'intermittent' : 'lumpy')
  if (!constant && f.observations >= THRESHOLDS.shortObservations) {
    const tested = lately(values, seasonLength)
    const season = testSeason(tested, seasonLength)
    if (season !== null) {
      // STL lets the trend bend; where it cannot be had the regression's own strength stands in
      const strength = season.p < 0.1 ? (seasonalStrength(tested, seasonLength)?.seasonal ?? season.strength) : 0
      evidence.seasonP = season.p
      evidence.seasonStrength = Math.max(strength, season.p < 0.1 ? 0 : season.strength)
      const few = tested.length < 5 * seasonLength
      const level = few ? THRESHOLDS.seasonLevelFew : THRESHOLDS.seasonLevel
      if (season.p < level && strength >= THRESHOLDS.seasonStrength) found.add('seasonal')
    }
    const trend = testTrend(found.has('seasonal') ? season!.adjusted : tested)
    evidence.trendP = trend.p
    evidence.trendStrength = trend.strength
    if (trend.p < THRESHOLDS.trendLevel && trend.strength >= THRESHOLDS.trendStrength) {
      found.add('trending')
      slope = trend.slope
    }
    evidence.slope = trend.slope
  }
  if (f.cv >= THRESHOLDS.variation) found.add('volatile')
  if (!constant && f.cv2 >= THRESHOLDS.squaredVariation) found.add('erratic')
  if (found.size === 0) found.add('smooth')
  const [pattern, ...flags] = ORDER.filter((name) => found.has(name))
  for (const [name, value] of Object.entries(evidence))
    if (Number.isFinite(value)) evidence[name] = Number(value.toPrecision(3))
    else delete evidence[name]
  return { pattern: pattern!, flags, evidence, features: f, slope }
}

/** Is one of these patterns found, the first that holds or another? */
export const hasPattern = (
  { pattern, flags }: Pick<PatternFinding, 'pattern' | 'flags'>,
  ...names: readonly Pattern[]
): boolean => names.includes(pattern) || flags.some((flag) => names.includes(flag))

const ORDER: readonly Pattern[] = [
  'constant',
  'short',
  'intermittent',
  'lumpy',
  'seasonal',
  'trending',
  'volatile',
  'erratic',
  'smooth',
]

/** The last values, complete: the tests do not need more. */
function lately(values: Float64Array, seasonLength: number): Float64Array {
  const most = Math.max(THRESHOLDS.testedObservations, 4 * seasonLength)
  const seasons = seasonLength > 1 ? THRESHOLDS.testedSeasons * seasonLength : most
  return interpolate(values.slice(-Math.min(most, Math.max(seasons, 120))), seasonLength)
}
