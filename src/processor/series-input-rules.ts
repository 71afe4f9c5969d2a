import { z } from 'zod'
import { parseFrequency } from '../series/frequency-name.ts'
import { LEAD_TIME } from './config.ts'

interface Rule {
  readonly holds: (value: unknown) => boolean
  readonly expected: string
}

const rule = (schema: z.ZodType, expected: string): Rule => ({
  holds: (value) => schema.safeParse(value).success,
  expected,
})

/** An array, a typed array of numbers, or anything with a length and indices; not a text. */
export function isNumbers(value: unknown): value is ArrayLike<number | null> {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array) return false
  const { length } = value as { length?: unknown }
  return typeof length === 'number' && Number.isInteger(length) && length >= 0
}

const UNITS = ['year', 'month', 'week', 'day', 'businessDay', 'hour', 'minute', 'second'] as const
const frequency = z.union([
  z.object({ unit: z.enum(UNITS), step: z.int().min(1).max(10_000) }),
  z.string().refine((text) => parseFrequency(text) !== null),
])

const season = z.int().min(1).max(10_000)

const areColumns = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !isNumbers(value) && Object.values(value).every(isNumbers)

/** What each field of a series input must be. */
export const INPUT_RULES: Readonly<Record<string, Rule>> = {
  values: { holds: isNumbers, expected: '[number | null, …]' },
  start: rule(z.string(), 'YYYY-MM-DD'),
  frequency: rule(frequency, 'monthly | weekly | daily | …'),
  seasonLength: rule(z.union([season, z.array(z.number().min(1).max(10_000)).min(1).max(4)]), '1 – 10000'),
  regressors: { holds: areColumns, expected: '{ name: [number, …], … }' },
  unit: rule(z.string(), 'text'),
  leadTime: rule(LEAD_TIME, '0 – 10000 | 10d'),
  leadTimeSd: rule(z.number().min(0), '≥ 0'),
  reviewPeriod: rule(z.number().min(0), '≥ 0'),
  serviceLevel: rule(z.number().gt(0).lt(1), '0 < p < 1'),
}
