/**
 * Writes test/golden/arima.json: answers of R's `stats::arima(method = "ML")` and `forecast::auto.arima` (R 4.2.2,
 * forecast 8.20) for classic textbook series, with the series.
 *
 *   node scripts/make-arima-golden.ts [REFERENCE_DIR]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const CLASSIC = ['USAccDeaths', 'lynx', 'WWWusage', 'UKgas', 'nottem', 'LakeHuron', 'presidents']
const STEPS = 6
const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/reference')
const read = (file: string) => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString('utf8'))

interface Case {
  series: string
  order: number[]
  seasonal: number[]
  coef: Record<string, number>
  loglik: number
  forecast: { mean: number[] }
}
const all = read('series.json.gz') as Record<string, { season: number; values: (number | null)[] }>
const cases = (read('arima.json.gz') as Case[])
  .filter(({ series }) => CLASSIC.includes(series))
  .map(({ series, order, seasonal, coef, loglik, forecast }) => {
    return { series, order, seasonal, coef, loglik, mean: forecast.mean.slice(0, STEPS) }
  })
const chosen = read('auto-arima.json.gz') as Record<string, { arma: number[]; aicc: number }>
const automatic = CLASSIC.flatMap((series) => {
  const item = chosen[series]
  return item === undefined ? [] : [{ series, arma: item.arma, aicc: item.aicc }]
})
const series = Object.fromEntries(CLASSIC.filter((name) => name in all).map((name) => [name, all[name]]))
const target = join(import.meta.dirname, '../test/golden/arima.json')
const source = 'R 4.2.2, stats::arima() and forecast 8.20 auto.arima()'
writeFileSync(target, `${JSON.stringify({ source, series, cases, automatic })}\n`)
