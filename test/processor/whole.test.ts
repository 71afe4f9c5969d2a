import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { BatchForecastProcessor } from '../../src/processor/batch-forecast-processor.ts'
import { portfolioFromFiles } from '../../src/processor/from-files.ts'
import type { SeriesInput } from '../../src/processor/portfolio.ts'

const folder = mkdtempSync(join(tmpdir(), 'arfc-whole-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const processor = (config = {}) =>
  new BatchForecastProcessor().setConfig({
    effort: 'fast',
    maxModelsToTry: 3,
    maxWorkers: 1,
    verbose: false,
    ...config,
  })
const from = { start: '2022-01-01', frequency: 'monthly' }
const months = (level: number, n = 30): number[] =>
  Array.from({ length: n }, (_, t) => Math.round(level * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12)) + ((t * 7) % 5)))

const SHOPS: Record<string, SeriesInput> = {
  Milano_A: { values: months(90), ...from, unitPrice: 5, stockOnHand: 10, leadTime: 2, moq: 50, orderMultiple: 12 },
  Milano_B: { values: months(40), ...from, unitPrice: 9 },
  Roma_A: { values: months(60), ...from, unitPrice: 5 },
  Roma_B: { values: months(25), ...from, unitPrice: 9 },
}

test('a hierarchy comes after the series, adds up, keeps what each said alone, and is left out of the CSV', async () => {
  const own = processor({ hierarchy: 'names' })
  const results = await own.fitBatch(SHOPS, { forecastSteps: 4 })
  assert.deepEqual([...results.keys()], [...Object.keys(SHOPS), 'Milano_*', 'Roma_*', '*_A', '*_B', '*'])
  for (const { total, forecast, reconciliation } of results.values()) {
    assert.equal(reconciliation?.method, 'mint')
    assert.equal(reconciliation?.base.length, 4)
    for (const [h, mean] of forecast!.mean.entries()) {
      const parts = total?.parts.map((part) => results.get(part)!.forecast!.mean[h]!) ?? [mean]
      assert.ok(Math.abs(parts.reduce((sum, each) => sum + each, 0) - mean) < 1e-9 * mean)
    }
  }
  const path = join(folder, 'items.csv')
  await own.exportToCsv(results, path)
  assert.equal(readFileSync(path, 'utf8').split('\n').length, 1 + 4 * 4 + 1)
  await own.exportToCsv(results, path, { totals: true })
  assert.equal(readFileSync(path, 'utf8').split('\n').length, 1 + 9 * 4 + 1)
  // the same bytes with two workers
  const two = await processor({ hierarchy: 'names', maxWorkers: 2 }).fitBatch(SHOPS, { forecastSteps: 4 })
  const other = join(folder, 'two.csv')
  await own.exportToCsv(two, other, { totals: true })
  assert.equal(readFileSync(path, 'utf8'), readFileSync(other, 'utf8'))
})

test('stock on hand makes an order, classes go by money, and what is at stake is told', async () => {
  const own = processor()
  const results = await own.fitBatch(SHOPS, { forecastSteps: 4 })
  const { inventory, reorderPoint } = results.get('Milano_A')!
  const missing = reorderPoint! - 10
  assert.equal(inventory!.orderProposal, Math.ceil(missing / 12) * 12)
  assert.ok(inventory!.stockOutRisk! > 0.9 && inventory!.projectedStock!.length === 4)
  assert.deepEqual([inventory!.abc, results.get('Roma_B')!.inventory!.orderProposal], ['A', undefined])
  const exceptions = own.exceptions(results)
  const stockOut = exceptions.find(({ because }) => because.code === 'exception_stock_out')!
  assert.equal(stockOut.series, 'Milano_A')
  assert.ok(Math.abs(stockOut.value! / stockOut.quantity - 5) < 1e-9)
  // a later run, in which half of one item is gone
  const fallen = { ...SHOPS, Roma_A: { values: [...months(60), 30, 28, 25], ...from, unitPrice: 5 } }
  const later = await own.fitBatch(fallen, { forecastSteps: 4 })
  const changed = own.exceptions(later, results).filter(({ series }) => series === 'Roma_A')
  assert.ok(
    changed.some(({ because }) => because.code === 'exception_outside_band' && Number(because.params.count) >= 2),
  )
})

test('what cannot be grouped is refused before anything is forecast', async () => {
  for (const hierarchy of ['names', 'columns', 'auto', '{a}:{b}'])
    await assert.rejects(processor({ hierarchy }).fitBatch({ a: months(9), b: months(5) }), { code: 'config_invalid' })
  assert.throws(() => processor({ hierarchy: 'nonsense' }), { code: 'config_invalid' })
})

test('a new item is forecast like others, one with a predecessor from its history, one at its end not beyond it', async () => {
  const portfolio: Record<string, SeriesInput> = {
    ...SHOPS,
    fresh: { values: months(80).slice(-3), start: '2024-04-01', frequency: 'monthly' },
    heir: { values: months(80).slice(-3), start: '2024-04-01', frequency: 'monthly', predecessor: 'Roma_A' },
    ending: { values: months(30), ...from, endOfLife: '2024-08-15' },
    stray: { values: months(30), ...from, predecessor: 'nobody' },
  }
  const results = await processor().fitBatch(portfolio, { forecastSteps: 4 })
  const fresh = results.get('fresh')!
  assert.deepEqual([fresh.used, fresh.status], ['analogy', 'success'])
  assert.ok(fresh.likeItems.length >= 3)
  const alone = await processor({ analogy: false }).fitBatch(portfolio, { forecastSteps: 4 })
  assert.notEqual(alone.get('fresh')!.used, 'analogy')
  const heir = results.get('heir')!
  assert.equal(heir.plain.observations, 30)
  const reason = heir.explanation.whyChosen.find(({ code }) => code === 'predecessor_joined')
  assert.deepEqual(reason?.params, { name: 'Roma_A', periods: 27 })
  assert.ok(results.get('Roma_A')!.explanation.businessRecommendation.some(({ code }) => code === 'advice_superseded'))
  assert.deepEqual(results.get('ending')!.forecast!.mean.slice(2), [0, 0])
  assert.ok(results.get('stray')!.problems.some(({ code }) => code === 'predecessor_unusable'))
})

test('periods out of stock are no demand, and a fill rate takes less stock than the same cycle service', async () => {
  const values = months(50)
  values[5] = 0
  const out = values.map((_, t) => t === 5)
  const given = { values, ...from, stockOut: out, leadTime: 3, reviewPeriod: 1 }
  const cycle = (await processor().fitBatch({ a: given })).get('a')!
  assert.ok(cycle.repairs.some(({ kind, before }) => kind === 'stock_out_set_missing' && before === 0))
  const fill = (await processor({ serviceMeasure: 'fill_rate' }).fitBatch({ a: given })).get('a')!
  assert.ok(fill.reorderPoint! < cycle.reorderPoint!)
  assert.ok(Math.abs(fill.inventory!.fillRate - 0.95) < 0.01)
  assert.ok(cycle.inventory!.fillRate > fill.inventory!.fillRate)
})

test('a file brings groups, stock, links and ends of life', async () => {
  const path = join(folder, 'sales.csv')
  const head = 'location,sku,date,qty,price,stock,on order,moq,pack size,replaces,fine vita'
  const rows = ['Milano', 'Roma'].flatMap((place) =>
    ['A', 'B'].flatMap((sku) =>
      months(40).map((value, t) => {
        const date = `${2022 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01`
        const link = place === 'Roma' && sku === 'B' ? 'Milano_A' : ''
        return `${place},${sku},${date},${value},5,70,20,50,12,${link},${sku === 'A' ? '2025-01-31' : ''}`
      }),
    ),
  )
  writeFileSync(path, [head, ...rows].join('\n'))
  const portfolio = await portfolioFromFiles([path])
  const [name, input] = [...portfolio].find(([each]) => each.includes('Roma') && each.includes('B'))!
  const { group, stockOnHand, onOrder, moq, orderMultiple, predecessor } = input as Exclude<
    SeriesInput,
    ArrayLike<unknown>
  >
  assert.deepEqual(Object.values(group!).sort(), ['B', 'Roma'])
  assert.deepEqual([stockOnHand, onOrder, moq, orderMultiple, predecessor], [70, 20, 50, 12, 'Milano_A'], name)
  const other = [...portfolio.values()][0] as { endOfLife?: string }
  assert.equal(other.endOfLife, '2025-01-31')
  const results = await processor({ hierarchy: 'columns' }).fitBatch(portfolio, { forecastSteps: 2 })
  assert.equal(results.size, 4 + 5)
})
