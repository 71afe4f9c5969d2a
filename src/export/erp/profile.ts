import { z } from 'zod'
import { type LocatedProblem, Problem, problem } from '../../messages.ts'

/** Units of a period that a mapping may tell apart. */
const BY_UNIT = z.strictObject({
  day: z.string(),
  week: z.string(),
  month: z.string(),
  quarter: z.string().optional(),
  year: z.string().optional(),
})
const FORMAT = z.union([z.string(), BY_UNIT])

/** Where a column takes its text from. */
const SOURCES = [
  'series',
  'series_part',
  'date',
  'period_end',
  'period_type',
  'step',
  'quantity',
  'lower',
  'upper',
  'unit',
  'model',
  'confidence',
] as const

const COLUMN = z.strictObject({
  name: z.string().min(1),
  from: z.enum(SOURCES).optional(),
  /** Part of the name of the series, from 1, divided by the separator. */
  part: z.int().min(1).optional(),
  setting: z.string().optional(),
  value: z.string().optional(),
  format: FORMAT.optional(),
  max_length: z.int().min(1).optional(),
  required: z.boolean().optional(),
  /** The key columns together, with the date, tell one row from another. */
  key: z.boolean().optional(),
})

const PROFILE = z.strictObject({
  schema_version: z.literal(1),
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  /** What people must know of the target; shown with the validator's verdict. */
  notes: z.array(z.string()).optional(),
  layout: z.enum(['long', 'wide']),
  /** Names of the columns of a wide file, one a period. */
  wide_column: FORMAT.optional(),
  file: z.strictObject({
    delimiter: z.string().length(1),
    decimal: z.enum(['.', ',']),
    bom: z.boolean(),
    line_end: z.enum(['\n', '\r\n']),
    header: z.boolean(),
  }),
  quantity: z.strictObject({
    decimals: z.int().min(0).max(6),
    /** `preserve_total`: the rounded quantities of a series add up to its rounded total. */
    rounding: z.enum(['preserve_total', 'nearest']),
    negative: z.enum(['refuse', 'allow']),
  }),
  date: FORMAT,
  /** Weekday that weeks must begin on, 1 = Monday; months must begin on their first day where `month_start` is set. */
  week_start: z.int().min(1).max(7).optional(),
  month_start: z.boolean().optional(),
  /** Imports are added to what the target holds: it is doubled unless old entries are removed or only differences are sent. */
  adds_up: z.boolean(),
  period_types: BY_UNIT.optional(),
  /** Units of the files to units of the target; `*` is any other. */
  units: z.record(z.string(), z.string()).optional(),
  separator: z.string().optional(),
  limits: z.strictObject({ rows: z.int().min(1).optional(), bytes: z.int().min(1).optional() }).optional(),
  settings: z.record(z.string(), z.strictObject({ about: z.string(), default: z.string().optional() })).optional(),
  columns: z.array(COLUMN).min(1),
})

export type ErpProfile = z.infer<typeof PROFILE>
export type ErpColumn = z.infer<typeof COLUMN>

/** A mapping as it was read; throws `profile_invalid` with every fault. `file` is named in the problems. */
export function checkedProfile(mapping: unknown, file: string): ErpProfile {
  const checked = PROFILE.safeParse(mapping)
  const faults: LocatedProblem[] = checked.success
    ? faultsOf(checked.data).map((field) =>
        problem('profile_invalid', { file, field, expected: 'from | setting | value' }),
      )
    : checked.error.issues.map(({ path, message }) =>
        problem('profile_invalid', { file, field: path.join('.') || '{}', expected: message }),
      )
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return checked.data!
}

/** What the shape alone does not tell: each column has one source, and its setting is declared. */
function faultsOf({ columns, settings = {}, layout, wide_column: wide }: ErpProfile): string[] {
  const faults = columns.flatMap(({ from, setting, value, part }, i) => {
    const given = [from, setting, value].filter((each) => each !== undefined).length
    const unknown = setting !== undefined && !Object.hasOwn(settings, setting)
    const partless = from === 'series_part' && part === undefined
    return given !== 1 || unknown || partless ? [`columns.${i}`] : []
  })
  return layout === 'wide' && wide === undefined ? [...faults, 'wide_column'] : faults
}
