import { appendFileSync, writeFileSync } from 'node:fs'
import { forecastSeries as forecast } from '../../src/automl/forecast-series.ts'
import { milliseconds } from '../../src/batch/hands.ts'
import type { ForecastSeries } from '../../src/batch/messages.ts'

/** What a bad model may do; done by the model named, in a series called `DEED in MODEL`. */
export const DEEDS = {
  spins: () => {
    for (;;);
  },
  exits: () => process.exit(0),
  eats: () => {
    for (const hoard: unknown[] = []; ; ) hoard.push(new Array(100_000).fill({ hoard }))
  },
  hoards: () => {
    for (const hoard: Float64Array[] = []; ; ) hoard.push(new Float64Array(1_000_000).fill(1))
  },
  'stops the process': () => {
    process.kill(process.pid, 'SIGSEGV')
    for (;;);
  },
} as const

/**
 * The engine with models that go wrong. Those that only do what they should not, and go on (close the output, throw later
 * from a timer, write over their input's copy), are in the name too: `LAPSE by MODEL`. Each series that is begun is written
 * down in FAULTS_LOG, the moment of a deed in FAULTS_DEEDS.
 */
export const forecastSeries: ForecastSeries = (series, options, watch) => {
  const [, deed, guilty] = /^(.+) in (\w+)$/.exec(series.name) ?? []
  const [, lapse] = /^(.+) by \w+$/.exec(series.name) ?? []
  if (process.env.FAULTS_LOG !== undefined) appendFileSync(process.env.FAULTS_LOG, `${series.name}\n`)
  if (lapse === 'closes the output') process.stdout.destroy()
  if (lapse === 'throws later')
    setTimeout(() => {
      throw new Error('later')
    }, 0)
  if (lapse === 'promises for ever') return new Promise(() => {}) as never
  const outcome = forecast(series, options, {
    ...watch,
    begin(model) {
      const kept = watch.begin(model)
      if (kept === null && model === guilty && watch.chain === 'full') {
        if (process.env.FAULTS_DEEDS !== undefined) writeFileSync(process.env.FAULTS_DEEDS, String(milliseconds()))
        DEEDS[deed as keyof typeof DEEDS]()
      }
      return kept
    },
  })
  if (lapse === 'writes over its input') series.values.fill(Number.NaN)
  return outcome
}
