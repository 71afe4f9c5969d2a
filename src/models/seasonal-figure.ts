import { seasonalFigure } from '../series/decompose.ts'
import { interpolate } from '../series/missing.ts'
import { SEASONAL_AT_90, seasonalAutocorrelation } from '../series/seasonal-autocorrelation.ts'

export interface Season {
  readonly kind: 'additive' | 'multiplicative'
  /** Of one cycle: mean 0 (additive) or 1; that of period i is figure[i mod length]. */
  readonly figure: Float64Array
}

/** Cycles that the figure is made of, the last ones: a season changes over the years. */
const RECENT = 8
/** A smaller index would blow its period up. */
const SMALLEST_INDEX = 0.01

/**
 * The seasons that may be taken out, none where the data show none or hold fewer than two full ones (three where
 * the noise must be known). Classical decomposition of the interpolated values; under `map` of the last eight cycles, and
 * the figure is shrunk towards none by its own noise (James & Stein 1961, positive part; for seasonal figures Miller & Williams 2003), under `ml` it is
 * kept as it is where the autocorrelation at the season passes a 90 % test.
 */
export function seasonsOf(
  y: Float64Array,
  seasonLength: number,
  wanted: 'auto' | 'additive' | 'multiplicative' | 'none',
  estimation: 'map' | 'ml',
): Season[] {
  return [...seasonsIn(y, seasonLength, wanted, estimation)]
}

/** The first of them: the one that is taken out where one must be chosen unseen. */
export const firstSeasonOf = (y: Float64Array, seasonLength: number): Season | null =>
  seasonsIn(y, seasonLength, 'auto', 'map').next().value ?? null

function* seasonsIn(
  y: Float64Array,
  seasonLength: number,
  wanted: Parameters<typeof seasonsOf>[2],
  estimation: Parameters<typeof seasonsOf>[3],
): Generator<Season, undefined> {
  const m = seasonLength
  const seasons = estimation === 'map' ? 3 : 2
  if (wanted === 'none' || !Number.isInteger(m) || m < 2 || y.length < seasons * m) return
  const from = estimation === 'map' ? Math.max(0, y.length - RECENT * m) : 0
  const complete = interpolate(y, m).subarray(from)
  if (estimation === 'ml' && !(seasonalAutocorrelation(complete, m) > SEASONAL_AT_90)) return
  const positive = complete.every((value) => value > 0)
  for (const kind of ['multiplicative', 'additive'] as const) {
    if (wanted !== 'auto' && wanted !== kind) continue
    if (kind === 'multiplicative' && !positive) continue
    const parts = seasonalFigure(complete, m, kind)
    const figure = estimation === 'map' ? shrunk(complete, parts, kind) : parts.figure
    if (figure === null || !figure.every(Number.isFinite)) continue
    if (kind === 'multiplicative' && figure.some((index) => index < SMALLEST_INDEX)) continue
    yield { kind, figure: figure.map((_, i) => figure[(((i - from) % m) + m) % m]!) }
  }
}

/** Share of the figure that is more than the noise of the means it is made of; null where nothing is left. */
function shrunk(
  values: Float64Array,
  { trend, figure }: { readonly trend: Float64Array; readonly figure: Float64Array },
  kind: Season['kind'],
): Float64Array | null {
  const m = figure.length
  const neutral = kind === 'multiplicative' ? 1 : 0
  let count = 0
  let noise = 0
  for (let i = 0, phase = 0; i < values.length; i++, phase = phase + 1 === m ? 0 : phase + 1) {
    const detrended = kind === 'multiplicative' ? values[i]! / trend[i]! : values[i]! - trend[i]!
    if (Number.isNaN(detrended)) continue
    count++
    const rest = detrended - figure[phase]!
    noise += rest * rest
  }
  if (count <= m) return null
  const varianceOfMean = noise / (count - m) / (count / m)
  const size = figure.reduce((sum, value) => sum + (value - neutral) ** 2, 0)
  const share = 1 - (Math.max(1, m - 3) * varianceOfMean) / size
  return share > 0 ? figure.map((value) => neutral + share * (value - neutral)) : null
}

export function adjust(y: Float64Array, { kind, figure }: Season): Float64Array {
  const adjusted = y.slice()
  const m = figure.length
  for (let i = 0, phase = 0; i < y.length; i++, phase = phase + 1 === m ? 0 : phase + 1) {
    const index = figure[phase]!
    if (kind === 'multiplicative') adjusted[i]! /= index
    else adjusted[i]! -= index
  }
  return adjusted
}
