import { availableParallelism } from 'node:os'
import type { ForecastOptions, Outcome } from '../automl/outcome.ts'
import type { CheckpointStore } from '../batch/checkpoint.ts'
import { type BatchOptions, runWindows } from '../batch/run.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { KeptResult, Task } from '../batch/task.ts'
import type { PortfolioItem } from '../io/portfolio.ts'
import { Problem } from '../messages.ts'
import { type Calendar, type Frequency, forecastDates } from '../series/calendar.ts'
import { defaultFurtherSeasons } from '../series/season.ts'
import { type ProcessorConfig, secondsOf } from './config.ts'
import { type HolidaysBetween, holidaysOf } from './holidays.ts'
import { leanOutcomes } from './lean-outcomes.ts'
import { optionsFor, type Terms } from './options-for.ts'
import type { Entry } from './portfolio.ts'
import { remembered } from './remembered.ts'

/** How a portfolio is run; what is not said here is as in `BatchOptions`. */
export interface RunOptions
  extends Omit<BatchOptions, 'workers' | 'onResult' | 'secondsPerModel' | 'deadlineSeconds' | 'memoryMb'> {
  readonly horizon: number
  /** Worker threads; by default what the configuration and the machine allow. */
  readonly workers?: number
  /** Whether the first window is the whole portfolio: series may then be compared with each other. [false] */
  readonly whole?: boolean
  /** What is in the checkpoint is read from there again, each time it is looked at. [false] */
  readonly lean?: boolean
  /** Results are looked into at once, all of them. [false] */
  readonly opened?: boolean
}

/** Threads worth starting: the configuration's, at most one per core and per series. */
export function workersFor(config: ProcessorConfig, seriesCount = Number.POSITIVE_INFINITY): number {
  return config.enableParallel ? Math.max(1, Math.min(config.maxWorkers, availableParallelism(), seriesCount)) : 1
}

/** A finished series whose answer nobody has looked into. */
export interface Unread {
  /** Counts through all windows. */
  readonly index: number
  readonly entry: Entry
  /** To be called once: what it gives belongs to whoever called. */
  readonly read: () => SeriesResult
}

/** Windows of entries in, positions and results out, as they come, some at a time. */
export async function* runEntries(
  ...given: Parameters<typeof runUnread>
): AsyncGenerator<readonly [index: number, result: SeriesResult][]> {
  for await (const some of runUnread(...given)) yield some.map(({ index, read }) => [index, read()])
}

/** The same; what is read one by one, and let go, costs the memory of one. */
export async function* runUnread(
  windows: Iterable<readonly Entry[]> | AsyncIterable<readonly Entry[]>,
  config: ProcessorConfig,
  options: RunOptions,
): AsyncGenerator<readonly Unread[]> {
  const holidays = config.holidays === null ? null : await holidaysOf(config.holidays)
  const { horizon } = options
  const shared = sharedOptions(config, horizon)
  const open = new Map<number, { readonly task: Task; readonly entry: Entry }>()
  let read = 0
  async function* tasks(): AsyncGenerator<readonly Task[]> {
    for await (const entries of windows) {
      const alone = entries.map((entry, i) => taskOf(entry, read + i, config, horizon, holidays, shared))
      const window =
        options.whole && config.relatedSeries && alone.length > 1
          ? await related(alone, options.checkpoint ?? null)
          : alone
      for (const task of window) open.set(task.index, { task, entry: entries[task.index - read]! })
      read += entries.length
      yield window
    }
  }
  const results = runWindows(tasks(), {
    ...options,
    workers: options.workers ?? workersFor(config, options.totalTasks || undefined),
    secondsPerModel: config.timeoutPerModel,
    deadlineSeconds: config.deadline === null ? undefined : secondsOf(config.deadline),
    memoryMb: config.memoryBudgetMb ?? undefined,
  })
  const outcomeOf = options.lean && options.checkpoint ? leanOutcomes(options.checkpoint) : null
  const plainOf = (task: Task, result: KeptResult): SeriesResult => {
    if (options.opened) return seriesResult(task, result, result.outcome)
    const { key } = result
    // a closure of its own, that does not hold the result
    const get = outcomeOf === null || key === null ? () => result.outcome : reader(outcomeOf, key, task.series.name)
    const unopened = seriesResult(task, result, null)
    return Object.defineProperty(unopened, 'outcome', { get, enumerable: true, configurable: true })
  }
  const unread = (result: KeptResult): Unread => {
    const { index } = result
    const { task, entry } = open.get(index)!
    open.delete(index)
    return { index, entry, read: () => plainOf(task, result) }
  }
  for await (const some of results) yield some.map(unread)
}

/** One object for all series that are asked the same; mostly it is what the one before was asked. */
function sharedOptions(config: ProcessorConfig, horizon: number): SharedOptions {
  const known = remembered(
    (terms: Terms, frequency: Frequency | null) => JSON.stringify([terms, frequency]),
    (terms, frequency) => optionsFor(NOBODY, config, horizon, terms, frequency),
  )
  let before: {
    readonly terms: Terms
    readonly frequency: Frequency | null
    readonly options: ForecastOptions
  } | null = null
  return (terms, frequency) => {
    if (before?.frequency === frequency && (before.terms === terms || alike(before.terms, terms))) return before.options
    const options = known(terms, frequency)
    before = { terms, frequency, options }
    return options
  }
}

type SharedOptions = (terms: Terms, frequency: Frequency | null) => ForecastOptions

const TERMS: Readonly<Record<keyof Terms, true>> = {
  leadTime: true,
  leadTimeSd: true,
  leadTimes: true,
  reviewPeriod: true,
  serviceLevel: true,
  serviceMeasure: true,
}
const NAMES = Object.keys(TERMS) as (keyof Terms)[]

const alike = (a: Terms, b: Terms): boolean => NAMES.every((name) => a[name] === b[name])

/** Loaded where there are several series: it takes a while. */
async function related(tasks: readonly Task[], checkpoint: CheckpointStore | null): Promise<Task[]> {
  const { withCompanions } = await import('./companions.ts')
  return withCompanions(tasks, checkpoint)
}

/** Holidays of all years that a series and its forecast touch, with a year to spare for the stock's own steps. */
function holidaysFor(between: HolidaysBetween | null, { calendar, values }: PortfolioItem, horizon: number) {
  if (between === null || calendar === null) return []
  const [last] = forecastDates(calendar, values.length + horizon - 1, 1)
  if (last == null) return []
  return between(Number(calendar.start.slice(0, 4)), Number(last.slice(0, 4)) + 1)
}

const NOBODY = { name: '', calendar: null }

function taskOf(
  { item, frequency, terms, regressors, furtherSeasons }: Entry,
  index: number,
  config: ProcessorConfig,
  horizon: number,
  between: HolidaysBetween | null,
  shared: SharedOptions,
): Task {
  const { name, values, seasonLength, calendar, unit, repairs, problems } = item
  const known = { name, values, seasonLength, calendar, furtherSeasons: furtherSeasons ?? furtherSeasonsOf(frequency) }
  const series = regressors ? { ...known, regressors } : known
  try {
    const options =
      between === null
        ? shared(terms, frequency)
        : optionsFor(item, config, horizon, terms, frequency, holidaysFor(between, item, horizon))
    return { index, series, options, unit, repairs, problems }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // without values, and with an error that says why, it is answered as failed
    const options = optionsFor(item, { ...config, leadTime: null }, horizon)
    const told = error.all.map((each) => ({ ...each, series: name }))
    const bare = { ...series, values: new Float64Array(0) }
    return { index, series: bare, options, unit, repairs, problems: [...problems, ...told] }
  }
}

const furtherSeasonsOf = remembered(
  (frequency: Frequency | null) => `${frequency?.unit} ${frequency?.step}`,
  (frequency): readonly number[] => (frequency === null ? [] : defaultFurtherSeasons(frequency)),
)

/** Most series of a portfolio end together. */
const datesOf = remembered(
  (calendar: Calendar | null, observations: number, horizon: number) =>
    `${calendar && JSON.stringify(calendar)} ${observations} ${horizon}`,
  (calendar, observations, horizon) =>
    calendar === null ? new Array<null>(horizon).fill(null) : forecastDates(calendar, observations, horizon),
)

const reader =
  (outcomeOf: ReturnType<typeof leanOutcomes>, key: string, name: string): (() => Outcome | null) =>
  () =>
    outcomeOf(key, name)

function seriesResult(
  { series, options, unit, repairs }: Task,
  { status, problems }: KeptResult,
  outcome: Outcome | null,
): SeriesResult {
  const { name, calendar, seasonLength, values } = series
  const { horizon, levels } = options
  const dates = datesOf(calendar, values.length, horizon)
  const observations = values.length
  return {
    name,
    status,
    unit,
    calendar,
    seasonLength,
    observations,
    history: values,
    dates,
    horizon,
    levels,
    outcome,
    repairs,
    problems,
  }
}
