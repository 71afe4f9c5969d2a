/**
 * How often an estimate reaches R's own log-likelihood, our standard theta is R's, and we difference as R does:
 *
 *   npm run bench:reference -- [--reference DIR] [--json]
 *
 * R's optimiser often stops short, so its value is a floor: reached means at least R's value less 1e-3.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { compareDifferences, type DifferencesCase } from './reference-differences.ts'
import { compareEts, type EtsCase } from './reference-ets.ts'
import { compareTheta, SAME_FORECAST, type ThetaCase } from './reference-theta.ts'

const { values: options } = parseArgs({
  options: {
    reference: { type: 'string', default: join(import.meta.dirname, '../../shared/reference') },
    json: { type: 'boolean', default: false },
  },
})
const read = (file: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(join(options.reference, file))).toString('utf8'))

const series = read('series.json.gz') as Record<string, { season: number; values: (number | null)[] }>
const cases = (read('ets.json.gz') as (Omit<EtsCase, 'season' | 'values'> & { series: string })[]).map((item) => ({
  ...item,
  ...series[item.series]!,
}))
const begin = performance.now()
const gaps = cases.map((item) => ({
  name: `${item.series} ${item.model}${item.damped ? ' damped' : ''}`,
  gap: compareEts(item),
}))
const milliseconds = (performance.now() - begin) / cases.length
const worst = gaps.reduce((low, item) => (item.gap < low.gap ? item : low))
const reached = gaps.filter(({ gap }) => gap >= -1e-3).length

type Answers = Record<string, Pick<DifferencesCase, 'ndiffs' | 'nsdiffs'>>
const automatic = read('auto-arima.json.gz') as Record<string, { arma: number[] }>
const differing = Object.entries(read('other.json.gz') as Answers).map(([name, { ndiffs, nsdiffs }]) => {
  const [d, D] = automatic[name]!.arma.slice(5) as [number, number]
  return { name, words: compareDifferences({ ...series[name]!, ndiffs, nsdiffs, d, D }) }
})
const agreeing = differing.filter(({ words }) => words.length === 0).length

/** R refuses a series with missing values. */
type Forecasts = Record<string, { theta: Pick<ThetaCase, 'mean' | 'lower80'> | null }>
const thetas = Object.entries(read('other.json.gz') as Forecasts).flatMap(([name, { theta }]) =>
  theta === null ? [] : [{ name, ...compareTheta({ ...series[name]!, ...theta }) }],
)
const sameThetas = thetas.filter(({ difference }) => difference <= SAME_FORECAST).length

if (options.json)
  console.log(
    JSON.stringify({
      ets: { cases: cases.length, reached, worst: worst.gap },
      differences: { cases: differing.length, agreeing },
      theta: { cases: thetas.length, agreeing: sameThetas },
    }),
  )
else {
  console.log(`differences: ${agreeing} of ${differing.length} series as R's ndiffs, nsdiffs and auto.arima`)
  for (const { name, words } of differing) for (const word of words) console.log(`  ${name}: ${word}`)
  console.log(`theta: ${sameThetas} of ${thetas.length} series forecast as R's thetaf, to ${SAME_FORECAST}`)
  for (const { name, difference, excess } of thetas.filter(({ difference }) => difference > SAME_FORECAST))
    console.log(
      `  ${name}: ${difference.toExponential(1)} off, R's standard error ${(100 * excess).toFixed(2)} % above ours`,
    )
  console.log(`ets: ${reached} of ${cases.length} reached, ${milliseconds.toFixed(2)} ms a fit`)
  for (const { name, gap } of gaps.filter(({ gap }) => gap < -1e-3)) console.log(`  ${name}: ${gap.toFixed(4)}`)
}
