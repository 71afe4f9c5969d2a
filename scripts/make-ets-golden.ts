/**
 * Writes test/golden/ets.json: R's `forecast::ets` answers (forecast 8.20, R 4.2.2) for classic textbook series, with the series.
 *
 *   node scripts/make-ets-golden.ts [REFERENCE_DIR]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const CLASSIC = [
  'AirPassengers',
  'USAccDeaths',
  'lynx',
  'WWWusage',
  'Nile',
  'UKgas',
  'nottem',
  'LakeHuron',
  'JohnsonJohnson',
]
const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/reference')
const read = (file: string) => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8'))

const all = read('series.json.gz') as Record<string, { season: number; values: (number | null)[] }>
interface Case {
  series: string
  model: string
  damped: boolean
  par: Record<string, number>
  loglik: number
  sigma2: number
  forecast: { mean: number[]; lower80: number[] }
}
const cases = (read('ets.json.gz') as Case[])
  .filter(({ series }) => CLASSIC.includes(series))
  .map(({ series, model, damped, par, loglik, sigma2, forecast }) => {
    const { mean, lower80 } = forecast
    return { series, model, damped, par, loglik, sigma2, mean: mean.slice(0, 12), lower80: lower80.slice(0, 12) }
  })
const series = Object.fromEntries(CLASSIC.map((name) => [name, all[name]]))
const target = join(import.meta.dirname, '../test/golden/ets.json')
writeFileSync(target, `${JSON.stringify({ source: 'R 4.2.2, forecast 8.20, ets()', series, cases })}\n`)
