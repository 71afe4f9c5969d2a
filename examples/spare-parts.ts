/**
 * Spare parts: how each sells, when to reorder, what a better service would take.
 *
 *   node examples/spare-parts.ts [FILE] [PERIODS]      (a part a series; lead times, stock on hand and prices as columns)
 */
import { join } from 'node:path'
import { BatchForecastProcessor, portfolioFromFiles } from 'arima-forecaster'

const [file = join(import.meta.dirname, '../samples/portfolio.csv'), periods = '12'] = process.argv.slice(2)
const parts = [...(await portfolioFromFiles([file]))].slice(0, 200)

const processor = new BatchForecastProcessor().setConfig({ preset: 'spareParts', serviceLevel: 0.95, verbose: false })
const results = await processor.fitBatch(parts, { forecastSteps: Number(periods) })

for (const [name, result] of results) {
  if (!result.ok) continue
  const { explanation, reorderPoint, safetyStock, inventory } = result
  const better = inventory?.serviceCurve.find(({ serviceLevel }) => serviceLevel === 0.98)
  console.log(`${name}: ${explanation.recommendedModel} (${explanation.pattern})`)
  console.log(`  reorder point ${reorderPoint?.toFixed(1)}, safety stock ${safetyStock?.toFixed(1)}`)
  console.log(
    `  98 % instead of 95 %: ${better?.reorderPoint.toFixed(1)}; met at once: ${inventory?.fillRate.toFixed(3)}`,
  )
}
await processor.exportToJson(results, 'spare_parts.json')
