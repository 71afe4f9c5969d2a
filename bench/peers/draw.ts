/**
 * Writes the samples that the namesakes are asked for, one JSON file a set:
 *
 *   node bench/peers/draw.ts FOLDER [--data DIR]
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultData } from '../data.ts'
import { SETS, sampleOf } from './sample.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string', default: defaultData } },
})
const [folder] = positionals
if (folder === undefined) throw new Error('a folder is expected')
mkdirSync(folder, { recursive: true })
for (const set of SETS) {
  const items = sampleOf(options.data, set).map((series) => ({
    id: series.id,
    frequency: series.frequency,
    start: '2000-01-01',
    seasons: [series.seasonLength, ...series.asked],
    horizon: series.test.length,
    values: Array.from(series.train, (value) => (Number.isNaN(value) ? null : value)),
  }))
  writeFileSync(join(folder, `${set}.json`), JSON.stringify(items))
  console.log(`${set}: ${items.length}`)
}
