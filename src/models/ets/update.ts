import { Problem, problem } from '../../messages.ts'
import type { Series } from '../../series/series.ts'
import { type Design, designOf, withoutUnknown } from '../design.ts'
import type { EtsFit, EtsMember } from './fit.ts'
import { filter, makeTrace } from './kernel.ts'
import { parseForm, shapeOf } from './spec.ts'

/**
 * Runs every form through another history with its own parameters and initial states. A form that cannot follow (a
 * multiplicative one that meets zero) leaves the average; throws `model_failed` (`not_finite`) where none can.
 */
export function update(fit: EtsFit, series: Series): EtsFit {
  const design = designOf(series)
  const y = withoutUnknown(series.values, design).map((value) => value / fit.scale)
  const trace = makeTrace(y.length)
  const carried = fit.members.flatMap((member) =>
    carry(member, unexplained(y, member, design), fit.seasonLength, trace),
  )
  if (carried.length === 0)
    throw new Problem(problem('model_failed', { model: 'ets', cause: 'not_finite' }, { model: 'ets', stage: 'update' }))
  const total = carried.reduce((sum, { weight }) => sum + weight, 0)
  const members = carried.map((member) => ({ ...member, weight: member.weight / total }))
  return { ...fit, label: members[0]!.label, evaluations: 0, observations: y.length, members }
}

function unexplained(y: Float64Array, { effects }: EtsMember, { columns }: Design): Float64Array {
  if (effects.every((coefficient) => coefficient === 0)) return y
  return y.map((value, t) => effects.reduce((rest, coefficient, c) => rest - coefficient * columns[c]![t]!, value))
}

function carry(
  member: EtsMember,
  y: Float64Array,
  seasonLength: number,
  trace: ReturnType<typeof makeTrace>,
): EtsMember[] {
  const { alpha, beta, gamma, phi, initial } = member
  const shape = shapeOf(parseForm(member.form)!, seasonLength)
  const states = Float64Array.from(initial)
  if (!filter(shape, y, { alpha, beta, gamma, phi, states }, trace)) return []
  return [{ ...member, final: Array.from(states) }]
}
