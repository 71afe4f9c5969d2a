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
import { type ArimaCase, type AutoArimaCase, compareArima, compareAutoArima, toleranceOf } from './reference-arima.ts'
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

const arimas = (read('arima.json.gz') as (ArimaCase & { series: string })[]).map((item) => {
  const whole = { ...item, ...series[item.series]! }
  const name = `${item.series} (${item.order})(${item.seasonal})`
  return { name, tolerance: toleranceOf(whole), ...compareArima(whole) }
})
const arimaReached = arimas.filter((item) => item.reached).length
const autoArimas = Object.entries(read('auto-arima.json.gz') as Record<string, AutoArimaCase>).map(([name, item]) => ({
  name,
  gap: compareAutoArima({ ...item, ...series[name]! }),
}))
const CLOSE = 0.05
const autoReached = autoArimas.filter(({ gap }) => gap <= CLOSE).length
const lowest = (gaps: readonly { readonly gap: number }[]): number =>
  gaps.reduce((low, { gap }) => Math.min(low, gap), Number.POSITIVE_INFINITY)
const noLikelihood = arimas.filter((item) => !item.reached && item.atTheirs < -item.tolerance).length

if (options.json)
  console.log(
    JSON.stringify({
      ets: { cases: cases.length, reached, worst: worst.gap },
      differences: { cases: differing.length, agreeing },
      theta: { cases: thetas.length, agreeing: sameThetas },
      arima: { cases: arimas.length, reached: arimaReached, worst: lowest(arimas), explained: noLikelihood },
      autoArima: {
        cases: autoArimas.length,
        reached: autoReached,
        worst: -lowest(autoArimas.map(({ gap }) => ({ gap: -gap }))),
      },
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
  console.log(
    `arima: ${arimaReached} of ${arimas.length} reached, ${noLikelihood} others where R's value is no likelihood`,
  )
  for (const { name, gap, atTheirs } of arimas.filter((item) => !item.reached))
    console.log(`  ${name}: ${gap.toFixed(4)}; at R's coefficients ${atTheirs.toFixed(4)}`)
  console.log(`auto-arima: AICc at most ${CLOSE} above R's on ${autoReached} of ${autoArimas.length} series`)
  for (const { name, gap } of autoArimas.filter(({ gap }) => gap > CLOSE)) console.log(`  ${name}: +${gap.toFixed(3)}`)
  console.log(`ets: ${reached} of ${cases.length} reached, ${milliseconds.toFixed(2)} ms a fit`)
  for (const { name, gap } of gaps.filter(({ gap }) => gap < -1e-3)) console.log(`  ${name}: ${gap.toFixed(4)}`)
}
