import { parseFrequency } from '../series/frequency-name.ts'
import { isLeadTime } from './config.ts'
import { remembered } from './remembered.ts'
import { between, either, isShare, isText, listOf, matches, oneOf, type Rule, rule, whole } from './rule.ts'

/** An array, a typed array of numbers, or anything with a length and indices; not a text. */
export function isNumbers(value: unknown): value is ArrayLike<number | null> {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array) return false
  const { length } = value as { length?: unknown }
  return typeof length === 'number' && Number.isInteger(length) && length >= 0
}

const UNITS = ['year', 'month', 'week', 'day', 'businessDay', 'hour', 'minute', 'second'] as const
const isUnit = oneOf(...UNITS)
const isStep = whole(1, 10_000)

/** The frequency of a name; null for what is none. */
export const frequencyNamed = remembered((text: string) => text, parseFrequency)

function isFrequency(value: unknown): boolean {
  if (isText(value)) return frequencyNamed(value) !== null
  if (typeof value !== 'object' || value === null) return false
  const { unit, step } = value as { readonly unit?: unknown; readonly step?: unknown }
  return isUnit(unit) && isStep(step)
}

const isSeason = either(whole(1, 10_000), listOf(between(1, 10_000), 4))
const notNegative = between(0, Number.MAX_VALUE)
const isDay = matches(/^\d{4}-\d{2}-\d{2}$/)
const areTimes = (value: unknown): boolean =>
  isNumbers(value) && Array.from(value).every((time) => time !== null && time >= 0)
const areTexts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every(isText)

const areColumns = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !isNumbers(value) && Object.values(value).every(isNumbers)

/** What each field of a series input must be. */
export const INPUT_RULES: ReadonlyMap<string, Rule> = new Map(
  Object.entries<Rule>({
    values: rule('[number | null, …]', isNumbers),
    start: rule('YYYY-MM-DD', isText),
    frequency: rule('monthly | weekly | daily | …', isFrequency),
    seasonLength: rule('1 – 10000', isSeason),
    regressors: rule('{ name: [number, …], … }', areColumns),
    unit: rule('text', isText),
    leadTime: rule('0 – 10000 | 10d', isLeadTime),
    leadTimeSd: rule('≥ 0', notNegative),
    reviewPeriod: rule('≥ 0', notNegative),
    leadTimes: rule('[≥ 0, …]', areTimes),
    serviceLevel: rule('0 < p < 1', isShare),
    serviceMeasure: rule('cycle | fill_rate', oneOf('cycle', 'fill_rate')),
    unitPrice: rule('≥ 0', notNegative),
    unitCost: rule('≥ 0', notNegative),
    stockOnHand: rule('number', Number.isFinite),
    onOrder: rule('≥ 0', notNegative),
    moq: rule('≥ 0', notNegative),
    orderMultiple: rule('≥ 0', notNegative),
    stockOut: rule('[boolean, …]', (value) => isNumbers(value) || Array.isArray(value)),
    group: rule('{ column: text, … }', areTexts),
    predecessor: rule('text', isText),
    endOfLife: rule('YYYY-MM-DD', isDay),
  }),
)
