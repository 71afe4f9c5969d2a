/** The names of models as the field writes them; the same in every language. */
const NAMES: Readonly<Record<string, string>> = {
  arima: 'ARIMA',
  sarima: 'SARIMA',
  sarimax: 'SARIMAX',
  ets: 'ETS',
  theta: 'Theta',
  ces: 'CES',
  tbats: 'TBATS',
  prophet: 'Prophet',
  var: 'VAR',
  croston: 'Croston',
  sba: 'SBA',
  tsb: 'TSB',
  adida: 'ADIDA',
  imapa: 'IMAPA',
}

export function modelName(model: string | null, say: (key: string) => string): string {
  if (model === null) return '–'
  if (model === 'ensemble') return say('model.ensemble')
  const name = NAMES[model]
  if (name !== undefined) return name
  const key = `ui.report.model_${model}`
  const said = say(key)
  return said === key ? model : said
}
