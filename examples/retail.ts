/**
 * Fifty products, ninety days: forecasts for the ERP, and what to look at first.
 *
 *   node examples/retail.ts [FILE] [PERIODS]      (any file of sales: a column or a row a product, or one row a sale)
 */
import { join } from 'node:path'
import { BatchForecastProcessor, portfolioFromFiles } from 'arima-forecaster'

const [file = join(import.meta.dirname, '../samples/portfolio.csv'), periods] = process.argv.slice(2)
const fifty = [...(await portfolioFromFiles([file]))].slice(0, 50)
const daily = fifty.every(([, input]) => 'frequency' in input && JSON.stringify(input.frequency).includes('day'))

const processor = new BatchForecastProcessor().setConfig({ preset: 'retail', verbose: false })
const results = await processor.fitBatch(fifty, { forecastSteps: Number(periods ?? (daily ? 90 : 3)) })

for (const { name, forecast, explanation, inventory } of results.values()) {
  if (forecast === undefined) continue
  const total = forecast.total(1, forecast.mean.length)
  const low = total.quantile(0.1).toFixed(0)
  const high = total.quantile(0.9).toFixed(0)
  console.log(
    `${name}: ${total.mean.toFixed(0)} (${low} to ${high}), ${explanation.modelLabel}, ${inventory?.abc}${inventory?.xyz}`,
  )
}
for (const { series, because } of processor.exceptions(results).slice(0, 5))
  console.log('look at', series, because.code, JSON.stringify(because.params))
await processor.exportToCsv(results, 'retail_forecasts_Q4.csv')
