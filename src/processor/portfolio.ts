import type { PortfolioItem } from '../io/portfolio.ts'
import { smallArray } from '../math/small-array.ts'
import { type LocatedProblem, problem, type Repair } from '../messages.ts'
import type { SupplyFacts } from '../portfolio/member.ts'
import { type Calendar, type Frequency, periodDate } from '../series/calendar.ts'
import { unmetPeriods } from '../series/censored.ts'
import { countMissing, observedRange } from '../series/missing.ts'
import type { Regressors } from '../series/regressors.ts'
import { chooseSeasonLength, defaultSeasonLength } from '../series/season.ts'
import { closestName } from './closest.ts'
import { shownValue } from './config.ts'
import type { Terms } from './options-for.ts'
import { remembered } from './remembered.ts'
import { frequencyNamed, INPUT_RULES, isNumbers } from './series-input-rules.ts'

/** Numbers of one series, oldest first; null and NaN are missing. */
export type Values = ArrayLike<number | null>

/** One series of a portfolio: its values, or its values with what is known of them. */
export type SeriesInput =
  | Values
  | ({
      readonly values: Values
      /** ISO date or date-time of the first value; needs `frequency`. The last day of a month stands for month ends. */
      readonly start?: string
      /** `{ unit: 'month', step: 1 }` or its name (`monthly`, `15min`). */
      readonly frequency?: Frequency | string
      /** Periods in the main season, 1 for none; else the frequency's, else what the values show. Several: the main one first. */
      readonly seasonLength?: number | readonly number[]
      /**
       * What is known of each period from outside, a column a name: as many values as there are periods, then those of the
       * periods to come. One without its future is left aside (`regressor_future_missing`).
       */
      readonly regressors?: Readonly<Record<string, Values>>
      readonly unit?: string
      /** Periods in which there was no stock, as many as values: what was sold then is no demand unless it was much. */
      readonly stockOut?: ArrayLike<boolean | number>
      /** What it belongs to, column by column: `{ location: 'Milano', family: 'shoes' }`. */
      readonly group?: Readonly<Record<string, string>>
      /** Name of the series that this one continues: its history then stands in front. */
      readonly predecessor?: string
      /** ISO date after which nothing is sold. */
      readonly endOfLife?: string
      readonly moq?: number
    } & Terms &
      Omit<SupplyFacts, 'minimumOrder'>)

export type Portfolio =
  | Readonly<Record<string, SeriesInput>>
  | ReadonlyMap<string, SeriesInput>
  | Iterable<readonly [string, SeriesInput]>
  | AsyncIterable<readonly [string, SeriesInput]>

/** A series as it was read, with what only the library can say of it. */
export interface Entry {
  readonly item: PortfolioItem
  readonly frequency: Frequency | null
  readonly terms: Terms
  readonly furtherSeasons?: readonly number[]
  readonly regressors?: Regressors
  readonly supply: SupplyFacts
  readonly group: Readonly<Record<string, string>>
  readonly predecessor?: string
  readonly endOfLife?: string
}

/** An item of a file; what its columns tell of lead time and service level goes before the configuration. */
export function entryOf(item: PortfolioItem): Entry {
  const frequency = item.calendar?.frequency ?? null
  const { leadTime, serviceLevel, price, cost, stock, minimumOrder, onOrder, orderMultiple } = item.facts ?? {}
  return {
    item,
    frequency,
    // days are no periods where the step is not known: the configuration's lead time holds, and is told
    terms: { leadTime: typeof leadTime === 'string' && frequency === null ? undefined : leadTime, serviceLevel },
    ...(item.regressors && { regressors: item.regressors }),
    supply: { unitPrice: price, unitCost: cost, stockOnHand: stock, onOrder, minimumOrder, orderMultiple },
    group: item.group ?? {},
    predecessor: item.facts?.predecessor,
    endOfLife: item.facts?.endOfLife,
  }
}

/** Names and inputs in order. An object's integer-like keys come first, as in every JavaScript object. */
export function pairsOf(
  portfolio: Portfolio,
): Iterable<readonly [string, SeriesInput]> | AsyncIterable<readonly [string, SeriesInput]> {
  const given = portfolio as Partial<AsyncIterable<never> & Iterable<never>>
  if (typeof given[Symbol.iterator] === 'function' || typeof given[Symbol.asyncIterator] === 'function')
    return portfolio as Iterable<readonly [string, SeriesInput]>
  return Object.entries(portfolio as Readonly<Record<string, SeriesInput>>)
}

/** How many series there are, 0 where only reading tells. */
export function sizeOf(portfolio: Portfolio): number {
  if (portfolio instanceof Map) return portfolio.size
  if (Array.isArray(portfolio)) return portfolio.length
  return Symbol.iterator in portfolio || Symbol.asyncIterator in portfolio ? 0 : Object.keys(portfolio).length
}

/** Reads one input. Nothing throws: what cannot be read leaves an item without values, and its problems say why. */
export function readSeries(name: string, input: SeriesInput): Entry {
  const problems: LocatedProblem[] = []
  if (typeof name !== 'string' || name.trim() === '')
    problems.push(problem('name_unusable', { name: String(name) }, { series: String(name) }))
  const given = fieldsOf(input)
  let fatal = problems.length > 0
  let isBare = true
  for (const field of Object.keys(given)) {
    const value = given[field]
    if (value === undefined) continue
    const rule = INPUT_RULES.get(field)
    if (rule === undefined) {
      const closest = closestName(field, [...INPUT_RULES.keys()])
      problems.push(problem('config_unknown', { field, closest }, { series: name }))
    } else if (!rule.holds(value)) {
      problems.push(invalid(name, field, value, rule.expected))
      fatal = true
    }
    isBare &&= HISTORY.has(field)
  }
  if (given.values === undefined) problems.push(invalid(name, 'values', input, INPUT_RULES.get('values')!.expected))
  const frequency = fatal ? null : frequencyOf(given.frequency as Frequency | string | undefined)
  const calendar = calendarOf(given.start as string | undefined, frequency)
  if (!fatal && given.start !== undefined && calendar === null) {
    if (frequency === null) problems.push(invalid(name, 'frequency', given.frequency, 'monthly | weekly | daily | …'))
    else problems.push(invalid(name, 'start', given.start, 'YYYY-MM-DD'))
    fatal = true
  }
  const repairs: Repair[] = []
  const raw =
    fatal || given.values === undefined
      ? new Float64Array(0)
      : numbersOf(given.values as Values, name, calendar, repairs, problems)
  if (!fatal && given.stockOut !== undefined)
    withoutStockOuts(raw, given.stockOut as ArrayLike<boolean | number>, name, calendar, repairs)
  const series = trimmed(raw, name, calendar, repairs)
  const known = (fatal ? NOTHING : given) as Known
  const { seasonLength: season, unit = null } = known
  const seasons = typeof season === 'object' ? season : null
  const main = seasons === null ? (season as number | undefined) : seasons[0]
  const seasonLength =
    fatal || main !== undefined
      ? Math.round(main ?? 1)
      : frequency === null
        ? chooseSeasonLength(series.values).seasonLength
        : defaultSeasonLength(frequency)
  const { values } = series
  const { terms, supply, group, predecessor, endOfLife } = fatal || isBare ? NOTHING_KNOWN : knownOf(known)
  const item = { name: String(name), values, calendar: series.calendar, seasonLength, unit, repairs, problems }
  const entry = { item, frequency, terms, supply, group, predecessor, endOfLife }
  if (seasons === null && known.regressors === undefined) return entry
  return {
    ...entry,
    ...(seasons !== null &&
      seasons.length > 1 && { furtherSeasons: seasons.slice(1).filter((period) => period !== undefined) }),
    ...(known.regressors !== undefined && { regressors: regressorsOf(known.regressors, series.from) }),
  }
}

/** Its own fields, and those alone. */
function fieldsOf(input: SeriesInput): Readonly<Record<string, unknown>> {
  if (isNumbers(input)) return { values: input }
  if (typeof input !== 'object' || input === null) return {}
  const prototype = Object.getPrototypeOf(input)
  return prototype === Object.prototype
    ? (input as object as Readonly<Record<string, unknown>>)
    : { ...(input as object) }
}

const invalid = (series: string, field: string, value: unknown, expected: string): LocatedProblem =>
  problem('config_invalid', { field, value: shownValue(value), expected }, { series })

/** Fields that tell of a history, and nothing beside it. */
const HISTORY = new Set(['values', 'start', 'frequency', 'seasonLength', 'unit'])
const NOTHING = {}

function knownOf(known: Known): Pick<Entry, 'terms' | 'supply' | 'group' | 'predecessor' | 'endOfLife'> {
  const { group = {}, predecessor, endOfLife } = known
  const { leadTime, leadTimeSd, leadTimes, reviewPeriod, serviceLevel, serviceMeasure } = known
  const { unitPrice, unitCost, stockOnHand, onOrder, moq: minimumOrder, orderMultiple } = known
  return {
    terms: { leadTime, leadTimeSd, leadTimes, reviewPeriod, serviceLevel, serviceMeasure },
    supply: { unitPrice, unitCost, stockOnHand, onOrder, minimumOrder, orderMultiple },
    ...{ group, predecessor, endOfLife },
  }
}

type Known = Omit<Extract<SeriesInput, { readonly values: Values }>, 'values'>

/** One object for all series of which only the history is known. */
const NOTHING_KNOWN = knownOf({})

/** What was sold while there was no stock is set missing, as in files. */
function withoutStockOuts(
  values: Float64Array,
  stockOut: ArrayLike<boolean | number>,
  name: string,
  calendar: Calendar | null,
  repairs: Repair[],
): void {
  for (const i of unmetPeriods(values, (t) => Boolean(stockOut[t]))) {
    repairs.push(repair('stock_out_set_missing', name, calendar && periodDate(calendar, i), values[i]!))
    values[i] = Number.NaN
  }
}

/** Columns from the first period that is kept on; null and infinite values are missing. */
function regressorsOf(given: unknown, from: number): Regressors {
  const entries = Object.entries(given as Readonly<Record<string, Values>>)
  const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN)
  return {
    names: entries.map(([name]) => name),
    columns: entries.map(([, column]) => Float64Array.from(Array.from(column).slice(from), number)),
  }
}

const frequencyOf = (given: Frequency | string | undefined): Frequency | null =>
  typeof given === 'string' ? frequencyNamed(given) : (given ?? null)

/** The series of a portfolio share a few calendars. */
const calendarOf = remembered(
  (start: string | undefined, frequency: Frequency | null) => `${start} ${frequency?.unit} ${frequency?.step}`,
  calendarFrom,
)

function calendarFrom(start: string | undefined, frequency: Frequency | null): Calendar | null {
  if (start === undefined || frequency === null) return null
  const plain: Calendar = { frequency, start, monthEnd: false }
  const monthly = frequency.unit === 'month' || frequency.unit === 'year'
  const nextDay = periodDate({ ...plain, frequency: { unit: 'day', step: 1 } }, 1)
  if (nextDay === null || periodDate(plain, 0) === null) return null
  return { ...plain, monthEnd: monthly && nextDay.slice(8, 10) === '01' }
}

function numbersOf(
  given: Values,
  name: string,
  calendar: Calendar | null,
  repairs: Repair[],
  problems: LocatedProblem[],
): Float64Array {
  const values = smallArray(given.length)
  for (let i = 0; i < given.length; i++) {
    const value: unknown = given[i] ?? Number.NaN
    if (typeof value !== 'number') {
      problems.push(invalid(name, `values[${i}]`, value, 'number | null'))
      return new Float64Array(0)
    }
    values[i] = Number.isFinite(value) ? value : Number.NaN
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
      repairs.push(repair('not_finite_treated_missing', name, calendar && periodDate(calendar, i), String(value)))
  }
  return values
}

interface Trimmed {
  readonly values: Float64Array
  readonly calendar: Calendar | null
  /** Periods that were left out in front. */
  readonly from: number
}

/** Without the missing values at both ends, as files are read; each stretch is one repair, `before` its length. */
function trimmed(values: Float64Array, name: string, calendar: Calendar | null, repairs: Repair[]): Trimmed {
  if (countMissing(values) === 0) return { values, calendar, from: 0 }
  const range = observedRange(values)
  return range === null ? { values, calendar, from: 0 } : trimmedTo(range, values, name, calendar, repairs)
}

function trimmedTo(
  range: { readonly first: number; readonly last: number },
  values: Float64Array,
  name: string,
  calendar: Calendar | null,
  repairs: Repair[],
): Trimmed {
  const date = (i: number): string | null => (calendar === null ? null : periodDate(calendar, i))
  const end = range.last + 1
  // a start on the 29th or 30th would lose its day in a short month: then the first values stay, as missing
  const movable = calendar === null || calendar.monthEnd || Number(calendar.start.slice(8, 10)) <= 28
  const first = movable ? range.first : 0
  if (first > 0) repairs.push(repair('leading_missing_trimmed', name, date(0), first))
  if (end < values.length) repairs.push(repair('trailing_missing_trimmed', name, date(end), values.length - end))
  const moved = calendar === null || first === 0 ? calendar : { ...calendar, start: date(first) ?? calendar.start }
  return { values: values.slice(first, end), calendar: moved, from: first }
}

const repair = (kind: Repair['kind'], series: string, date: string | null, before: string | number): Repair => ({
  file: null,
  row: null,
  column: null,
  series,
  date,
  kind,
  before,
  after: null,
})
