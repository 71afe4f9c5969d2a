import { type NormalEquations, normalEquations, regressionOn, remainder } from '../../math/normal-equations.ts'
import { centredLine, fourierTerms, type Waves } from '../../series/fourier.ts'
import { interpolate } from '../../series/missing.ts'
import { meanChange } from '../mean-change.ts'

/** What all forms with the same waves share: the transformed series and its regressions on a level, the waves and a line. */
export interface Ground {
  readonly y: Float64Array
  readonly waves: readonly Waves[]
  /** Without its gaps. */
  readonly complete: Float64Array
  /** Mean absolute change from a season before. */
  readonly change: number
  readonly equations: NormalEquations
}

export const groundOf = (y: Float64Array, waves: readonly Waves[], seasonLength: number): Ground => ({
  ...{ y, waves, complete: interpolate(y, seasonLength), change: meanChange(y, seasonLength) },
  equations: equationsFor(waves, y.length),
})

/** Series after series is as long and has the same waves. */
let known: { readonly key: string; readonly equations: NormalEquations } | null = null

/** A level, the waves, and a line last. */
function equationsFor(waves: readonly Waves[], length: number): NormalEquations {
  const key = JSON.stringify([waves, length])
  if (known?.key === key) return known.equations
  const terms = waves.flatMap((each) => fourierTerms(each, 0, length))
  const columns = [new Float64Array(length).fill(1), ...terms, centredLine(length)]
  known = { key, equations: normalEquations(columns) }
  return known.equations
}

/** Level and slope at the first step, and a cosine and a sine of each wave; a slope only with a `line`. */
export function lineAndWaves({ y, complete, equations }: Ground, line: boolean) {
  const size = equations.columns.length
  const coefficients = regressionOn(equations, complete, line ? size : size - 1)
  const half = line ? coefficients[size - 1]! : 0
  return {
    level: coefficients[0]! + half * (1 / y.length - 1),
    slope: (2 * half) / y.length,
    waves: coefficients.subarray(1, size - 1),
  }
}

/** What a level that stays and waves that last leave of a series: dependence is all there. */
export const stillErrors = ({ complete, equations }: Ground): Float64Array =>
  remainder(equations, complete, equations.columns.length - 1)
