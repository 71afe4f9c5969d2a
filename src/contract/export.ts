import { z } from 'zod'
import { LocatedProblem } from './problem.ts'

/** What a file holds in numbers, to be compared with what the other system took. */
export const ControlTotals = z
  .strictObject({
    rows: z.int(),
    series: z.int(),
    first_date: z.string().nullable(),
    last_date: z.string().nullable(),
    total_quantity: z.number(),
  })
  .meta({ id: 'ControlTotals' })

/** A form of CSV, and whether these results can be taken in it. */
export const ExportProfile = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    system: z.boolean().describe('A file for another system, which is checked before it is written.'),
    notes: z.array(z.string()).describe('What people must know of that system.'),
    settings: z.array(
      z.strictObject({
        name: z.string(),
        about: z.string(),
        value: z.string().nullable().describe('As given by `set`, else its default; null where one must be given.'),
      }),
    ),
    ok: z.boolean().describe('False: there are errors, and the file would be refused.'),
    problems: z.array(LocatedProblem),
    totals: ControlTotals,
  })
  .meta({ id: 'ExportProfile' })
export type ExportProfile = z.infer<typeof ExportProfile>

export const ExportProfiles = z.strictObject({ profiles: z.array(ExportProfile) }).meta({ id: 'ExportProfiles' })
