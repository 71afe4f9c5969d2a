/**
 * Writes `test/golden/seasons.json`: R's `mstl` and `tbats` (forecast 8.20, default options) of the classic series, from
 * the reference answers beside the checkout:
 *
 *   node scripts/make-seasons-golden.ts [FOLDER]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

interface Answers {
  readonly mstl?: { readonly trend: number[]; readonly remainder: number[] }
  readonly tbats?: { readonly forecast: number[] }
}

const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/reference')
const read = <T>(name: string): Record<string, T> =>
  JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString()) as Record<string, T>
const series = read<{ season: number; values: number[] }>('series.json.gz')
const golden = Object.entries(read<Answers>('other.json.gz')).flatMap(([name, { mstl, tbats }]) => {
  if (mstl === undefined || tbats === undefined) return []
  const { season, values } = series[name]!
  // R gives the parts that are left: the season is what they leave of the values
  const seasonal = values.map((value, t) => Number((value - mstl.trend[t]! - mstl.remainder[t]!).toPrecision(10)))
  return [{ name, seasonLength: season, values, seasonal, tbats: tbats.forecast }]
})
writeFileSync(join(import.meta.dirname, '../test/golden/seasons.json'), JSON.stringify(golden))
