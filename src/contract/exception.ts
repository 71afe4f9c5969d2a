import { z } from 'zod'
import { ExceptionKind, finding } from './finding.ts'
import { ResultRow } from './result.ts'
import { Review } from './review.ts'

const number = z.number().nullable()

/** One thing that a planner should look at. */
export const Exception = z
  .strictObject({
    series: z.string(),
    position: z.int().describe('Of the series in the input, from 0.'),
    ...finding,
    row: ResultRow,
    review: Review.nullable(),
  })
  .meta({ id: 'Exception' })
export type Exception = z.infer<typeof Exception>

const AtRisk = z.strictObject({ count: z.int(), quantity: z.number(), value: number })

/** Counts and stakes of exceptions. */
export const ExceptionTotals = z
  .strictObject({
    count: z.int(),
    series: z.int().describe('Series that have any.'),
    basis: z
      .enum(['value', 'quantity'])
      .describe('What stakes are ranked by: money where every one has a price or a cost, else units.'),
    at_risk: AtRisk.describe('Each series once, with the largest of its stakes.'),
    by_kind: z.partialRecord(ExceptionKind, AtRisk),
    by_severity: z.strictObject({ bad: z.int(), attention: z.int(), info: z.int() }),
  })
  .meta({ id: 'ExceptionTotals' })

/** The inbox of a job: by severity, then by what is at stake. */
export const ExceptionPage = z
  .strictObject({
    exceptions: z.array(Exception),
    total: z.int().describe('That match.'),
    totals: ExceptionTotals.describe('Of the whole job.'),
    by_state: z.strictObject({ open: z.int(), accepted: z.int(), later: z.int() }).describe('Exceptions by review.'),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'ExceptionPage' })
export type ExceptionPage = z.infer<typeof ExceptionPage>
