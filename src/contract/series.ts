import { z } from 'zod'
import { LeadTime } from './config.ts'

const values = z.array(z.number().nullable())
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
    lead_time_sd: z.number().min(0).max(10_000).optional(),
    review_period: z.number().min(0).max(10_000).optional(),
    service_level: z.number().gt(0).lt(1).optional(),
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
