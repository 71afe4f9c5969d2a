/**
 * Do bands hold what they say? Share of the values to come inside the 80 and 95 % bands, by model and step; `±` is two
 * bootstrapped standard errors of the share of all steps, series drawn whole:
 *
 *   npm run bench:coverage -- [--data DIR] [--sets a,b] [--models a,b] [--limit N] [--json]
 */
import { parseArgs } from 'node:util'
import { randomStream } from '../src/math/random.ts'
import { band } from '../src/models/bands.ts'
import { defaultData, readSet } from './data.ts'
import { chosenModels } from './models.ts'
import { table } from './table.ts'

const SETS = [
  ...['m3/monthly', 'm3/quarterly', 'm3/yearly', 'm3/other'],
  ...['m4/monthly_sample', 'm4/quarterly', 'm4/yearly', 'm4/weekly'],
  ...['tourism/monthly', 'tourism/quarterly', 'tourism/yearly'],
]
const LEVELS = [0.8, 0.95] as const
const STEPS = [1, 2, 4, 6, 8, 12, 18, 24]

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    sets: { type: 'string' },
    models: { type: 'string' },
    limit: { type: 'string', default: '400' },
    json: { type: 'boolean', default: false },
  },
})

const rows = (options.sets?.split(',') ?? SETS).flatMap((set) => {
  const all = readSet(options.data, set, Number(options.limit))
  return chosenModels(options.models).flatMap(([model, run]) => {
    const inside = LEVELS.map(() => new Map<number, [held: number, count: number]>())
    const shares = LEVELS.map((): number[] => [])
    for (const series of all) {
      const forecast = run(series)
      for (const [i, level] of LEVELS.entries()) {
        const { lower, upper } = band(forecast, level)
        let [within, judged] = [0, 0]
        for (const [h, actual] of series.test.entries()) {
          if (Number.isNaN(actual)) continue
          const held = Number(actual >= lower[h]! && actual <= upper[h]!)
          within += held
          judged++
          // step 0 stands for all steps together
          for (const step of [0, h + 1]) {
            const [sum, count] = inside[i]!.get(step) ?? [0, 0]
            inside[i]!.set(step, [sum + held, count + 1])
          }
        }
        if (judged > 0) shares[i]!.push(within / judged)
      }
    }
    return LEVELS.map((level, i) => {
      const share = (step: number): number | null => {
        const found = inside[i]!.get(step)
        return found === undefined ? null : found[0] / found[1]
      }
      return {
        set,
        model,
        series: all.length,
        level,
        all: share(0),
        twoErrors: twoErrors(shares[i]!),
        steps: STEPS.map(share),
      }
    })
  })
})

/** Two standard deviations of the mean of as many series drawn with repetition, a thousand times. */
function twoErrors(shares: readonly number[]): number {
  const random = randomStream('coverage')
  const means = Array.from({ length: 1000 }, () => {
    let sum = 0
    for (let i = 0; i < shares.length; i++) sum += shares[Math.floor(random.uniform() * shares.length)]!
    return sum / shares.length
  })
  const centre = means.reduce((sum, value) => sum + value, 0) / means.length
  return 2 * Math.sqrt(means.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (means.length - 1))
}

const percent = (share: number | null): string => (share === null ? '' : (100 * share).toFixed(1))
if (options.json) console.log(JSON.stringify({ steps: STEPS, rows }))
else {
  const head = ['set', 'model', 'series', 'level', 'all', '±', ...STEPS.map((step) => `h${step}`)]
  const body = rows.map(({ set, model, series, level, all, twoErrors: two, steps }) => [
    ...[set, model, String(series), `${100 * level} %`, percent(all), percent(two)],
    ...steps.map(percent),
  ])
  console.log(table(head, body))
}
