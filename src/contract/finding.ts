import { z } from 'zod'
import { Code } from './problem.ts'

/** Worst first. */
export const Severity = z.enum(['bad', 'attention', 'info']).meta({ id: 'Severity' })

/** What is the matter with a series; of equal severity these are ranked by what is at stake, not by kind. */
export const ExceptionKind = z
  .enum([
    'failed',
    'cancelled',
    'stock_out',
    'fallback',
    'low_confidence',
    'worse_than_naive',
    'bias',
    'outside_band',
    'changed',
    'large_change',
    'outlier',
  ])
  .meta({ id: 'ExceptionKind' })
export type ExceptionKind = z.infer<typeof ExceptionKind>

/** What is the matter with a series, and what is at stake. */
export const finding = {
  kind: ExceptionKind,
  severity: Severity,
  because: Code.describe('What is the matter, in numbers.'),
  quantity: z.number().describe('Units over the horizon that are in question.'),
  value: z.number().nullable().describe('The same in money; null where the item has neither price nor cost.'),
  advice: Code.nullable().describe('What to do.'),
}

export const Finding = z.strictObject(finding).meta({ id: 'Finding' })
