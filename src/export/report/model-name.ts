import type { Outcome } from '../../automl/outcome.ts'
import { type Locale, text } from '../../i18n/render.ts'
import { spokenModel } from '../../i18n/spoken.ts'
import { modelLabel } from '../model-label.ts'

/** Models whose names are words; all others are called the same in every language (`ETS(A,Ad,A)[12]`). */
const WORDS = [
  'naive',
  'seasonal_naive',
  'drift',
  'mean',
  'seasonally_adjusted_naive',
  'seasonally_adjusted_drift',
] as const

/** The name of the model that answered, for people. */
export function modelName(
  { used, label, members }: Pick<Outcome, 'used' | 'label'> & { readonly members: readonly unknown[] },
  locale: Locale,
): string {
  if (used === 'ensemble') return text('ui.report.model_ensemble', { count: members.length }, locale)
  const word = WORDS.find((each) => each === used)
  return word === undefined ? label : spokenModel(word, locale)
}

/** The same of a kind of model, by its registry name. */
export function familyName(model: string, locale: Locale): string {
  const word = [...WORDS, 'ensemble' as const].find((each) => each === model)
  if (word === undefined) return modelLabel(model)
  return word === 'ensemble' ? text('ui.report.family_ensemble', {}, locale) : spokenModel(word, locale)
}
