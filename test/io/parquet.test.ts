import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { codes, readText, valuesOf } from './read-helper.ts'

const N = 400
const columns = (name: string): Parameters<typeof parquetWriteBuffer>[0]['columnData'] => [
  { name: 'item', data: Array.from({ length: N }, (_, i) => `${name}${Math.floor(i / 100)}`), type: 'STRING' },
  {
    name: 'date',
    data: Array.from({ length: N }, (_, i) => new Date(Date.UTC(2024, 0, 1 + (i % 100)))),
    type: 'TIMESTAMP',
  },
  {
    name: 'value',
    data: Array.from({ length: N }, (_, i) => (i % 17 === 3 ? null : i + 0.25)),
    type: 'DOUBLE',
    nullable: true,
  },
]
const file = (options: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {}): Buffer =>
  Buffer.from(parquetWriteBuffer({ columnData: columns('a'), ...options }))
const causeOf = async (bytes: Buffer): Promise<unknown> => {
  const { problems } = await readText(bytes, {}, 'x.parquet')
  return problems.map(({ code, params }) => [code, params.cause])[0]
}

test('columns of text, dates and numbers are read, by row group, compressed or not', async () => {
  for (const options of [{}, { compressed: false }, { rowGroupSize: 70 }] as const) {
    const result = await readText(file(options), {}, 'sales.parquet')
    assert.deepEqual(
      result.items.map(({ name, values, calendar }) => [name, values.length, calendar?.start]),
      ['a0', 'a1', 'a2', 'a3'].map((name) => [name, 100, '2024-01-01']),
    )
    assert.deepEqual(valuesOf(result, 'a1').slice(0, 6), [100.25, 101.25, 102.25, 103.25, 104.25, Number.NaN])
    assert.deepEqual(result.problems, [])
  }
})

test('a file that contradicts itself is refused at once, wherever it does (H068)', async () => {
  const good = file({ rowGroupSize: 100 })
  const from = process.memoryUsage().rss
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const copy = Buffer.from(good)
    change(copy)
    return copy
  }
  const cases = [
    changed((bytes) => bytes.write('XXXX', bytes.length - 4)),
    changed((bytes) => bytes.writeUInt32LE(0x7fffffff, bytes.length - 8)),
    changed((bytes) => bytes.writeUInt32LE(4, bytes.length - 8)),
    Buffer.from('PAR1'),
    Buffer.concat([
      Buffer.from('PAR1'),
      Buffer.from([0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 8, 0, 0, 0]),
      Buffer.from('PAR1'),
    ]),
    // structures in structures, as deep as the footer is long
    Buffer.concat([
      Buffer.from('PAR1'),
      Buffer.alloc(100_000, 0x1c),
      Buffer.from([0xa0, 0x86, 1, 0]),
      Buffer.from('PAR1'),
    ]),
  ]
  for (const bytes of cases) {
    const started = performance.now()
    assert.deepEqual(await causeOf(bytes), ['parquet_invalid', 'damaged'])
    assert.ok(performance.now() - started < 10_000)
  }
  for (let cut = 4; cut < good.length; cut += 97)
    assert.ok(codes(await readText(good.subarray(0, cut), {}, 'x.parquet')).length > 0)
  // each byte of the pages and of the footer turned: an answer, whatever it is, in bounded time and memory
  for (let at = 4; at < good.length - 4; at += 61) {
    const started = performance.now()
    await readText(
      changed((bytes) => {
        bytes[at]! ^= 0xff
      }),
      {},
      'x.parquet',
    )
    assert.ok(performance.now() - started < 10_000, `${at}`)
  }
  assert.ok(process.memoryUsage().rss - from < 300e6)
})

test('columns of structures are left out; a file of nothing else is refused', async () => {
  const lists = Buffer.from(
    parquetWriteBuffer({
      columnData: [{ name: 'tags', data: [['a'], ['b']].map((each) => ({ each })), type: 'JSON' }],
    }),
  )
  assert.ok(codes(await readText(lists, {}, 'x.parquet')).length > 0)
})
