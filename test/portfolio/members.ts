import type { SeriesResult } from '../../src/batch/run-result.ts'
import { normalQuantile } from '../../src/math/distribution/normal.ts'
import type { Member } from '../../src/portfolio/member.ts'
import type { Calendar } from '../../src/series/calendar.ts'
import { result } from '../export/results.ts'

export const monthly: Calendar = { frequency: { unit: 'month', step: 1 }, start: '2022-01-01', monthEnd: false }

const PROBABILITIES = Float64Array.of(0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)

/** A normal forecast of a constant level. */
export const forecastOf = (mean: number, sd: number, horizon: number) => ({
  mean: new Float64Array(horizon).fill(mean),
  bands: {
    probabilities: PROBABILITIES,
    values: Float64Array.from({ length: 7 * horizon }, (_, k) => mean + sd * normalQuantile(PROBABILITIES[k % 7]!)),
    response: new Float64Array(horizon).fill(1, 0, 1),
  },
})

/** A series of a portfolio with a forecast of its level; 24 months end in December 2023. */
export function member(
  name: string,
  values: ArrayLike<number>,
  change: Partial<Omit<Member, 'result'>> = {},
  results: Parameters<typeof result>[0] = {},
): Member {
  const history = Float64Array.from(values)
  const known = history.filter((value) => !Number.isNaN(value))
  const level = known.reduce((sum, value) => sum + value, 0) / known.length
  const dates = Array.from({ length: 6 }, (_, h) => `2024-0${h + 1}-01`)
  const start = history.length === 24 ? monthly.start : `2023-${String(13 - history.length).padStart(2, '0')}-01`
  const calendar = { ...monthly, start }
  const plain: SeriesResult = result({
    ...{ name, calendar, horizon: 6, dates, history, observations: history.length },
    ...results,
    outcome: results.outcome === null ? null : { forecast: forecastOf(level, level / 5, 6), ...results.outcome },
  })
  return {
    result: plain,
    values: history,
    calendar,
    seasonLength: 12,
    group: {},
    supply: {},
    ...change,
  }
}

export const season = (level: number, n = 24): number[] =>
  Array.from({ length: n }, (_, t) => level * (1 + 0.5 * Math.sin((2 * Math.PI * (t + 24 - n)) / 12)))
