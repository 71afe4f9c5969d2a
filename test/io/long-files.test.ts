import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ByteSource, bufferSource } from '../../src/io/bytes/source.ts'
import type { ReadOptions } from '../../src/io/read-options.ts'
import { readFound } from '../../src/io/read-portfolio.ts'
import { balanced } from './read-helper.ts'

const MEGABYTES = 1e6

const dayTexts = Array.from({ length: 21_000 }, (_, i) => new Date(Date.UTC(1960, 0, 1 + i)).toISOString().slice(0, 10))
const hourTexts = Array.from({ length: 24 }, (_, i) => `T${String(i).padStart(2, '0')}:00`)
const date = (i: number): string => dayTexts[Math.floor(i / 24)]! + hourTexts[i % 24]!

/** A file made while it is read: it is never in memory as a whole. */
function generated(head: string, line: (i: number) => string, lines: number): ByteSource {
  return {
    size: null,
    *open() {
      let text = head
      for (let i = 0; i < lines; i++) {
        text += line(i)
        if (text.length < 1 << 19) continue
        yield Buffer.from(text)
        text = ''
      }
      yield Buffer.from(text)
    },
  }
}

async function measured(bytes: ByteSource, options: ReadOptions = {}) {
  const from = process.memoryUsage().rss
  const result = await readFound([{ file: 'long.csv', bytes }], options)
  balanced(result)
  return { result, grown: process.memoryUsage().rss - from }
}

test('a quotation mark that is never closed costs its line, in memory that does not grow with the file (H033)', async () => {
  const from = performance.now()
  const { result, grown } = await measured(
    generated('sku,date,value\n"x,2024-01-01,1\n', (i) => `a,${date(i)},${i % 10}\n`, 300_000),
  )
  assert.deepEqual([result.problems[0]?.code, result.problems[0]?.row], ['quote_unclosed', 2])
  assert.equal(result.totals.rowsIn, 300_001)
  assert.ok(grown < 300 * MEGABYTES, `${grown}`)
  assert.ok(performance.now() - from < 60_000)
})

test('one line without end is refused at its first megabyte (H034)', async () => {
  const { result, grown } = await measured(generated('sku,date,value\n', () => 'x'.repeat(100), 1_000_000))
  assert.deepEqual(
    result.problems.map(({ code, row }) => [code, row]),
    [['line_too_long', 2]],
  )
  assert.ok(grown < 100 * MEGABYTES, `${grown}`)
})

test('a hundred thousand series of three, and one of three hundred thousand (H022)', async () => {
  const many = await measured(
    generated('sku,date,value\n', (i) => `s${Math.floor(i / 3)},2024-01-0${(i % 3) + 1},${i % 7}\n`, 300_000),
  )
  assert.deepEqual([many.result.items.length, many.result.totals.used], [100_000, 300_000])
  const one = await measured(generated('date,value\n', (i) => `${date(i)},${i % 24}\n`, 300_000))
  assert.deepEqual([one.result.items[0]?.values.length, one.result.items[0]?.seasonLength], [300_000, 24])
  assert.ok(many.grown < 300 * MEGABYTES && one.grown < 300 * MEGABYTES, `${many.grown} ${one.grown}`)
})

test('rejected rows are counted all, listed up to 10,000, and handed over one by one (H048)', async () => {
  let seen = 0
  const { result, grown } = await measured(
    generated('sku,date,value\na,2024-01-01,1\na,2024-01-02,1\n', () => 'a,31/02/2012,1\n', 400_000),
    {
      onProblem: ({ code }) => {
        if (code === 'row_date_invalid') seen++
      },
    },
  )
  assert.deepEqual([result.totals.rejected, seen, result.problems.length], [400_000, 400_000, 10_002])
  assert.ok(grown < 300 * MEGABYTES, `${grown}`)
})

test('what grows beyond the limit while it is read ends there (H045)', async () => {
  const { result } = await measured(bufferSource(Buffer.alloc(1_000_001, 'a,b\n')), { maxFileMb: 1 })
  assert.deepEqual(
    result.problems.map(({ code, params }) => [code, params.megabytes, params.limit]),
    [['file_too_large', 2, 1]],
  )
})
