/** A portfolio larger than memory: series are read as they are needed and results come as they are ready. */
import { BatchForecastProcessor } from 'arima-forecaster'

async function* warehouse(): AsyncGenerator<[string, number[]]> {
  for (let item = 0; item < 40; item++)
    yield [`item ${item}`, Array.from({ length: 36 }, (_, i) => 50 + item + ((i * 17 + item) % 11))]
}

const processor = new BatchForecastProcessor().setConfig({ effort: 'fast', verbose: false })
const models = new Map<string, number>()
for await (const [, { status, used }] of processor.stream(warehouse(), { forecastSteps: 3 })) {
  const key = used || status
  models.set(key, (models.get(key) ?? 0) + 1)
}
console.log(Object.fromEntries(models))
