import { existsSync, writeFileSync } from 'node:fs'
import type { ForecastOptions, Outcome } from '../../../src/automl/outcome.ts'
import { unwatched, type Watch } from '../../../src/automl/watch.ts'
import { Problem, problem } from '../../../src/messages.ts'
import type { Series } from '../../../src/series/series.ts'
import { NOTHING_SAID } from './nothing-said.ts'

const CHAINS = {
  full: ['ets', 'theta', 'arima', 'seasonal_naive'],
  simple: ['simple_arima', 'ets', 'seasonal_naive', 'naive'],
  naive: ['seasonal_naive', 'naive'],
} as const

/**
 * Stands for the engine: the last value, in the name of the models that were let work, and every way to misbehave, asked
 * for by the name of the series: `spins in theta, arima`. `once PATH` misbehaves only while PATH is not there.
 */
export function forecastSeries(series: Series, options: ForecastOptions, watch: Watch = unwatched): Outcome {
  const { name } = series
  if (name.startsWith('throws')) throw new TypeError('a bug')
  if (name.startsWith('refuses')) throw new Problem(problem('series_no_values', { observations: 3 }))
  if (name.startsWith('spins before')) for (;;);
  if (name.startsWith('unsendable')) return { label: () => 'no plain data' } as unknown as Outcome
  const [, deed = '', where = ''] = /^(\w+) in (.+)$/.exec(name) ?? []
  const models = where.split(', ')
  const worked: string[] = []
  for (const model of CHAINS[watch.chain]) {
    if (watch.begin(model) !== null) continue
    if (models.includes(model) || models.includes('all')) misbehave(deed, watch)
    watch.end(model)
    worked.push(model)
    if (watch.chain !== 'full') break
  }
  if (name.startsWith('once ') && !existsSync(name.slice(5))) {
    writeFileSync(name.slice(5), '')
    process.exit(7)
  }
  return { ...outcome(series.values, options.horizon), label: worked.join('+') }
}

function misbehave(deed: string, watch: Watch): void {
  if (deed === 'exits') process.exit(7)
  // what an abort, or a fault in native code, does to a whole process
  if (deed === 'aborts') process.kill(process.pid, 'SIGABRT')
  if (deed === 'aborts') for (;;);
  if (deed === 'spins') for (;;);
  if (deed === 'searches') while (!watch.expired());
  if (deed === 'eats') for (const hoard: unknown[] = []; ; ) hoard.push(new Array(100_000).fill({ hoard }))
  if (deed === 'hoards') for (const hoard: Float64Array[] = []; ; ) hoard.push(new Float64Array(1_000_000).fill(1))
}

export function outcome(values: Float64Array, horizon: number): Outcome {
  const last = values.at(-1)!
  const probabilities = Float64Array.of(0.025, 0.1, 0.5, 0.9, 0.975)
  const z = [-1.959963984540054, -1.2815515655446004, 0, 1.2815515655446004, 1.959963984540054]
  const bands = Float64Array.from(
    { length: horizon * 5 },
    (_, i) => last + z[i % 5]! * Math.sqrt(1 + Math.floor(i / 5)),
  )
  return {
    status: 'success',
    requested: 'naive',
    used: 'naive',
    label: 'Naive',
    because: null,
    members: [{ model: 'naive', label: 'Naive', weight: 1 }],
    pattern: 'smooth',
    flags: [],
    patternEvidence: {},
    forecast: {
      mean: new Float64Array(horizon).fill(last),
      bands: { probabilities, values: bands, response: new Float64Array(horizon).fill(1) },
    },
    confidenceScore: 0.8,
    confidenceTolerance: 0.25,
    beatsNaive: 0.7,
    confidenceGrade: 'high',
    ...NOTHING_SAID,
  }
}
