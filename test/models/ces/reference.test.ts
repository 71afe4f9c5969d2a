import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { filter, makeTrace, type Parameters } from '../../../src/models/ces/kernel.ts'
import { type CesMember, course, parametersOf, shapeOf } from '../../../src/models/ces/member.ts'
import type { CesSeasonality } from '../../../src/models/ces/spec.ts'

interface Case {
  readonly seasonality: CesSeasonality
  readonly seasonLength: number
  readonly values: number[]
  readonly parameters: Readonly<Record<'alpha_0' | 'alpha_1' | 'beta_0' | 'beta_1', number | null>>
  /** Level and potential, then season and its potential, a row a lag. */
  readonly states: number[][]
  readonly errors: number[]
  readonly forecast: number[]
}

const { cases } = JSON.parse(readFileSync(new URL('../../golden/ces.json', import.meta.url), 'utf8')) as {
  cases: Case[]
}
/** The same recursion in the same arithmetic, relative to values of about 100: rounding only. */
const SAME = 1e-9

for (const { seasonality, seasonLength: m, values, parameters, states, errors, forecast } of cases)
  test(`${seasonality}: errors and forecasts are statsforecast's at its parameters`, () => {
    const shape = shapeOf(seasonality, m)
    const own = seasonality === 'simple'
    const level = [parameters.alpha_0 ?? 0, parameters.alpha_1 ?? 0] as const
    // a season alone has the pair that a level has elsewhere
    const season = own ? level : ([parameters.beta_0 ?? 0, parameters.beta_1 ?? 0] as const)
    const initial = new Float64Array(2 + 2 * m)
    const at = own ? 0 : 2
    // a season's states enter one season later: the last row of the level is the one before the first value
    if (!own) initial.set(states.at(-1)!.slice(0, 2))
    if (seasonality !== 'none')
      for (let j = 0; j < m; j++) {
        initial[2 + j] = states[j]![at]!
        initial[2 + m + j] = states[j]![at + 1] ?? 0
      }
    const [a0, a1] = own ? [0, 0] : level
    const [b0, b1] = season
    const filtered: Parameters = { a0, a1, b0, b1, states: initial.slice() }
    const trace = makeTrace(values.length)
    filter(shape, Float64Array.from(values), filtered, trace)
    for (const [t, error] of errors.entries()) assert.ok(Math.abs(trace.e[t]! - error) < 100 * SAME, `error ${t}`)
    const member: CesMember = {
      ...{
        label: '',
        weight: 1,
        seasonality,
        seasonLength: m,
        returns: false,
        a0,
        a1,
        b0,
        b1,
        variance: 1,
        logLikelihood: 0,
        aicc: 0,
      },
      ...{ initial: Array.from(initial), final: Array.from(filtered.states) },
    }
    const path = course(shape, parametersOf(member, member.final), values.length, forecast.length)
    for (const [h, value] of forecast.entries()) assert.ok(Math.abs(path[h]! - value) < 100 * SAME, `step ${h + 1}`)
  })
