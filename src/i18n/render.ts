import type { Code, LocatedProblem, Params, Repair } from '../messages.ts'
import type { Locale, UiKey } from './catalogue.ts'
import { format } from './format.ts'
import { spoken, spokenModel } from './spoken.ts'

export type { Locale, UiKey } from './catalogue.ts'
export { languageOf } from './catalogue.ts'

/** The sentence of a code: problems, reasons, advice, risks. */
export const render = (code: Code, locale: Locale): string => format(code.code, spoken(code, locale), locale)

/** Words of the interface. */
export const text = (key: UiKey, params: Params, locale: Locale): string => format(key, params, locale)

/** Several sentences as one text. */
export const renderAll = (codes: readonly Code[], locale: Locale): string =>
  codes
    .map((code) => render(code, locale))
    .reduceRight((rest, first) => join('ui.sentences.join', first, rest, locale), '')

/** Place and sentence: `sales.csv, row 214, column Data: «31/02/2012» is not a date. ...` What the sentence names is not said twice. */
export function renderPlace(problem: LocatedProblem, locale: Locale): string {
  const { file, row, column, series, model, params } = problem
  const unsaid = <T>(value: T, ...names: string[]): T | null =>
    names.some((name) => String(params[name]) === String(value)) ? null : value
  const parts = {
    file: unsaid(file, 'file'),
    row: unsaid(row, 'row'),
    column: unsaid(column, 'column'),
    series: unsaid(series, 'name', 'series'),
    model: unsaid(model, 'model'),
  }
  return placed(parts, render(problem, locale), locale)
}

/** What was changed and where: `sales.csv, row 3, column Data, series «A»: The date was moved ... Read: «…»; used: «…».` */
export function renderRepair(repair: Repair, locale: Locale): string {
  const { file, row, column, series, date, before, after } = repair
  const plain = format(repair.kind, {}, locale)
  const sentence =
    before === null || after === null ? plain : text('ui.repair.change', { sentence: plain, before, after }, locale)
  return placed({ file, row, column, series, date }, sentence, locale)
}

type Part = 'file' | 'row' | 'column' | 'series' | 'model' | 'date'

function placed(
  parts: Readonly<Partial<Record<Part, string | number | null>>>,
  sentence: string,
  locale: Locale,
): string {
  const shown = (Object.entries(parts) as [Part, string | number | null | undefined][])
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    // a row is an address, not an amount: 12345, as an editor shows it
    .map(([part, value]) =>
      text(
        `ui.place.${part}`,
        { [part]: part === 'model' ? spokenModel(String(value), locale) : String(value) },
        locale,
      ),
    )
  if (shown.length === 0) return sentence
  const place = shown.reduceRight((rest, first) => join('ui.place.join', first, rest, locale), '')
  return text('ui.place', { place, sentence }, locale)
}

const join = (key: UiKey, first: string, rest: string, locale: Locale): string =>
  rest === '' ? first : text(key, { first, rest }, locale)
