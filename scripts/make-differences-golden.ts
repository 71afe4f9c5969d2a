/**
 * Writes test/golden/differences.json: what R's `ndiffs` and `nsdiffs` say of some reference series, and the (d, D) that
 * its `auto.arima` takes, cut out of the reference answers of R (not part of this repository).
 * Usage: node scripts/make-differences-golden.ts [folder of the reference]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Short ones, and together every (d, D) that occurs. */
const CHOSEN =
  'USAccDeaths lynx WWWusage UKgas JohnsonJohnson N1530 N1671 N2818 N2770 N1378 N0961 N1399 N0927 N0048 N0511 N0536 N2981 N2877'
const folder = process.argv[2] ?? new URL('../../shared/reference', import.meta.url).pathname
const read = (name: string) => JSON.parse(gunzipSync(readFileSync(`${folder}/${name}`)).toString())
const other = read('other.json.gz')
const series = read('series.json.gz')
const auto = read('auto-arima.json.gz')
const golden = Object.fromEntries(
  CHOSEN.split(' ').map((name) => {
    const { season, values } = series[name]
    const [, , , , , d, D] = auto[name].arma
    const { ndiffs, nsdiffs } = other[name]
    return [name, { seasonLength: season, values, ndiffs, ...(season > 1 ? { nsdiffs } : {}), d, D }]
  }),
)
writeFileSync(new URL('../test/golden/differences.json', import.meta.url), `${JSON.stringify(golden)}\n`)
