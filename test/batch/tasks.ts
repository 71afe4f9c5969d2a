import type { ForecastOptions } from '../../src/automl/outcome.ts'
import type { Task } from '../../src/batch/task.ts'

export const engine = new URL('./engines/fake.ts', import.meta.url)

export const options: ForecastOptions = {
  horizon: 3,
  levels: [0.8, 0.95],
  nonNegative: 'auto',
  validationSplit: 0.2,
  maxModelsToTry: 5,
  effort: 'balanced',
  combination: 'auto',
  confidenceTolerance: 0.25,
  seasonalPreference: false,
  intermittentDetection: true,
  seed: 1,
  holidays: [],
  serviceLevel: 0.95,
  serviceMeasure: 'cycle',
  leadTime: 1,
  leadTimeAssumed: true,
  leadTimeSd: 0,
  leadTimes: [],
  reviewPeriod: 0,
}

export const tasksOf = (names: readonly string[]): Task[] =>
  names.map((name, index) => ({
    index,
    series: {
      name,
      values: Float64Array.from({ length: 20 + ((index * 7) % 30) }, (_, i) => i + index),
      seasonLength: 1,
      calendar: null,
    },
    options,
    unit: null,
    repairs: [],
    problems: [],
  }))
