import type { SeriesResult } from '../batch/run-result.ts'
import type { Locale } from '../i18n/render.ts'
import type { FileReport, Portfolio } from '../io/portfolio.ts'
import type { LocatedProblem } from '../messages.ts'
import type { Exception } from '../portfolio/exceptions.ts'
import { problemsOf } from './forecast-of.ts'
import { codeJson, problemJson } from './problem-json.ts'
import { snakeCase } from './snake-case.ts'

export interface RunReport {
  readonly files: readonly FileReport[]
  /** The configuration as used, camelCase or snake_case. */
  readonly config: Readonly<Record<string, unknown>>
  /** Where each value came from (`default`, `preset retail`, `--level`, ...), by the names of `config`. */
  readonly configOrigins: Readonly<Record<string, string>>
  readonly results: Iterable<Pick<SeriesResult, 'name' | 'status' | 'problems' | 'outcome' | 'portfolio'>>
  readonly engineVersion: string
  readonly seed: number
  readonly totals: Portfolio['totals']
  /** Problems of the files, as far as they are of no series. */
  readonly problems?: readonly LocatedProblem[]
  /** Language of the texts; English by default. */
  readonly locale?: Locale
  /** The worst first, then the most at stake. */
  readonly exceptions?: readonly Exception[]
  /** What ABC classes rank by. */
  readonly classesBy?: 'value' | 'quantity'
}

/** How a run is carried out, not what comes out of it: these belong to `timings.json`. */
const NOT_OF_THE_RESULT = new Set([
  'enable_parallel',
  'max_workers',
  'workers',
  'parallel',
  'verbose',
  'memory_budget_mb',
  'enable_chunking',
  'chunk_size',
  'enable_preprocessing_cache',
  'enable_checkpoint',
])

/**
 * `run.json`, a function of input, configuration and version alone (no time, host or worker count):
 * `{ schema_version, engine: { version }, seed, inputs: [{ file, sha256, encoding, sheet, dialect: { delimiter, quote,
 * decimal, thousands, date_order }, layout, columns, header_row, rows_in, used, repaired, rejected }], config: { name: { value,
 * origin } } (names sorted; origin null where unknown), rows: { rows_in, used, repaired, rejected }, series: { total,
 * success, fallback, failed, cancelled }, hierarchy: [{ level, totals }] (where totals were forecast), classes_by, not_forecast:
 * [{ series_name, status, problems }], exceptions: [{ series_name, kind, severity, quantity, value, advice, code, params,
 * text }] (the worst first, then the most at stake; value null without prices), problems }`.
 */
export function runJson(report: RunReport): string {
  const locale = report.locale ?? 'en'
  const counts = { total: 0, success: 0, fallback: 0, failed: 0, cancelled: 0 }
  const notForecast = []
  const levels = new Map<string, { level: readonly string[]; totals: number }>()
  for (const result of report.results) {
    const level = result.portfolio?.total?.level
    if (level === undefined) {
      counts.total++
      counts[result.status]++
    } else {
      const known = levels.get(level.join('\u0000')) ?? { level, totals: 0 }
      known.totals++
      levels.set(level.join('\u0000'), known)
    }
    if (result.status !== 'failed' && result.status !== 'cancelled') continue
    const problems = problemsOf(result).map((problem) => problemJson(problem, locale))
    notForecast.push({ series_name: result.name, status: result.status, problems })
  }
  const { rowsIn, used, repaired, rejected } = report.totals
  return pretty({
    schema_version: 1,
    engine: { version: report.engineVersion },
    seed: report.seed,
    inputs: report.files.map(fileJson),
    config: configJson(report.config, report.configOrigins),
    rows: { rows_in: rowsIn, used, repaired, rejected },
    series: counts,
    ...(levels.size > 0 && { hierarchy: [...levels.values()] }),
    ...(report.classesBy && { classes_by: report.classesBy }),
    not_forecast: notForecast,
    exceptions: (report.exceptions ?? []).map(({ series, kind, severity, because, quantity, value, advice }) => ({
      ...{ series_name: series, kind, severity, quantity, value },
      advice: advice && codeJson(advice, locale),
      ...codeJson(because, locale),
    })),
    problems: (report.problems ?? []).map((problem) => problemJson(problem, locale)),
  })
}

/** One input file: what was understood of it, and what became of its rows. */
const fileJson = (file: FileReport) => ({
  file: file.file,
  sha256: file.sha256,
  encoding: file.encoding,
  sheet: file.sheet,
  dialect: file.dialect && {
    delimiter: file.dialect.delimiter,
    quote: file.dialect.quote,
    decimal: file.dialect.decimal,
    thousands: file.dialect.thousands,
    date_order: file.dialect.dateOrder,
  },
  layout: file.layout,
  columns: file.columns,
  header_row: file.headerRow,
  rows_in: file.rowsIn,
  used: file.used,
  repaired: file.repaired,
  rejected: file.rejected,
})

function configJson(config: RunReport['config'], origins: RunReport['configOrigins']) {
  const entries = Object.entries(config)
    .filter(([name]) => !NOT_OF_THE_RESULT.has(snakeCase(name)))
    .map(([name, value]) => [snakeCase(name), { value: value ?? null, origin: origins[name] ?? null }] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
