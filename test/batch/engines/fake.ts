import { existsSync, writeFileSync } from 'node:fs'
import type { ForecastOptions, Outcome } from '../../../src/automl/outcome.ts'
import { Problem, problem } from '../../../src/messages.ts'
import type { Series } from '../../../src/series/series.ts'

/** Stands for the engine: the last value, and every way to misbehave, asked for by the name of the series. */
export function forecastSeries(series: Series, options: ForecastOptions): Outcome {
  const { name } = series
  if (name.startsWith('throws')) throw new TypeError('a bug')
  if (name.startsWith('refuses')) throw new Problem(problem('series_no_values', { observations: 3 }))
  if (name.startsWith('exits')) process.exit(7)
  if (name.startsWith('once ') && !existsSync(name.slice(5))) {
    writeFileSync(name.slice(5), '')
    process.exit(7)
  }
  if (name.startsWith('hangs') && options.effort !== 'fast') for (;;);
  if (name.startsWith('stuck')) for (;;);
  if (name.startsWith('eats')) for (const hoard: unknown[] = []; ; ) hoard.push(new Array(100_000).fill({ hoard }))
  if (name.startsWith('unsendable')) return { label: () => 'no plain data' } as unknown as Outcome
  return outcome(series.values, options.horizon)
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
    whyChosen: [],
    businessRecommendation: [],
    risk: [],
    alternatives: [],
    related: [],
    inventory: null,
    metrics: null,
    candidates: [],
    problems: [],
  }
}
