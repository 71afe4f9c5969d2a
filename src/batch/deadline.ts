import type { Watch } from '../automl/watch.ts'
import { finishModel, type Hands, milliseconds, takeModel } from './hands.ts'
import type { Limits } from './messages.ts'

export interface Deadline extends Watch {
  /** Models whose search was ended by the clock: their forecasts stand, from less work than they wanted. */
  readonly cutShort: ReadonlySet<string>
}

/**
 * The inner of two fences: each model has `secondsPerModel`, counted from when its work is begun, after which its
 * searches end by themselves. The outer one is the pool's, for whoever does not ask.
 */
export function deadline(hands: Hands, limits: Limits, secondsPerModel: number): Deadline {
  const cutShort = new Set<string>()
  const { only, refused, because, reduced, chain } = limits
  let model = ''
  let until = Number.POSITIVE_INFINITY
  return {
    cutShort,
    chain,
    begin(name) {
      if (refused.includes(name) || (only !== null && !only.includes(name))) return because ?? reduced
      model = name
      takeModel(hands, name)
      until = milliseconds() + secondsPerModel * 1000
      return null
    },
    end(name) {
      until = Number.POSITIVE_INFINITY
      finishModel(hands, name)
    },
    expired() {
      if (milliseconds() < until) return false
      cutShort.add(model)
      return true
    },
  }
}
