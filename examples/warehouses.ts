/**
 * Four warehouses by five products: each item, each warehouse, each product and the whole, all of which add up.
 *
 *   node examples/warehouses.ts [FILE] [PERIODS] [TEMPLATE]      (items named Milano_A, or as the template says)
 */
import { join } from 'node:path'
import { BatchForecastProcessor, portfolioFromFiles } from 'arima-forecaster'

const [file, periods = '6', template = file === undefined ? '{product}, {place}' : 'names'] = process.argv.slice(2)
const all = [...(await portfolioFromFiles([file ?? join(import.meta.dirname, '../samples/portfolio.csv')]))]
// of the sample: the supermarkets and clothing shops of its states
const items =
  file === undefined ? all.filter(([name]) => /^(Supermarkets|Clothing [ra].*|Food .*), [^(]*$/.test(name)) : all

const processor = new BatchForecastProcessor().setConfig({ hierarchy: template, verbose: false })
const results = await processor.fitBatch(items, { forecastSteps: Number(periods) })

for (const [name, { forecast, total, reconciliation }] of results) {
  if (forecast === undefined) continue
  const sum = forecast.mean.reduce((a, b) => a + b, 0)
  const before = (reconciliation?.base ?? forecast.mean).reduce((a, b) => a + b, 0)
  const what = total === undefined ? 'item' : `total of ${total.parts.length}`
  console.log(`${name.padEnd(50)} ${what.padEnd(12)} ${sum.toFixed(1).padStart(10)} (alone ${before.toFixed(1)})`)
}
