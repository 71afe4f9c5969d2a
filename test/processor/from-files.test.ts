import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveConfig } from '../../src/processor/config.ts'
import { entryOf } from '../../src/processor/portfolio.ts'
import { runPortfolio } from '../../src/processor/run-whole.ts'
import { days, iso, readText } from '../io/read-helper.ts'

const forecast = async (text: string, horizon = 7) => {
  const { items } = await readText(text)
  const config = resolveConfig({ effort: 'fast', maxModelsToTry: 3, enableParallel: false })
  return (await runPortfolio(items, config, { horizon })).results
}
const sales = (name: string, n: number): string => days(n, (day, i) => `${name};${iso(day)};${20 + ((i * 7) % 11)};4d`)

test('series without a value fail, one of a single value is repeated, and both say why (H001, H002)', async () => {
  const head = 'sku;data;qta;lead time\n'
  const text = `${head}${days(5, (day) => `none;${iso(day)};;4d`)}\none;2024-01-01;5;4d\n${sales('good', 60)}`
  const [none, one, good] = await forecast(text)
  assert.deepEqual([none?.status, none?.problems.map(({ code }) => code)], ['failed', ['series_no_values']])
  assert.equal(one?.status, 'fallback')
  assert.ok(one?.problems.some(({ code }) => code === 'series_too_short'))
  assert.deepEqual([...(one?.outcome?.forecast?.mean ?? [])], new Array(7).fill(5))
  assert.equal(good?.status, 'success')
})

test('regressors of a file reach the models; those that cannot help are listed (H017)', async () => {
  const line = (day: Date, i: number): string => {
    const promo = i % 6 === 0 ? 1 : 0
    return `a;${iso(day)};${i < 90 ? 50 + 40 * promo + ((i * 7) % 5) : ''};${promo};${i < 90 ? i : ''};3`
  }
  const text = `sku;data;qta;promo;evento;sconto\n${days(97, line)}`
  const { items } = await readText(text)
  assert.deepEqual(items[0]?.regressors?.names, ['promo', 'sconto'])
  const [result] = await forecast(text)
  assert.ok(
    result?.problems.some(
      ({ code, params }) => code === 'regressor_dropped' && params.name === 'sconto' && params.cause === 'constant',
    ),
  )
  const mean = result?.outcome?.forecast?.mean ?? []
  // day 90 and 96 of the history have a promotion
  assert.ok(mean[0]! > mean[1]! + 20 && mean[6]! > mean[5]! + 20, [...mean].join(' '))
})

test('lead time and service level of a file go before the configuration', async () => {
  const { items } = await readText(
    `sku;data;qta;lead time;service level\n${days(30, (day, i) => `a;${iso(day)};${i};10d;90%`)}`,
  )
  assert.deepEqual(entryOf(items[0]!).terms, { leadTime: '10d', serviceLevel: 0.9 })
  assert.deepEqual(entryOf({ ...items[0]!, facts: undefined }).terms, { leadTime: undefined, serviceLevel: undefined })
})
