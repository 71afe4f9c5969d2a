import { z } from 'zod'

const share = z.number().gt(0).lt(1)
const periods = z.number().min(0).max(10_000)
const days = z.string().regex(/^\d{1,5}(\.\d{1,6})?d$/)

/** Periods, or days as `10d`. */
export const LeadTime = z.union([periods, days])

/** Every option of a run; what is not given comes from the preset, then from the defaults. */
export const Config = z
  .strictObject({
    parallel: z.boolean().describe('False: one worker thread.'),
    workers: z.int().min(1).max(256).describe('Worker threads; never more than there are cores.'),
    preset: z.enum(['retail', 'manufacturing', 'spareParts']),
    effort: z.enum(['fast', 'balanced', 'thorough']),
    validation_split: z.number().min(0.1).max(0.4).describe('Share of a history kept for validation.'),
    max_models_to_try: z.int().min(3).max(10),
    timeout_per_model: z.number().gt(0).max(86_400).describe('Seconds.'),
    levels: z.array(share).min(1).max(20).describe('Levels of the bands.'),
    non_negative: z.union([z.boolean(), z.literal('auto')]),
    service_level: share,
    service_measure: z.enum(['cycle', 'fill_rate']).describe('What the service level is of.'),
    lead_time: LeadTime.describe('Periods, or days as `10d`.'),
    lead_time_sd: periods,
    review_period: periods,
    combination: z.enum(['auto', 'learned', 'median', 'equal', 'inverse_error', 'confidence', 'stacked', 'dynamic']),
    confidence_tolerance: z.number().min(0.01).max(1),
    seasonal_preference: z.boolean(),
    intermittent_detection: z.boolean(),
    related_series: z.boolean(),
    hierarchy: z
      .string()
      .min(1)
      .max(200)
      .describe(
        'Totals that are forecast too: `auto`, `names`, `columns`, or a template of the names: `{location}_{product}`.',
      ),
    reconciliation: z.enum(['bottom_up', 'ols', 'wls', 'mint']).describe('How forecasts are made to add up.'),
    analogy: z.boolean().describe('Whether new items are forecast like items that are like them.'),
    holidays: z
      .string()
      .regex(/^[A-Za-z]{2}(-[A-Za-z0-9]{1,3}){0,2}$/)
      .describe('Country, state or region: `IT`, `DE-BY`.'),
    seed: z.int().min(0),
    deadline: z.union([z.number().gt(0).max(1e7), z.string().regex(/^[1-9]\d{0,6}[smh]$/)]),
    memory_budget_mb: z.int().min(256).max(1_000_000),
  })
  .partial()
  .meta({ id: 'Config' })

export type Config = z.infer<typeof Config>
