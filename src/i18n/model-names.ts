/** The names of models as the field writes them, the same in every language; other models have words of their own. */
export const MODEL_NAMES: Readonly<Record<string, string>> = {
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
