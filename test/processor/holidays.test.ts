import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BatchForecastProcessor } from '../../src/index.ts'
import { randomStream } from '../../src/math/random.ts'
import { holidaysOf } from '../../src/processor/holidays.ts'

test('holidays of a country and of a state, year by year', async () => {
  const between = await holidaysOf('IT')
  const easter = between(2023, 2025).find(({ name }) => name === 'Easter Monday')
  assert.deepEqual(easter?.dates, ['2023-04-10', '2024-04-01', '2025-04-21'])
  const bavaria = (await holidaysOf('de-by'))(2024, 2024).map(({ name }) => name)
  assert.ok(bavaria.includes('Epiphany'))
  assert.ok(!(await holidaysOf('DE'))(2024, 2024).some(({ name }) => name === 'Epiphany'))
})

test('a place without a calendar is refused, with those there are', async () => {
  await assert.rejects(holidaysOf('XX'), { code: 'config_invalid' })
  await assert.rejects(holidaysOf('DE-XX'), { code: 'config_invalid' })
})

const START = Date.parse('2022-01-01')
const DAY = 86_400_000
const dayOf = (t: number): string => new Date(START + t * DAY).toISOString().slice(0, 10)

test('days off that stop the sales are foreseen, and named', async () => {
  const random = randomStream('holidays')
  const off = new Set((await holidaysOf('IT'))(2022, 2025).flatMap(({ dates }) => dates))
  const sales = Array.from(
    { length: 725 },
    (_, t) => (off.has(dayOf(t)) ? 10 : 100 + 20 * Number(t % 7 < 2)) + random.normal(),
  )
  const processor = new BatchForecastProcessor()
  processor.setConfig({ holidays: 'IT', verbose: false, enableParallel: false })
  const portfolio = { shop: { values: sales, start: '2022-01-01', frequency: 'daily' } }
  const { forecast, explanation } = (await processor.fitBatch(portfolio, { forecastSteps: 14 })).get('shop')!
  // 31 December 2023 is day 729: New Year's Day is the sixth day forecast, Epiphany the eleventh
  const { mean, dates } = forecast!
  assert.equal(dates[5], '2024-01-01')
  assert.ok(mean[5]! < 40 && mean[10]! < 40, `${mean}`)
  assert.ok(mean[6]! > 80)
  const used = explanation.whyChosen.find(({ code }) => code === 'regressors_used')
  assert.match(String(used?.params.names), /New Year/)
})

test('a promotion planned ahead is in the forecast, with worker threads or without', async () => {
  const random = randomStream('promotion')
  const promotion = Array.from({ length: 72 }, (_, t) => Number((t * 7) % 11 < 2))
  const values = promotion.slice(0, 60).map((on) => 50 + 40 * on + random.normal())
  const portfolio = { a: { values, regressors: { promotion } }, b: values }
  const means: (readonly number[])[] = []
  for (const enableParallel of [false, true]) {
    const processor = new BatchForecastProcessor()
    processor.setConfig({ verbose: false, enableParallel, maxWorkers: 2 })
    const { forecast } = (await processor.fitBatch(portfolio, { forecastSteps: 12 })).get('a')!
    for (const [h, mean] of forecast!.mean.entries())
      assert.ok(Math.abs(mean - (50 + 40 * promotion[60 + h]!)) < 5, `step ${h + 1}: ${mean}`)
    means.push(forecast!.mean)
  }
  assert.deepEqual(means[0], means[1])
})
