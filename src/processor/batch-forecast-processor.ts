import { causeOf } from '../batch/cause.ts'
import type { BatchEvent } from '../batch/events.ts'
import { wasCutShort } from '../batch/final.ts'
import { Gate } from '../batch/gate.ts'
import type { BatchProgress } from '../batch/progress.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import { forecastCsv } from '../export/csv.ts'
import { isTotal } from '../export/is-total.ts'
import { forecastJson } from '../export/json.ts'
import type { Locale } from '../i18n/render.ts'
import { Problem, problem } from '../messages.ts'
import { type Exception, earlierOf, exceptionsOf } from '../portfolio/exceptions.ts'
import type { Member } from '../portfolio/member.ts'
import type { Series } from '../series/series.ts'
import { type OpenCheckpoint, openCheckpoint } from '../store/open-checkpoint.ts'
import { BatchResult } from './batch-result.ts'
import { MOST_STEPS, type ProcessorConfig, resolveConfig, shownValue } from './config.ts'
import { type Entry, type Portfolio, pairsOf, readSeries, type SeriesInput, sizeOf } from './portfolio.ts'
import { reportFrom } from './report-from.ts'
import { type RunOptions, runUnread, type Unread, workersFor } from './run-portfolio.ts'
import { runWhole } from './run-whole.ts'
import { writeFile } from './write-file.ts'

export interface FitOptions {
  /** Periods to forecast, 30 by default. */
  readonly forecastSteps?: number
  readonly progressCallback?: (progress: BatchProgress) => void
  /** On abort what is not finished is `cancelled`. */
  readonly signal?: AbortSignal
  /** What happens, as plain data; closer than `progressCallback`. */
  readonly onEvent?: (event: BatchEvent) => void
  /** Module that exports `forecastSeries`, in place of this package's engine. */
  readonly engine?: URL
}

/** Series that `stream` reads ahead: memory is bounded by them, not by the portfolio. */
const WINDOW = 512

/**
 * Forecasts a whole portfolio. A series never makes a method reject: it becomes `failed` with its problems. A bad
 * configuration does, with every fault at once (`config_invalid`, `config_unknown`).
 * Subclass it to override `preprocessSeries` and `postProcessResult`.
 */
export class BatchForecastProcessor {
  /**
   * Series go to a worker in chunks of at most `chunkSize`; one by one where chunking is off. `auto`: ten, fewer where there
   * are few, more where they take next to nothing.
   */
  enableChunking = true
  chunkSize: number | 'auto' = 'auto'
  /** Series of the same content, whatever their names, are computed once. */
  enablePreprocessingCache = true
  /**
   * Keeps every finished series on disk, in `checkpointFolder`: the next run finds there what it need not compute, be it
   * after an interruption or with half of the series changed. One process at a time (`run_folder_held`). Remove the folder
   * to forget.
   */
  enableCheckpoint = false
  checkpointFolder = 'arfc-checkpoint'
  /**
   * With a checkpoint: what is estimated is kept too, and a series that has grown or was corrected since is forecast with
   * the same parameters (`updated_without_refit`), until a tenth of its history is new (at most a season), more than one
   * value in twenty was corrected, or the new values do not come as foreseen: then it is estimated anew.
   */
  enableIncremental = false
  readonly #gate = new Gate()
  #given: Partial<ProcessorConfig> = {}
  #config = resolveConfig()

  get config(): ProcessorConfig {
    return this.#config
  }

  /** Adds to what was set before; nothing changes when it throws. */
  setConfig(config: Partial<ProcessorConfig>): this {
    const given = { ...this.#given, ...config }
    this.#config = resolveConfig(given)
    this.#given = given
    return this
  }

  /** Called in the caller's thread for each series before it is forecast; returns the series to be used. */
  preprocessSeries(series: Series, _name: string): Series | Promise<Series> {
    return series
  }

  /** Called in the caller's thread for each result, failed ones too; returns the result to be kept. */
  postProcessResult(result: BatchResult, _name: string): BatchResult | Promise<BatchResult> {
    return result
  }

  /** Hands out no more work until `resume`; what the workers have begun is finished. */
  pause(): void {
    this.#gate.close()
  }

  resume(): void {
    this.#gate.open()
  }

  /**
   * All results by name, in the order of the portfolio; with a `hierarchy` those of the totals after them. A name that comes
   * twice gets a number and a warning.
   */
  async fitBatch(portfolio: Portfolio, options: FitOptions = {}): Promise<Map<string, BatchResult>> {
    const forecastSteps = this.#steps(options.forecastSteps)
    const entries: Entry[] = []
    const names = new Set<string>()
    for await (const [name, input] of pairsOf(portfolio)) entries.push(unique(readSeries(name, input), names))
    const prepared = await this.#prepared(entries)
    const kept = this.#open(options.onEvent)
    try {
      const run = this.#runOptions({ ...options, forecastSteps }, entries.length)
      const earlier = this.enableIncremental ? kept?.checkpoint : null
      const whole = await runWhole(prepared, this.#config, { ...run, checkpoint: kept?.checkpoint, earlier })
      const results: BatchResult[] = []
      for (const [i, member] of whole.members.entries())
        results.push(await this.#finished(member.result, entries[i]!, member))
      for (const total of whole.totals) results.push(await this.#finished(total, null))
      return new Map(results.map((result) => [result.name, result]))
    } finally {
      await kept?.close()
    }
  }

  /**
   * What a planner should look at in a portfolio, the most at stake first. With the results of an `earlier` run: values that
   * came outside its bands, and forecasts that have changed since.
   */
  exceptions(results: ReadonlyMap<string, BatchResult>, earlier?: ReadonlyMap<string, BatchResult>): Exception[] {
    const members = [...results.values()].flatMap((result) => {
      const member = BatchResult.memberOf(result)
      return member === null ? [] : [{ ...member, result: result.plain }]
    })
    const before = [...(earlier ?? [])].flatMap(([name, { plain }]) => {
      const known = earlierOf(plain)
      return known === null ? [] : [[name, known] as const]
    })
    return exceptionsOf(members, new Map(before))
  }

  /** Names and results as they come, in any order; the portfolio is read piece by piece. */
  async *stream(portfolio: Portfolio, options: FitOptions = {}): AsyncGenerator<[name: string, result: BatchResult]> {
    const forecastSteps = this.#steps(options.forecastSteps)
    const windows = windowsOf(portfolio)
    for await (const some of this.#run(windows, { ...options, forecastSteps }, sizeOf(portfolio)))
      for (const { entry, read } of some) {
        const result = this.#finished(read(), entry)
        const own = result instanceof BatchResult ? result : await result
        yield [own.name, own]
      }
  }

  /**
   * The same results, with a new try for those that failed, were cancelled, or were cut short (time, memory, a worker that
   * died). Successes are kept, and so is a result made by hand.
   */
  async retryFailed(
    results: ReadonlyMap<string, BatchResult>,
    options: FitOptions = {},
  ): Promise<Map<string, BatchResult>> {
    const again = [...results].filter(
      ([, result]) => (!result.ok || wasCutShort(result.plain)) && BatchResult.entryOf(result) !== null,
    )
    const steps = options.forecastSteps ?? results.values().next().value?.plain.horizon
    const forecastSteps = this.#steps(steps)
    const entries = again.map(([, result]) => BatchResult.entryOf(result)!)
    const merged = new Map(results)
    const run = this.#run([entries], { ...options, forecastSteps }, entries.length, { retry: true })
    for await (const some of run)
      for (const { index, entry, read } of some) merged.set(again[index]![0], await this.#finished(read(), entry))
    return merged
  }

  /** Writes a CSV file, whole or not at all; without the totals, which whoever reads it would count twice, unless asked for. */
  async exportToCsv(
    results: ReadonlyMap<string, BatchResult>,
    path: string,
    { profile = 'dated', totals = false }: { readonly profile?: 'dated' | 'legacy-v1'; readonly totals?: boolean } = {},
  ): Promise<void> {
    const plain = plainOf(results).filter((result) => totals || !isTotal(result))
    await writeFile(path, forecastCsv(plain, { profile }))
  }

  /** Writes a JSON file, whole or not at all; texts in `locale`. */
  async exportToJson(
    results: ReadonlyMap<string, BatchResult>,
    path: string,
    { locale = 'en' }: { readonly locale?: Locale } = {},
  ): Promise<void> {
    await writeFile(path, forecastJson(plainOf(results), { locale }))
  }

  /** Writes a workbook of eight sheets with charts, whole or not at all; texts in `locale`, totals left out. */
  async exportToExcel(
    results: ReadonlyMap<string, BatchResult>,
    path: string,
    { locale = 'en' }: { readonly locale?: Locale } = {},
  ): Promise<void> {
    const { forecastXlsx } = await import('../export/xlsx/workbook.ts')
    await writeFile(path, forecastXlsx(reportFrom(results, locale)))
  }

  /** Writes one page that needs no script and no network, whole or not at all; texts in `locale`, totals left out. */
  async exportToHtml(
    results: ReadonlyMap<string, BatchResult>,
    path: string,
    { locale = 'en' }: { readonly locale?: Locale } = {},
  ): Promise<void> {
    const { forecastHtml } = await import('../export/html/page.ts')
    await writeFile(path, forecastHtml(reportFrom(results, locale)))
  }

  #chunkSize(): number | undefined {
    if (!this.enableChunking) return 1
    return this.chunkSize === 'auto' ? undefined : Math.max(1, this.chunkSize)
  }

  #steps(given = 30): number {
    if (Number.isInteger(given) && given >= 1 && given <= MOST_STEPS) return given
    const params = { field: 'forecastSteps', value: shownValue(given), expected: `1 – ${MOST_STEPS}` }
    throw new Problem(problem('config_invalid', params))
  }

  async *#run(
    windows: Iterable<readonly Entry[]> | AsyncIterable<readonly Entry[]>,
    options: FitOptions & { readonly forecastSteps: number },
    size: number,
    { retry = false } = {},
  ): AsyncGenerator<readonly Unread[]> {
    const config = this.#config
    /** What was read, by what a hook made of it. */
    const inputs = new WeakMap<Entry, Entry>()
    const prepare = (entries: readonly Entry[]): Promise<readonly Entry[]> => this.#prepared(entries)
    async function* prepared(): AsyncGenerator<readonly Entry[]> {
      for await (const given of windows) {
        const entries = await prepare(given)
        if (entries !== given) for (const [i, entry] of entries.entries()) inputs.set(entry, given[i]!)
        yield entries
      }
    }
    // a generator keeps its checkpoint open until it ends
    const kept = this.#open(options.onEvent)
    try {
      const run = runUnread(prepared(), config, {
        ...this.#runOptions(options, size),
        ...{ totalTasks: size, checkpoint: kept?.checkpoint, retry },
        earlier: this.enableIncremental ? kept?.checkpoint : null,
      })
      const withInput = ({ index, entry, read }: Unread): Unread => ({ index, entry: inputs.get(entry)!, read })
      for await (const some of run) yield this.#hasPreprocessing ? some.map(withInput) : some
    } finally {
      await kept?.close()
    }
  }

  #open(onEvent: FitOptions['onEvent']): OpenCheckpoint | null {
    if (!this.enableCheckpoint) return null
    return openCheckpoint(this.checkpointFolder, (damage) => onEvent?.({ kind: 'problem', problem: damage }))
  }

  #runOptions(options: FitOptions & { readonly forecastSteps: number }, size: number): RunOptions {
    const { progressCallback, signal, engine, onEvent, forecastSteps } = options
    const config = this.#config
    return {
      horizon: forecastSteps,
      workers: workersFor(config, size || undefined),
      onProgress: progressCallback ?? (config.verbose ? tenths() : undefined),
      ...{ onEvent, signal, engine, gate: this.#gate },
      chunkSize: this.#chunkSize(),
      keepStates: this.enableIncremental,
      shareCopies: this.enablePreprocessingCache,
      opened: true,
    }
  }

  get #hasPreprocessing(): boolean {
    return this.preprocessSeries !== BatchForecastProcessor.prototype.preprocessSeries
  }

  async #prepared(entries: readonly Entry[]): Promise<readonly Entry[]> {
    if (!this.#hasPreprocessing) return entries
    const prepared: Entry[] = []
    for (const entry of entries) prepared.push(await this.#preprocessed(entry))
    return prepared
  }

  /** A hook that throws makes its own series fail, and no other. */
  async #preprocessed(entry: Entry): Promise<Entry> {
    const { item } = entry
    const { name, values, seasonLength, calendar } = item
    try {
      const { furtherSeasons, regressors } = entry
      const given = { name, values, seasonLength, calendar, furtherSeasons, regressors }
      const series = await this.preprocessSeries(given, name)
      const changed = Float64Array.from(series.values)
      return {
        ...entry,
        furtherSeasons: series.furtherSeasons,
        regressors: series.regressors,
        item: { ...item, values: changed, seasonLength: series.seasonLength, calendar: series.calendar },
      }
    } catch (error) {
      const reason = problem('internal_error', { cause: causeOf(error) }, { series: name, stage: 'preprocessSeries' })
      return { ...entry, item: { ...item, values: new Float64Array(0), problems: [...item.problems, reason] } }
    }
  }

  /** Without a hook there is nothing to wait for. */
  #finished(
    plain: SeriesResult,
    entry: Entry | null,
    member: Member | null = null,
  ): BatchResult | Promise<BatchResult> {
    const result = new BatchResult(plain, entry, member)
    const hasHook = this.postProcessResult !== BatchForecastProcessor.prototype.postProcessResult
    return hasHook ? this.#postProcessed(result) : result
  }

  async #postProcessed(result: BatchResult): Promise<BatchResult> {
    const { plain } = result
    try {
      const kept = await this.postProcessResult(result, plain.name)
      if (kept instanceof BatchResult) return kept
      throw new TypeError('postProcessResult must return a BatchResult')
    } catch (error) {
      const place = { series: plain.name, stage: 'postProcessResult' }
      const reason = problem('internal_error', { cause: causeOf(error) }, place)
      return result.with({ status: 'failed', outcome: null, problems: [...plain.problems, reason] })
    }
  }
}

const plainOf = (results: ReadonlyMap<string, BatchResult>): SeriesResult[] =>
  [...results.values()].map(({ plain }) => plain)

function unique(entry: Entry, names: Set<string>): Entry {
  const { name } = entry.item
  let free = name
  for (let i = 2; names.has(free); i++) free = `${name} (${i})`
  names.add(free)
  if (free === name) return entry
  const warning = problem('series_name_twins', { name: free, other: name }, { series: free })
  return { ...entry, item: { ...entry.item, name: free, problems: [...entry.item.problems, warning] } }
}

async function* windowsOf(portfolio: Portfolio): AsyncGenerator<readonly Entry[]> {
  const window: Entry[] = []
  const isFull = ([name, input]: readonly [string, SeriesInput]): boolean =>
    window.push(readSeries(name, input)) === WINDOW
  const pairs = pairsOf(portfolio)
  if (Symbol.asyncIterator in pairs) {
    for await (const pair of pairs) if (isFull(pair)) yield window.splice(0)
  }
  // what is there already is not waited for, pair by pair
  else for (const pair of pairs) if (isFull(pair)) yield window.splice(0)
  if (window.length > 0) yield window
}

/** Numbers alone, no words: `30/100`. */
function tenths(): (progress: BatchProgress) => void {
  let last = 0
  return ({ completedTasks, totalTasks }) => {
    const tenth = Math.floor((10 * completedTasks) / totalTasks)
    if (tenth <= last) return
    last = tenth
    process.stderr.write(`${completedTasks}/${totalTasks}\n`)
  }
}
