import type { Code, Params } from '../messages.ts'
import { type Locale, languageOf, messageOf } from './catalogue.ts'
import { format, tagOf } from './format.ts'
import { MODEL_NAMES } from './model-names.ts'

/** A month of a year without a day, as codes name the periods of monthly data: `2018-03`. */
const MONTH = /(?<![\w-])(\d{4})-(0[1-9]|1[0-2])(?![\w-])/g

const months = new Map<Locale, Intl.DateTimeFormat>()

function monthIn(locale: Locale): Intl.DateTimeFormat {
  const known = months.get(locale)
  const made = known ?? new Intl.DateTimeFormat(tagOf(locale), { month: 'long', year: 'numeric', timeZone: 'UTC' })
  months.set(locale, made)
  return made
}

/** The months in some periods with their names: `2018-03, 2018-04` as `March 2018, April 2018`. Days stay ISO dates. */
const spokenPeriods = (periods: string, locale: Locale): string =>
  periods.replaceAll(MONTH, (_, year, month) => monthIn(locale).format(Date.UTC(Number(year), Number(month) - 1)))

/** A model by its registry name as people call it; what has no such name as it is. */
export function spokenModel(model: string, locale: Locale): string {
  const key = `ui.report.model_${model}`
  const isPlain = model !== 'ensemble' && messageOf(key, languageOf(locale) ?? 'en') !== undefined
  return MODEL_NAMES[model] ?? (isPlain ? format(key, {}, locale) : model)
}

/** Codes whose periods the engine names; other ones quote what the user wrote. */
const NAME_PERIODS: ReadonlySet<string> = new Set(['advice_season_peak', 'exception_stock_out', 'outlier_set_aside'])

/** The parameters of a code as its sentence says them: models and months by their names. */
export function spoken({ code, params }: Code, locale: Locale): Params {
  const said: Record<string, string | number> = { ...params }
  const change = (name: string, as: (value: string) => string): void => {
    if (typeof said[name] === 'string') said[name] = as(said[name])
  }
  for (const name of NAME_PERIODS.has(code) ? ['period', 'periods'] : [])
    change(name, (value) => spokenPeriods(value, locale))
  change('model', (model) => spokenModel(model, locale))
  change('models', (models) =>
    models
      .split(', ')
      .map((model) => spokenModel(model, locale))
      .join(', '),
  )
  return said
}
