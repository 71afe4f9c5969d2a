/** Forecasts three products and prints what was chosen, the first month, and when to reorder. */
import { BatchForecastProcessor } from 'arima-forecaster'

const years = 4
const monthly = (level: number, growth: number, season: number): number[] =>
  Array.from({ length: 12 * years }, (_, i) =>
    Math.round(level + growth * i + season * Math.sin((2 * Math.PI * i) / 12) + 5 * Math.sin(7 * i * i)),
  )

const from = { start: '2022-01-01', frequency: 'monthly' }
const portfolio = {
  'Television 42"': { values: monthly(120, 0.5, 40), ...from, leadTime: 2 },
  'Running shoes': { values: monthly(300, -1, 90), ...from, leadTime: '45d' },
  'Bearing 6204': [0, 0, 3, 0, 0, 0, 1, 0, 0, 4, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 5, 0, 0],
}

const processor = new BatchForecastProcessor().setConfig({ verbose: false, serviceLevel: 0.98 })
const results = await processor.fitBatch(portfolio, { forecastSteps: 6 })

for (const [name, result] of results) {
  if (!result.ok) {
    console.log(`${name}: ${result.status} (${result.problems.map(({ code }) => code).join(', ')})`)
    continue
  }
  const { forecast, explanation, reorderPoint } = result
  const first = forecast?.mean[0]?.toFixed(1)
  console.log(`${name}: ${explanation.modelLabel}, first period ${first}, reorder at ${reorderPoint?.toFixed(1)}`)
}
