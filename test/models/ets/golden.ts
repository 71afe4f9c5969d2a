import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Parameters } from '../../../src/models/ets/kernel.ts'
import { type Form, parseForm, shapeOf } from '../../../src/models/ets/spec.ts'

/** One `ets(model=, damped=)` answer of R; `scripts/make-ets-golden.ts` made the file. */
export interface GoldenCase {
  readonly series: string
  readonly model: string
  readonly damped: boolean
  readonly par: Readonly<Record<string, number>>
  readonly loglik: number
  readonly sigma2: number
  readonly mean: readonly number[]
  readonly lower80: readonly number[]
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/ets.json'), 'utf8')) as {
  series: Record<string, { season: number; values: number[] }>
  cases: GoldenCase[]
}
export const cases = golden.cases
export const seriesOf = ({ series }: GoldenCase) => golden.series[series]!
export const formOf = ({ model, damped }: GoldenCase): Form =>
  parseForm(`${model[0]}${damped ? 'Ad' : model[1]}${model[2]}`)!
export const nameOf = (item: GoldenCase): string => `${item.series} ${item.model}${item.damped ? ' damped' : ''}`

/** R's parameters and initial states in our order: R's s0 is the newest season, its last one follows from their sum. */
export function parametersOf(item: GoldenCase): Parameters {
  const { par } = item
  const m = seriesOf(item).season
  const form = formOf(item)
  const shape = shapeOf(form, m)
  const states = new Float64Array(2 + (shape.season === 0 ? 0 : m))
  states[0] = par.l!
  states[1] = par.b ?? 0
  if (shape.season !== 0) {
    let sum = 0
    for (let j = 0; j < m - 1; j++) {
      states[2 + m - 1 - j] = par[`s${j}`]!
      sum += par[`s${j}`]!
    }
    states[2] = (shape.season === 2 ? m : 0) - sum
  }
  return { alpha: par.alpha!, beta: par.beta ?? 0, gamma: par.gamma ?? 0, phi: par.phi ?? 1, states }
}
