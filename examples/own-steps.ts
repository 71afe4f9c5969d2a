/** A step before and one after each forecast: closures and state of the caller work, nothing crosses a thread. */
import { BatchForecastProcessor, type BatchResult, type Series } from 'arima-forecaster'

class Careful extends BatchForecastProcessor {
  readonly toReview: string[] = []

  /** Returns booked as negative sales are no demand. */
  override preprocessSeries(series: Series): Series {
    return { ...series, values: series.values.map((value) => Math.max(0, value)) }
  }

  override postProcessResult(result: BatchResult, name: string): BatchResult {
    if (result.explanation.confidenceScore < 0.6) this.toReview.push(name)
    return result
  }
}

const weekly = Array.from({ length: 150 }, (_, week) => (week % 13 === 0 ? -5 : 40 + (week % 4) * 6))
const processor = new Careful().setConfig({ preset: 'retail', verbose: false })
const results = await processor.fitBatch({ returns: { values: weekly, frequency: 'weekly' } }, { forecastSteps: 4 })
for (const { name, status, forecast } of results.values()) {
  const total = forecast?.total(1, 4)
  console.log(name, status, `4 weeks: ${total?.mean.toFixed(0)}, at most ${total?.quantile(0.9).toFixed(0)} (90 %)`)
}
console.log('to review:', processor.toReview.join(', ') || 'none')
