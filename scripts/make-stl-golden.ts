/**
 * Writes test/golden/stl.json: R's periodic STL (trend and the season of one cycle) and Guerrero's lambda of two
 * classic series, cut out of the reference answers of R (`reference/other.json.gz`, not part of this repository).
 * Usage: node scripts/make-stl-golden.ts [folder of the reference]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

const folder = process.argv[2] ?? new URL('../../shared/reference', import.meta.url).pathname
const read = (name: string) => JSON.parse(gunzipSync(readFileSync(`${folder}/${name}`)).toString())
const other = read('other.json.gz')
const series = read('series.json.gz')
const golden = Object.fromEntries(
  ['AirPassengers', 'nottem'].map((name) => {
    const { season, values } = series[name]
    const { lambda, stl_periodic } = other[name]
    const seasonal = stl_periodic.seasonal.slice(0, season)
    return [name, { seasonLength: season, values, lambda, trend: stl_periodic.trend, seasonal }]
  }),
)
writeFileSync(new URL('../test/golden/stl.json', import.meta.url), `${JSON.stringify(golden)}\n`)
