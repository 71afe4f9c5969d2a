import { z } from 'zod'
import { LeadTime } from './config.ts'

const values = z.array(z.number().nullable())
const periods = z.number().min(0).max(10_000)
const quantity = z.number().min(0)
const season = z.number().min(1).max(10_000)

/** One series with what is known of it. */
const SeriesObject = z
  .strictObject({
    values: values.describe('Oldest first; null is missing.'),
    start: z.string().max(40).optional().describe('ISO date of the first value; needs `frequency`.'),
    frequency: z.string().max(40).optional().describe('`monthly`, `weekly`, `daily`, `15min`, …'),
    season_length: z.union([season, z.array(season).min(1).max(4)]).optional(),
    regressors: z.record(z.string(), values).optional(),
    unit: z.string().max(200).optional(),
    lead_time: LeadTime.optional(),
    lead_time_sd: periods.optional(),
    review_period: periods.optional(),
    service_level: z.number().gt(0).lt(1).optional(),
    service_measure: z.enum(['cycle', 'fill_rate']).optional(),
    lead_times: z.array(periods).max(10_000).optional().describe('Lead times of the past, in periods.'),
    unit_price: quantity.optional().describe('Money a unit; here as in all that follow: of this series alone.'),
    unit_cost: quantity.optional(),
    stock_on_hand: z.number().optional(),
    on_order: quantity.optional(),
    moq: quantity.optional().describe('Least quantity of an order.'),
    order_multiple: quantity.optional(),
    stock_out: z.array(z.boolean()).optional().describe('Periods without stock, as many as values.'),
    group: z.record(z.string().min(1).max(200), z.string().max(1000)).optional().describe('`{ location: "Milano" }`.'),
    predecessor: z.string().min(1).max(1000).optional().describe('Series that this one continues.'),
    end_of_life: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional()
      .describe('ISO date after which nothing is sold.'),
  })
  .meta({ id: 'SeriesObject' })

/** Numbers alone, or an object. */
export const SeriesInput = z.union([values, SeriesObject]).meta({ id: 'SeriesInput' })

export type SeriesInput = z.infer<typeof SeriesInput>

/** Longest name of a series, in characters. */
export const LONGEST_NAME = 1000

/** Name to series. */
export const Portfolio = z
  .record(z.string().min(1).max(LONGEST_NAME), SeriesInput)
  .meta({ id: 'Portfolio', description: 'Name to series, at least one. A name may be any text without NUL.' })
