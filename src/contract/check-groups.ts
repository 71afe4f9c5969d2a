import { z } from 'zod'

const cell = z.union([z.string(), z.number()]).nullable()

/** One place where something was mended, or is amiss. */
export const CheckExample = z
  .strictObject({
    file: z.string().nullable(),
    row: z.int().nullable(),
    column: z.string().nullable(),
    series: z.string().nullable(),
    date: z.string().nullable(),
    before: cell.describe('As it stands in the file; null for a problem.'),
    after: cell.describe('What is used instead.'),
    text: z.string(),
  })
  .meta({ id: 'CheckExample' })

/** Everything of one code in all files: what happened, how often, and the option that would change it. */
export const CheckGroup = z
  .strictObject({
    code: z.string(),
    kind: z.enum(['repair', 'problem']),
    severity: z.enum(['error', 'warning', 'info']).describe('`info`: mended, nothing is lost.'),
    count: z.int(),
    series_count: z.int(),
    text: z.string(),
    fix: z
      .strictObject({
        option: z.string().describe('Field of `read`.'),
        values: z.array(z.string()).describe('What it takes; empty for any text.'),
        value: z.string().nullable().describe('What holds now; null where it is detected.'),
      })
      .nullable(),
    examples: z.array(CheckExample).describe('The first five.'),
    picture: z
      .strictObject({
        series: z.string(),
        dates: z.array(z.string().nullable()),
        before: z.array(z.number().nullable()),
        after: z.array(z.number().nullable()),
      })
      .nullable()
      .describe('Up to 60 periods of one series around the first example, as they stand in the file and as used.'),
  })
  .meta({ id: 'CheckGroup' })
export type CheckGroup = z.infer<typeof CheckGroup>
