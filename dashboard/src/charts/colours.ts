/** The eight colours of Okabe and Ito (2008), in a fixed order: the same model is the same colour everywhere. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8f8a1f', '#7f7f7f'] as const
const ORDER = ['ets', 'arima', 'theta', 'ensemble', 'sarima', 'ces', 'tbats']
const FAMILIES: Readonly<Record<string, string>> = { sarimax: 'sarima', prophet: 'tbats', var: 'tbats' }

export function colourOf(model: string): string {
  const place = ORDER.indexOf(FAMILIES[model] ?? model)
  return place === -1 ? COLOURS[7] : COLOURS[place]!
}
