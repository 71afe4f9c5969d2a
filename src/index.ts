/** The face of the library. Everything a program needs is named here; what is not here may change. */

export { forecastSeries } from './automl/forecast-series.ts'
export type {
  CandidateReport,
  ForecastOptions,
  Inventory,
  Metrics,
  Outcome,
  Pattern,
  PublishedForecast,
} from './automl/outcome.ts'
export type { BatchEvent } from './batch/events.ts'
export type { BatchProgress } from './batch/progress.ts'
export type { PortfolioFigures, SeriesResult, Supply } from './batch/run-result.ts'
export { type CsvOptions, type CsvProfile, forecastCsv } from './export/csv.ts'
export { forecastJson, type JsonOptions } from './export/json.ts'
export type { Locale } from './i18n/render.ts'
export type { PortfolioItem } from './io/portfolio.ts'
export {
  type Code,
  type LocatedProblem,
  MESSAGES,
  type MessageCode,
  type MessageKind,
  Problem,
  type Repair,
} from './messages.ts'
export { type Earlier, type Exception, earlierOf, exceptionsOf } from './portfolio/exceptions.ts'
export { BatchForecastProcessor, type FitOptions } from './processor/batch-forecast-processor.ts'
export { type BatchForecast, BatchResult, type Explanation } from './processor/batch-result.ts'
export { DEFAULT_CONFIG, type ProcessorConfig, resolveConfig } from './processor/config.ts'
export { portfolioFromFiles } from './processor/from-files.ts'
export { optionsFor, type Terms } from './processor/options-for.ts'
export type { Portfolio, SeriesInput, Values } from './processor/portfolio.ts'
export { PRESETS, type PresetName } from './processor/presets.ts'
export { type RunOptions, workersFor } from './processor/run-portfolio.ts'
export { runPortfolio } from './processor/run-whole.ts'
export { type Calendar, type Frequency, forecastDates, periodDate } from './series/calendar.ts'
export { frequencyName, parseFrequency } from './series/frequency-name.ts'
export type { Series } from './series/series.ts'
