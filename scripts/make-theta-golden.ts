/**
 * Writes test/golden/theta.json: R's `thetaf` on some reference series, cut out of the reference answers of R (not part
 * of this repository).
 * Usage: node scripts/make-theta-golden.ts [folder of the reference]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** With and without a season, alpha at either bound and between; N1886 is one where R's search stops short. */
const CHOSEN = 'AirPassengers JohnsonJohnson Nile N1530 N1671 N1886 N0786 N1221 N0048 N0361 N0029'
const STEPS = 12
const folder = process.argv[2] ?? new URL('../../shared/reference', import.meta.url).pathname
const read = (name: string) => JSON.parse(gunzipSync(readFileSync(`${folder}/${name}`)).toString())
const other = read('other.json.gz')
const series = read('series.json.gz')
const golden = CHOSEN.split(' ').map((name) => {
  const { season, values } = series[name]
  const { mean, lower80 } = other[name].theta
  return { name, season, values, mean: mean.slice(0, STEPS), lower80: lower80.slice(0, STEPS) }
})
writeFileSync(new URL('../test/golden/theta.json', import.meta.url), `${JSON.stringify(golden)}\n`)
