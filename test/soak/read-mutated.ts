import assert from 'node:assert/strict'
import { findEncoding } from '../../src/io/bytes/encoding.ts'
import { bufferSource } from '../../src/io/bytes/source.ts'
import { survey } from '../../src/io/bytes/survey.ts'
import { recordsOf } from '../../src/io/csv/tokenizer.ts'
import { readPortfolio } from '../../src/io/read-portfolio.ts'
import { type Random, randomStream } from '../../src/math/random.ts'
import { balanced } from '../io/read-helper.ts'
import { mutate, SEEDS } from './mutate.ts'

export interface Mutated {
  readonly name: string
  readonly bytes: Buffer
}

export const mutated = (key: string): Mutated => {
  const random: Random = randomStream(key)
  const seed = SEEDS[Math.floor(random.uniform() * SEEDS.length)]!
  return { name: seed.name, bytes: mutate(random, seed.bytes) }
}

/** Reads a spoilt file. Throws where it crashes or loses a row; answers with the series found and the milliseconds taken. */
export async function readMutated({ name, bytes }: Mutated): Promise<{ series: number; milliseconds: number }> {
  const from = process.cpuUsage()
  const result = await readPortfolio([{ name, bytes }])
  const { user, system } = process.cpuUsage(from)
  // of the processor: what else the machine does is not this file's doing
  const milliseconds = (user + system) / 1000
  balanced(result)
  for (const { values } of result.items)
    assert.ok(values.every((value) => Number.isNaN(value) || Number.isFinite(value)))
  await countAgain(bytes, result.files)
  return { series: result.items.length, milliseconds }
}

/** The records of a plain text are counted once more, all at once, from the dialect that was told. */
async function countAgain(bytes: Buffer, files: Awaited<ReturnType<typeof readPortfolio>>['files']): Promise<void> {
  const [file] = files
  if (files.length !== 1 || file?.dialect?.delimiter == null || file.encoding !== 'utf-8') return
  const seen = await survey(bufferSource(bytes), null)
  if (seen.head[0] === 0x1f || seen.invalid > 0) return
  const { mark } = await findEncoding('', seen, undefined)
  let end = bytes.length
  // what old systems leave behind the last row is no row
  while (end > mark && (bytes[end - 1] === 0 || bytes[end - 1] === 0x1a)) end--
  const { delimiter, quote } = file.dialect
  const { rows, lines, unreadable } = recordsOf(
    bytes.subarray(mark, end),
    { file: '', delimiter, quote: quote ?? '"' },
    Number.POSITIVE_INFINITY,
  )
  const header = file.headerRow ?? 0
  const records = rows.filter((row, i) => lines[i]! > header && row.some((cell) => cell.trim() !== '')).length
  assert.equal(file.rowsIn, records + unreadable)
}
