import { z } from 'zod'
import { CheckGroup } from './check-groups.ts'
import { Id, ReadOptions } from './job.ts'
import { LocatedProblem } from './problem.ts'

/** A file that was taken in. */
export const Upload = z
  .strictObject({
    id: Id,
    filename: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    created_at: z.string(),
  })
  .meta({ id: 'Upload' })
export type Upload = z.infer<typeof Upload>

export const Uploads = z.strictObject({ uploads: z.array(Upload) }).meta({ id: 'Uploads' })

/** Body of `POST /api/v2/checks`. */
export const ChecksRequest = z
  .strictObject({ uploads: z.array(Id).min(1).max(1000), read: ReadOptions.optional() })
  .meta({ id: 'ChecksRequest' })

/** Body of `POST …/check`. */
export const CheckRequest = z.strictObject({ read: ReadOptions.optional() }).meta({ id: 'CheckRequest' })

const words = z.record(z.string(), z.union([z.string(), z.number()]))

/** How a file is understood, what would be repaired, and what a forecast would find. */
export const Check = z
  .strictObject({
    usable: z.boolean(),
    refused: LocatedProblem.nullable().describe('Why it cannot be used as it is; a question or a fault.'),
    files: z.array(
      z.strictObject({
        file: z.string(),
        sha256: z.string(),
        encoding: z.string(),
        sheet: z.string().nullable(),
        dialect: z.record(z.string(), z.string().nullable()).nullable(),
        evidence: z.array(z.strictObject({ code: z.string(), params: words })),
        layout: z.string().nullable(),
        columns: z.record(z.string(), z.string()),
        header_row: z.int().nullable(),
        examples: z.array(
          z.strictObject({
            row: z.int(),
            raw: z.array(z.string()),
            series: z.string(),
            date: z.string().nullable(),
            value: z.number().nullable(),
          }),
        ),
        rows_in: z.int(),
        used: z.int(),
        repaired: z.int(),
        rejected: z.int(),
      }),
    ),
    series: z.array(
      z.strictObject({
        name: z.string(),
        observations: z.int(),
        start: z.string().nullable(),
        end: z.string().nullable(),
        frequency: z.string().nullable(),
        season_length: z.number(),
        pattern: z.string().nullable(),
        unit: z.string().nullable(),
        regressors: z.record(z.string(), z.int()),
        facts: words,
        repairs: z.int(),
        problems: z.array(LocatedProblem),
      }),
    ),
    series_total: z.int().describe('`series` holds the first 1,000.'),
    groups: z
      .array(CheckGroup)
      .describe('Problems and repairs of all files by code: errors first, then the most frequent.'),
    problems: z.array(LocatedProblem),
    totals: z.strictObject({ rows_in: z.int(), used: z.int(), repaired: z.int(), rejected: z.int() }),
  })
  .meta({ id: 'Check' })
export type Check = z.infer<typeof Check>
