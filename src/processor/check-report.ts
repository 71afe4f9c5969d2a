import { findPattern } from '../automl/pattern.ts'
import { prepare } from '../automl/prepare.ts'
import { snakeCase } from '../export/snake-case.ts'
import type { FileReport, Portfolio, PortfolioItem } from '../io/portfolio.ts'
import { type LocatedProblem, Problem, type Repair } from '../messages.ts'
import { periodDate } from '../series/calendar.ts'
import { frequencyName } from '../series/frequency-name.ts'

/** What `check --json` prints; names as every file we write. */
export interface CheckReport {
  readonly files: readonly CheckedFile[]
  readonly series: readonly CheckedSeries[]
  readonly problems: readonly LocatedProblem[]
  readonly totals: {
    readonly rows_in: number
    readonly used: number
    readonly repaired: number
    readonly rejected: number
  }
}

export interface CheckedFile {
  readonly file: string
  readonly sha256: string
  readonly encoding: string
  readonly sheet: string | null
  readonly dialect: Readonly<Record<string, string | null>> | null
  readonly evidence: FileReport['evidence']
  readonly layout: FileReport['layout']
  readonly columns: FileReport['columns']
  readonly header_row: number | null
  /** The first rows: as they stand in the file, and as they were read. */
  readonly examples: FileReport['examples']
  readonly rows_in: number
  readonly used: number
  readonly repaired: number
  readonly rejected: number
}

export interface CheckedSeries {
  readonly name: string
  readonly observations: number
  readonly start: string | null
  readonly end: string | null
  readonly frequency: string | null
  readonly season_length: number
  readonly pattern: string | null
  readonly unit: string | null
  /** Regressors of the file, with the periods ahead for which each is known. */
  readonly regressors: Readonly<Record<string, number>>
  /** Lead time, price, stock and what else the file tells of the series. */
  readonly facts: Readonly<Record<string, string | number>>
  readonly problems: readonly LocatedProblem[]
  readonly repairs: readonly Repair[]
}

const checkedFile = (file: FileReport, shown: (path: string) => string): CheckedFile => ({
  file: shown(file.file),
  sha256: file.sha256,
  encoding: file.encoding,
  sheet: file.sheet,
  dialect:
    file.dialect === null
      ? null
      : {
          delimiter: file.dialect.delimiter,
          quote: file.dialect.quote,
          decimal: file.dialect.decimal,
          thousands: file.dialect.thousands,
          date_order: file.dialect.dateOrder,
        },
  evidence: file.evidence,
  layout: file.layout,
  columns: file.columns,
  header_row: file.headerRow,
  examples: file.examples,
  rows_in: file.rowsIn,
  used: file.used,
  repaired: file.repaired,
  rejected: file.rejected,
})

/** What a forecast would find in a series; a pattern only where there will be one. */
interface Judged {
  readonly pattern: string | null
  readonly problems: readonly LocatedProblem[]
}

const checkedSeries = (item: PortfolioItem, { pattern, problems }: Judged): CheckedSeries => {
  const { calendar, values } = item
  return {
    name: item.name,
    observations: values.length,
    start: calendar === null ? null : periodDate(calendar, 0),
    end: calendar === null || values.length === 0 ? null : periodDate(calendar, values.length - 1),
    frequency: calendar === null ? null : frequencyName(calendar.frequency),
    season_length: item.seasonLength,
    pattern,
    unit: item.unit,
    regressors: aheadOf(item),
    facts: Object.fromEntries(Object.entries(item.facts ?? {}).map(([name, fact]) => [snakeCase(name), fact])),
    problems,
    repairs: item.repairs,
  }
}

function aheadOf({ regressors, values }: PortfolioItem): Record<string, number> {
  const known = (column: Float64Array): number => {
    let last = column.length
    while (last > values.length && Number.isNaN(column[last - 1])) last--
    return last - values.length
  }
  return Object.fromEntries((regressors?.names ?? []).map((name, c) => [name, known(regressors!.columns[c]!)]))
}

/** What a forecast would find in a series: its pattern and problems, or why there will be none. */
function judge(item: PortfolioItem): Judged {
  if (item.values.every(Number.isNaN)) return { pattern: null, problems: item.problems }
  try {
    const { fitted, problems } = prepare(item)
    const { pattern } = findPattern(fitted.values, fitted.seasonLength)
    const told = new Set(item.problems.map(({ code }) => code))
    return { pattern, problems: [...item.problems, ...problems.filter(({ code }) => !told.has(code))] }
  } catch (error) {
    // one series that cannot be forecast leaves the others to be checked
    if (!(error instanceof Problem)) throw error
    return { pattern: null, problems: [...item.problems, ...error.all] }
  }
}

/** The report of the first `most` series; files are named by `shown`. */
export const checkReport = (
  portfolio: Portfolio,
  shown: (path: string) => string,
  most = Number.POSITIVE_INFINITY,
): CheckReport => ({
  files: portfolio.files.map((file) => checkedFile(file, shown)),
  series: portfolio.items.slice(0, most).map((item) => checkedSeries(item, judge(item))),
  problems: portfolio.problems,
  totals: {
    rows_in: portfolio.totals.rowsIn,
    used: portfolio.totals.used,
    repaired: portfolio.totals.repaired,
    rejected: portfolio.totals.rejected,
  },
})
