import type { SeriesResult } from '../../batch/run-result.ts'
import { type Locale, languageOf, text } from '../../i18n/render.ts'
import type { FileReport, Portfolio } from '../../io/portfolio.ts'
import type { Params } from '../../messages.ts'
import type { Exception } from '../../portfolio/exceptions.ts'

/** An input file, and what became of its rows. */
export type ReadFile = Pick<FileReport, 'file' | 'sha256' | 'rowsIn' | 'used' | 'repaired' | 'rejected'>

/** What a report is made of; the workbook and the page take the same. */
export interface ReportOf {
  readonly results: readonly SeriesResult[]
  /** What a planner should look at, in the order in which to do it. */
  readonly exceptions: readonly Exception[]
  /** Language of the words, and of dates and numbers in them. */
  readonly locale: Locale
  /** How the files were read; null where a program gave the series. */
  readonly read: {
    readonly files: readonly ReadFile[]
    readonly problems: Portfolio['problems']
    readonly totals: Portfolio['totals']
  } | null
  readonly engineVersion: string
}

/** Series that wait for a person. */
export const waitingFor = (exceptions: readonly Exception[]): number =>
  new Set(exceptions.flatMap(({ severity, position }) => (severity === 'info' ? [] : [position]))).size

/** A word or sentence of reports. */
export type Words = (key: string, params?: Params) => string

export const wordsIn =
  (locale: Locale): Words =>
  (key, params = {}) =>
    text(`ui.report.${key}`, params, locale)

/** The tag that numbers and dates are written by: words in English are not beside German numbers. */
export const numbersOf = (locale: Locale): string => (languageOf(locale) === null ? 'en' : locale)

/** Digits after the decimal sign that people can use for numbers of this size: about three significant ones. */
export function decimalsFor(values: ArrayLike<number>): 0 | 1 | 2 {
  let largest = 0
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) > largest) largest = Math.abs(values[i]!)
  return largest >= 100 ? 0 : largest >= 10 ? 1 : 2
}
