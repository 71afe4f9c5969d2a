import { MODEL_NAMES } from '../../../src/i18n/model-names.ts'

/** A model as people call it; one that nobody has named by its registry name. */
export function modelName(model: string | null, say: (key: string) => string): string {
  if (model === null) return '–'
  if (model === 'ensemble') return say('model.ensemble')
  const name = MODEL_NAMES[model]
  if (name !== undefined) return name
  const key = `ui.report.model_${model}`
  const said = say(key)
  return said === key ? model : said
}
