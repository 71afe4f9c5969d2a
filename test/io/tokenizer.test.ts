import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { CsvTokenizer, recordsOf } from '../../src/io/csv/tokenizer.ts'
import { Interner } from '../../src/io/interner.ts'
import { plainNumber } from '../../src/io/table/plain-number.ts'

const OPTIONS = { file: 'x.csv', delimiter: ';', quote: '"' }
const NONE = Number.POSITIVE_INFINITY

/** Cells as a careful writer writes them. */
const written = (cell: string): string =>
  /[;"\r\n]/.test(cell) || cell === '' ? `"${cell.replaceAll('"', '""')}"` : cell
const cell = fc.oneof(
  fc.constantFrom('', 'a', '1,5', '"', '""', 'a"b', 'x;y', 'è', '二', '\n', '\r\n', ' ', '\u0000', '\u2028', '\u000b'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 })

test('what was written comes back, as csv-parse reads it, however it is cut into chunks', () => {
  const property = fc.property(
    table,
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.integer({ min: 1, max: 9 }),
    (rows, end, size) => {
      const text = Buffer.from(rows.map((row) => row.map(written).join(';')).join(end))
      const { rows: read, unreadable } = recordsOf(text, OPTIONS, NONE)
      assert.equal(unreadable, 0)
      assert.deepEqual(read, rows)
      const options = { delimiter: ';', record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true }
      assert.deepEqual(read, parse(text, options))
      const pieces: string[][] = []
      const lines: number[] = []
      const tokenizer = new CsvTokenizer(
        OPTIONS,
        (record) => {
          pieces.push(record.cells())
          lines.push(record.line)
          return true
        },
        assert.fail,
      )
      for (let at = 0; at < text.length; at += size) tokenizer.push(text.subarray(at, at + size))
      tokenizer.end()
      assert.deepEqual(pieces, rows)
      assert.equal(lines[0], 1)
      for (let i = 1; i < rows.length; i++) {
        const inside = rows[i - 1]!.join('').match(/\r\n|\n|\r/g)?.length ?? 0
        assert.ok(lines[i]! >= lines[i - 1]! + 1 && lines[i]! <= lines[i - 1]! + 1 + inside + 2)
      }
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('any bytes, in any chunks, give the same records and cost the same lines', () => {
  const noise = fc
    .array(fc.constantFrom(...'a;"\n\r '.split('')), { maxLength: 60 })
    .map((letters) => Buffer.from(letters.join('')))
  const property = fc.property(noise, fc.integer({ min: 1, max: 7 }), (text, size) => {
    const read = (chunk: number): unknown[] => {
      const found: unknown[] = []
      const tokenizer = new CsvTokenizer(
        OPTIONS,
        (record) => void found.push([record.line, record.cells()]),
        (problem) => void found.push([problem?.code, problem?.row]),
      )
      for (let at = 0; at < text.length; at += chunk) tokenizer.push(text.subarray(at, at + chunk))
      tokenizer.end()
      return found
    }
    assert.deepEqual(read(size), read(text.length + 1))
  })
  fc.assert(property, { numRuns: 1000 })
})

test('records end early when asked', () => {
  const tokenizer = new CsvTokenizer(OPTIONS, () => false, assert.fail)
  assert.equal(tokenizer.push(Buffer.from('a\nb\nc\n')), false)
  assert.deepEqual(recordsOf(Buffer.from('a\nb\nc'), OPTIONS, 2).rows, [['a'], ['b']])
})

test('a plain number is what Number makes of it, to the bit', () => {
  const digits = (most: number): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most })
  fc.assert(
    fc.property(fc.boolean(), digits(9), fc.option(digits(6)), (negative, whole, places) => {
      const text = `${negative ? '-' : ''}${whole}${places === null ? '' : `,${places}`}`
      const bytes = Buffer.from(text)
      assert.ok(Object.is(plainNumber(bytes, 0, bytes.length, 44, 46), Number(text.replace(',', '.'))))
    }),
    { numRuns: 2000 },
  )
  const read = (text: string): number => plainNumber(Buffer.from(text), 0, text.length, 44, 46)
  assert.deepEqual(
    [
      '1.234',
      '12.345.678,5',
      '1.23',
      '1.2345',
      '.123',
      '1..234',
      '1234.567',
      '1.234.',
      '',
      '-',
      '1e5',
      '1,2,3',
      ' 1',
      '1234567890123456',
    ].map(read),
    [1234, 12345678.5, ...new Array(12).fill(Number.NaN)],
  )
})

test('texts keep their numbers, through growth and collisions', () => {
  const interner = new Interner()
  const texts = Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 20_000}`)
  const ids = new Map<string, number>()
  for (let round = 0; round < 2; round++)
    for (const text of texts) {
      const id = interner.idOf(Buffer.from(text), 0, text.length)
      assert.equal(id, ids.get(text) ?? ids.size)
      ids.set(text, id)
    }
  assert.equal(interner.size, ids.size)
  for (const [text, id] of ids) assert.equal(interner.text(id), text)
  assert.equal(interner.idOf(Buffer.from(''), 0, 0), ids.size)
  assert.equal(interner.text(ids.size), '')
})
