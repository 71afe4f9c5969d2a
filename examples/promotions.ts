/** Daily sales moved by promotions and public holidays: what is planned for the days to come is in their forecast. */
import { BatchForecastProcessor } from 'arima-forecaster'

const DAYS = 2 * 365
const AHEAD = 28
const promotion = Array.from({ length: DAYS + AHEAD }, (_, t) => Number(t % 41 < 5))
const sales = promotion
  .slice(0, DAYS)
  .map((on, t) => Math.round(80 + 15 * Number(t % 7 > 4) + 40 * on + 6 * Math.sin(t * 1.7) + 4 * Math.cos(t * 0.9)))

const processor = new BatchForecastProcessor()
processor.setConfig({ holidays: 'IT', verbose: false })
const portfolio = { 'Olive oil': { values: sales, start: '2024-01-01', frequency: 'daily', regressors: { promotion } } }
const results = await processor.fitBatch(portfolio, { forecastSteps: AHEAD })
for (const [name, result] of results) {
  const { forecast } = result
  if (forecast === undefined) continue
  const { mean, dates } = forecast
  for (let h = 0; h < AHEAD; h++)
    console.log(name, dates[h], Math.round(mean[h]!), promotion[DAYS + h] === 1 ? 'promotion' : '')
  console.log(result.explanation.whyChosen.find(({ code }) => code === 'regressors_used')?.params.names)
}
