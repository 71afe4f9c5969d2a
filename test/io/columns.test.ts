import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codes, days, iso, readText, valuesOf } from './read-helper.ts'

/** 30 days of sales, then 10 days whose promotion is known and whose sales are not. */
const withFuture = (head: string, line: (i: number) => string): string =>
  `${head}\n${days(40, (day, i) => `a;${iso(day)};${i < 30 ? 10 + (i % 7) : ''};${line(i)}`)}`

test('roles are known in five languages, and more words than one', async () => {
  const heads: [string, string][] = [
    ['Articolo;Data;Quantità;Prezzo;Tempo di consegna (giorni);Giacenza;Magazzino;Descrizione;UdM', 'it'],
    ['Item;Date;Quantity;Unit price;Lead time (days);Stock on hand;Warehouse;Description;Unit', 'en'],
    ['Artículo;Fecha;Cantidad;Precio;Plazo de entrega (días);Existencias;Almacén;Descripción;Unidad', 'es'],
    ['Article;Date;Quantité;Prix;Délai de livraison (jours);Stock;Entrepôt;Désignation;Unité', 'fr'],
    ['商品;日期;数量;单价;提前期(天);库存;仓库;描述;单位', 'zh'],
  ]
  for (const [head, language] of heads) {
    const result = await readText(
      `${head}\n${days(15, (day, i) => `007;${iso(day)};${i + 1};9,5;${i < 9 ? 10 : 14};${100 - i};Nord;vite lunga;pz`)}`,
    )
    const roles = Object.values(result.files[0]!.columns)
    assert.deepEqual(
      roles,
      ['series', 'date', 'value', 'price', 'lead_time', 'stock', 'location', 'description', 'unit'],
      language,
    )
    const [item] = result.items
    assert.deepEqual([item?.name, item?.unit], ['007', 'pz'])
    assert.deepEqual(
      item?.facts,
      { price: 9.5, stock: 86, leadTime: '14d', location: 'Nord', description: 'vite lunga' },
      language,
    )
    assert.deepEqual(result.problems, [], language)
  }
})

test('lead times and service levels as they are written', async () => {
  const facts = async (head: string, cell: string) =>
    (await readText(`sku;data;qta;${head}\n${days(9, (day, i) => `a;${iso(day)};${i};${cell}`)}`)).items[0]?.facts
  assert.deepEqual(await facts('lead time', '3'), { leadTime: 3 })
  assert.deepEqual(await facts('lead time', '10 giorni'), { leadTime: '10d' })
  assert.deepEqual(await facts('lead time', '2 settimane'), { leadTime: '14d' })
  assert.deepEqual(await facts('lead_time_days', '12'), { leadTime: '12d' })
  assert.deepEqual(await facts('lead time', 'soon'), undefined)
  assert.deepEqual(await facts('service level', '95%'), { serviceLevel: 0.95 })
  assert.deepEqual(await facts('livello di servizio', '97,5'), { serviceLevel: 0.975 })
  assert.deepEqual(await facts('MOQ', '1.200'), { minimumOrder: 1200 })
})

test('regressors come with their future, on the grid of the values', async () => {
  const result = await readText(
    withFuture('sku;data;qta;Promo;Temperatura media;Commento', (i) => `${i % 5 === 0 ? 'Sì' : 'No'};${i},5;x`),
  )
  const [item] = result.items
  assert.deepEqual([item?.values.length, item?.regressors?.names], [30, ['Promo', 'Temperatura media']])
  const [promo, temperature] = item!.regressors!.columns
  assert.deepEqual([promo!.length, [...promo!.slice(28)]], [40, [0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0]])
  assert.deepEqual(temperature![39], 39.5)
  // rows of the future are used, none of them is missing
  assert.deepEqual(result.totals, { rowsIn: 40, used: 40, repaired: 0, rejected: 0 })
  assert.deepEqual([item?.repairs, result.problems], [[], []])
  assert.equal(result.files[0]?.columns.Promo, 'regressor')
})

test('regressors without a future are left aside and told once a column; the option chooses them', async () => {
  const text = `sku;data;qta;promo;scaffale\n${['a', 'b'].map((name) => days(30, (day, i) => `${name};${iso(day)};${i};${i % 2};${i}`)).join('\n')}`
  const result = await readText(text)
  assert.deepEqual([codes(result), result.items[0]?.regressors], [['regressor_column_unknown_ahead'], undefined])
  assert.deepEqual(codes(await readText(text, { regressorColumns: [] })), [])
  assert.deepEqual(codes(await readText(text, { regressorColumns: ['nope'] })), ['column_unknown'])
  const chosen = await readText(
    withFuture('sku;data;qta;scaffale', (i) => String(i)),
    { regressorColumns: ['scaffale'] },
  )
  assert.deepEqual(chosen.items[0]?.regressors?.names, ['scaffale'])
})

test('a wide table shares its regressors; a price that is the only number is the value', async () => {
  const wide = await readText(
    `data;A;B;promo\n${days(20, (day, i) => (i < 15 ? `${iso(day)};${i};${2 * i};${i % 2}` : `${iso(day)};;;1`))}`,
  )
  assert.deepEqual(
    wide.items.map(({ name, values, regressors }) => [name, values.length, regressors?.columns[0]?.length]),
    [
      ['A', 15, 20],
      ['B', 15, 20],
    ],
  )
  const prices = await readText(`item;date;price\n${days(15, (day, i) => `a;${iso(day)};${i}.5`)}`)
  assert.deepEqual([prices.files[0]?.columns.price, valuesOf(prices, 'a').length], ['value', 15])
})
