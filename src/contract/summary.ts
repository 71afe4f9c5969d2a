import { z } from 'zod'
import { ExceptionTotals } from './exception.ts'
import { Id } from './job.ts'
import { ResultRow } from './result.ts'

const number = z.number().nullable()
const counts = z.record(z.string(), z.int())

/** A job in numbers: what its first screen shows. Totals of a hierarchy are left out: they would count their parts twice. */
export const Summary = z
  .strictObject({
    job_id: Id,
    series: z.int(),
    horizon: z.int(),
    status: counts,
    models: counts.describe('Forecasts by model.'),
    patterns: counts,
    grades: counts.describe('Forecasts by confidence: high, fair, low.'),
    confidence: z.array(z.int()).length(10).describe('Forecasts by confidence: [0, 0.1), [0.1, 0.2), …, [0.9, 1].'),
    classes: z
      .strictObject({
        basis: z.enum(['value', 'quantity']).describe('What ABC ranks by.'),
        cells: z.array(
          z.strictObject({
            abc: z.enum(['A', 'B', 'C']),
            xyz: z.enum(['X', 'Y', 'Z']).nullable(),
            count: z.int(),
            quantity: z.number().describe('Sum of the forecasts.'),
            value: number.describe('The same in money, of the items with a price or a cost.'),
          }),
        ),
      })
      .nullable()
      .describe('ABC by XYZ, cells with series only; null until the job has ended.'),
    totals: z
      .array(
        z.strictObject({
          unit: z.string().nullable(),
          series: z.int(),
          forecast: z.number(),
          before: z.number().describe('Of the same series over as many periods before the forecast.'),
          change: number.describe('forecast / before − 1, over the series that have both.'),
        }),
      )
      .describe('By unit, the most series first.'),
    value: number.describe('Forecast in money, of the items with a price or a cost; null without any.'),
    against_seasonal_naive: z.strictObject({
      compared: z.int(),
      beating_share: number,
      median_skill: number,
    }),
    exceptions: ExceptionTotals,
    reviews: z.strictObject({ open: z.int(), accepted: z.int(), later: z.int() }).describe('Series with exceptions.'),
    against: z
      .strictObject({
        job_id: Id,
        name: z.string().nullable(),
        finished_at: z.string().nullable(),
        both: z.int(),
        changed: z.int().describe('Series with another forecast.'),
        added: z.int(),
        gone: z.int(),
        before: z.number().describe('Total of the series that both forecast, there.'),
        after: z.number().describe('The same here.'),
        change: number.describe('after / before − 1; null where the two forecast different numbers of periods.'),
      })
      .nullable()
      .describe('The job that was asked for, else the newest before it of the same series.'),
  })
  .meta({ id: 'Summary' })
export type Summary = z.infer<typeof Summary>

/** A total of the hierarchy. */
export const Total = z
  .strictObject({
    row: ResultRow,
    level: z.array(z.string()).describe('Columns that its parts share; empty for the total of all.'),
    group: z.array(z.string()).describe('What they have there.'),
    parts: z.int(),
    reconciliation: z.string().nullable().describe('How forecasts were made to add up.'),
    base: number.describe('Sum of its forecast before that.'),
  })
  .meta({ id: 'Total' })
export type Total = z.infer<typeof Total>

export const TotalPage = z
  .strictObject({ totals: z.array(Total), total: z.int(), next_cursor: z.string().nullable() })
  .meta({ id: 'TotalPage' })
