import { checkedOptions, oneOf } from '../checked-options.ts'

/** `simple`: the complex pair repeats by season; `partial`: a real season on a complex level; `full`: both complex. */
export type CesSeasonality = 'none' | 'simple' | 'partial' | 'full'
export const SEASONALITIES: readonly CesSeasonality[] = ['none', 'simple', 'partial', 'full']

export interface CesSpec {
  /** `auto`: all that the data admit are tried. */
  readonly seasonality: CesSeasonality | 'auto'
  /** `average`: weighted by their AICc; `best`: the smallest AICc alone. */
  readonly selection: 'average' | 'best'
}

const DEFAULTS: CesSpec = { seasonality: 'auto', selection: 'average' }

export const check = (options?: Partial<CesSpec>): CesSpec =>
  checkedOptions(
    'ces',
    DEFAULTS,
    {
      seasonality: [oneOf('auto', ...SEASONALITIES), ['auto', ...SEASONALITIES].join(', ')],
      selection: [oneOf('average', 'best'), 'average, best'],
    },
    options,
  )
