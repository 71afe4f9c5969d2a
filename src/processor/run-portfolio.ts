import { availableParallelism } from 'node:os'
import type { ForecastOptions } from '../automl/outcome.ts'
import { type BatchOptions, runWindows } from '../batch/run.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { Task, TaskResult } from '../batch/task.ts'
import type { PortfolioItem } from '../io/portfolio.ts'
import { Problem } from '../messages.ts'
import { forecastDates } from '../series/calendar.ts'
import { defaultFurtherSeasons } from '../series/season.ts'
import { type ProcessorConfig, secondsOf } from './config.ts'
import { type HolidaysBetween, holidaysOf } from './holidays.ts'
import { optionsFor } from './options-for.ts'
import { type Entry, entryOf } from './portfolio.ts'

/** How a portfolio is run; what is not said here is as in `BatchOptions`. */
export interface RunOptions
  extends Omit<BatchOptions, 'workers' | 'onResult' | 'secondsPerModel' | 'deadlineSeconds' | 'memoryMb'> {
  readonly horizon: number
  /** Worker threads; by default what the configuration and the machine allow. */
  readonly workers?: number
  /** Whether the first window is the whole portfolio: series may then be compared with each other. [false] */
  readonly whole?: boolean
}

/** Threads worth starting: the configuration's, at most one per core and per series. */
export function workersFor(config: ProcessorConfig, seriesCount = Number.POSITIVE_INFINITY): number {
  return config.enableParallel ? Math.max(1, Math.min(config.maxWorkers, availableParallelism(), seriesCount)) : 1
}

/**
 * Forecasts what was read, in the order it was read. Never rejects because of a series: one without a usable value, or
 * that the engine refuses, is a failed result with its problems. `onSeries` is called as results come, in any order.
 */
export async function runPortfolio(
  items: readonly PortfolioItem[],
  config: ProcessorConfig,
  options: RunOptions & { readonly onSeries?: (result: SeriesResult) => void },
): Promise<SeriesResult[]> {
  const results = new Array<SeriesResult>(items.length)
  for await (const [index, result] of runEntries([items.map(entryOf)], config, {
    ...options,
    totalTasks: items.length,
    whole: true,
  })) {
    results[index] = result
    options.onSeries?.(result)
  }
  return results
}

/** Windows of entries in, positions and results out, as they come. Positions count through all windows. */
export async function* runEntries(
  windows: Iterable<readonly Entry[]> | AsyncIterable<readonly Entry[]>,
  config: ProcessorConfig,
  options: RunOptions,
): AsyncGenerator<[index: number, result: SeriesResult]> {
  const holidays = config.holidays === null ? null : await holidaysOf(config.holidays)
  const open = new Map<number, Task>()
  let read = 0
  async function* tasks(): AsyncGenerator<readonly Task[]> {
    for await (const entries of windows) {
      const alone = entries.map((entry, i) => taskOf(entry, read + i, config, options.horizon, holidays))
      const window = options.whole && config.relatedSeries && alone.length > 1 ? await related(alone) : alone
      read += entries.length
      for (const task of window) open.set(task.index, task)
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
  for await (const result of results) {
    const task = open.get(result.index)!
    open.delete(result.index)
    yield [result.index, seriesResult(task, result)]
  }
}

/** Loaded where there are several series: it takes a while. */
async function related(tasks: readonly Task[]): Promise<Task[]> {
  const { withCompanions } = await import('./companions.ts')
  return withCompanions(tasks)
}

/** Holidays of all years that a series and its forecast touch, with a year to spare for the stock's own steps. */
function holidaysFor(between: HolidaysBetween | null, { calendar, values }: PortfolioItem, horizon: number) {
  if (between === null || calendar === null) return []
  const [last] = forecastDates(calendar, values.length + horizon - 1, 1)
  if (last == null) return []
  return between(Number(calendar.start.slice(0, 4)), Number(last.slice(0, 4)) + 1)
}

function taskOf(
  { item, frequency, terms, regressors, furtherSeasons }: Entry,
  index: number,
  config: ProcessorConfig,
  horizon: number,
  between: HolidaysBetween | null,
): Task {
  const { name, values, seasonLength, calendar, unit, repairs, problems } = item
  const series = {
    ...{ name, values, seasonLength, calendar },
    furtherSeasons: furtherSeasons ?? (frequency === null ? [] : defaultFurtherSeasons(frequency)),
    ...(regressors && { regressors }),
  }
  const task = (options: ForecastOptions): Task => ({ index, series, options, unit, repairs, problems })
  try {
    return task(optionsFor(item, config, horizon, terms, frequency, holidaysFor(between, item, horizon)))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // without values, and with an error that says why, it is answered as failed
    const bare = task(optionsFor(item, { ...config, leadTime: null }, horizon))
    return { ...bare, series: { ...series, values: new Float64Array(0) }, problems: [...problems, ...error.all] }
  }
}

function seriesResult(
  { series, options, unit, repairs }: Task,
  { status, outcome, problems }: TaskResult,
): SeriesResult {
  const { name, calendar, seasonLength, values } = series
  const { horizon, levels } = options
  const dates =
    calendar === null ? new Array<null>(horizon).fill(null) : forecastDates(calendar, values.length, horizon)
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
