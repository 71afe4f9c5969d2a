import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import type { Random } from '../../src/math/random.ts'
import { type Cell, makeWorkbook } from '../io/make-workbook.ts'
import { makeZip } from '../io/make-zip.ts'
import { days, dmy, iso } from '../io/read-helper.ts'

const names = ['007', 'caffè, più', 'x"y']
const cellOf = (name: string, quote: boolean): string => (quote ? `"${name.replaceAll('"', '""')}"` : name)
const long = (line: (name: string, day: Date, i: number) => string, n = 40): string =>
  names.map((name) => days(n, (day, i) => line(name, day, i))).join('\n')

const ISO = `series_name,date,value,promo\n${long((name, day, i) => `${cellOf(name, true)},${iso(day)},${i % 7 === 3 ? '' : i * 1.5},${i % 2}`)}\n`
const EUROPEAN = `Estratto vendite;;;\n\nArticolo;Data;Quantità;Prezzo\r\n${long((name, day, i) => `${name.replace('"', '')};${dmy(day)};${['1.234,50', 'n/d', '€ 12', '(3,5)', `${i},5`][i % 5]};9,90`).replaceAll('\n', '\r\n')}\r\nTOTALE;;98.290.220,34;\r\n`
const WIDE = `date,A,B,C\n${days(60, (day, i) => `${iso(day)},${i},${i * 2},${i % 3 === 0 ? '' : i}`)}\n`
const MONTHS = `item;${Array.from({ length: 24 }, (_, t) => `${2022 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}`).join(';')}\n${names.map((name) => `${name.replace('"', '')};${Array.from({ length: 24 }, (_, t) => t * 3).join(';')}`).join('\n')}\n`

const sheet: Cell[][] = [
  ['Articolo', 'Data', 'Quantità'],
  ...Array.from({ length: 60 }, (_, i): Cell[] => [
    names[i % 3]!,
    { xml: `<c s="1"><v>${45_292 + Math.floor(i / 3)}</v></c>` },
    i % 11 === 0 ? null : i + 0.5,
  ]),
]
const columns = [
  { name: 'item', data: Array.from({ length: 90 }, (_, i) => names[i % 3]!), type: 'STRING' as const },
  {
    name: 'date',
    data: Array.from({ length: 90 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + Math.floor(i / 3)))),
    type: 'TIMESTAMP' as const,
  },
  { name: 'value', data: Array.from({ length: 90 }, (_, i) => i * 1.25), type: 'DOUBLE' as const },
]

/** Good files of every kind, to be spoilt. */
export const SEEDS: readonly { readonly name: string; readonly bytes: Buffer }[] = [
  { name: 'iso.csv', bytes: Buffer.from(ISO) },
  { name: 'european.csv', bytes: Buffer.from(`\ufeff${EUROPEAN}`) },
  { name: 'latin.csv', bytes: Buffer.from(EUROPEAN, 'latin1') },
  { name: 'wide.tsv', bytes: Buffer.from(WIDE.replaceAll(',', '\t')) },
  { name: 'months.txt', bytes: Buffer.from(MONTHS) },
  { name: 'utf16.csv', bytes: Buffer.from(`\ufeff${ISO}`, 'utf16le') },
  { name: 'iso.csv.gz', bytes: gzipSync(ISO) },
  {
    name: 'all.zip',
    bytes: makeZip([
      { name: 'iso.csv', data: ISO },
      { name: 'wide.csv', data: WIDE, method: 0 },
    ]),
  },
  {
    name: 'sales.xlsx',
    bytes: makeWorkbook({ sheets: [{ rows: sheet }, { rows: sheet.slice(0, 5), state: 'hidden' }] }),
  },
  { name: 'sales.parquet', bytes: Buffer.from(parquetWriteBuffer({ columnData: columns, rowGroupSize: 40 })) },
]

const PIECES = [
  '"',
  '""',
  ';',
  ',',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\u0000',
  '\ufeff',
  '\u001a',
  '9999-12-31',
  '31/02/2024',
  '1e308',
  '-',
  '€',
  '(',
  '=1+1',
  ' ',
  '\u00a0',
  '1.234',
  'Infinity',
  'total',
  '9'.repeat(400),
  ';'.repeat(300),
  '\u2028',
  'PK\u0003\u0004',
  '<!DOCTYPE x>',
  '&b;',
]

/** One to eight changes: bytes turned, pieces put in, stretches cut, doubled, moved, or taken from another seed. */
export function mutate({ uniform }: Random, seed: Buffer): Buffer {
  let bytes = seed
  const upTo = (n: number): number => Math.floor(uniform() * n)
  const changes = 1 + upTo(8)
  for (let change = 0; change < changes; change++) {
    const at = upTo(bytes.length + 1)
    const length = 1 + upTo(Math.min(200, bytes.length))
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
    switch (upTo(7)) {
      case 0: {
        const copy = Buffer.from(bytes)
        for (let k = 0; k < length % 9; k++) if (copy.length > 0) copy[upTo(copy.length)] = upTo(256)
        bytes = copy
        break
      }
      case 1:
        bytes = Buffer.concat([before, Buffer.from(PIECES[upTo(PIECES.length)]!), after])
        break
      case 2:
        bytes = Buffer.concat([before, after.subarray(length)])
        break
      case 3:
        bytes = Buffer.concat([before, after.subarray(0, length), after])
        break
      case 4:
        bytes = uniform() < 0.3 ? before : bytes
        break
      case 5: {
        const other = SEEDS[upTo(SEEDS.length)]!.bytes
        const from = upTo(other.length)
        bytes = Buffer.concat([before, other.subarray(from, from + length), after])
        break
      }
      default:
        bytes = Buffer.concat([after.subarray(0, length), before, after.subarray(length)])
    }
  }
  return bytes
}
