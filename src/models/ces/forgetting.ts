/** What the transition of a pair (level and potential, or a complex season) less the errors' correction has on its past. */
function transition(a0: number, a1: number): { trace: number; determinant: number } {
  return { trace: 2 - 2 * a0 + a1, determinant: (1 - a0 + a1) * (1 - a0) + (1 - a1) * (1 - a0 - a1) }
}

/** Are past errors forgotten? Both roots of the transition lie inside the unit circle. */
export function forgets(a0: number, a1: number): boolean {
  const { trace, determinant } = transition(a0, a1)
  return determinant < 1 && Math.abs(trace) < 1 + determinant
}

/**
 * A prior that vanishes where errors are no longer forgotten, in units of the deviance; without it searches run into the
 * wall and crawl along it. Chosen on M3, M1 and tourism.
 */
const WALL = 4

/** Deviance of a pair's distances from the three sides of the region, whose gradient is added at `at` and `at + 1`. */
export function pairWall(a0: number, a1: number, gradient: Float64Array, at: number): number {
  const { trace, determinant } = transition(a0, a1)
  const rotating = 1 - determinant
  const upper = 1 + determinant - trace
  const lower = 1 + determinant + trace
  const by0 = 2 * a0 - 3
  const by1 = 2 * a1 - 1
  gradient[at]! += WALL * (by0 / rotating - (by0 + 2) / upper - (by0 - 2) / lower)
  gradient[at + 1]! += WALL * (by1 / rotating - (by1 - 1) / upper - (by1 + 1) / lower)
  return -WALL * Math.log(rotating * upper * lower)
}

/** The same of a real season's smoothing parameter, between 0 and 1. */
export function realWall(b0: number, gradient: Float64Array, at: number): number {
  gradient[at]! -= WALL * (1 / b0 - 1 / (1 - b0))
  return -WALL * Math.log(b0 * (1 - b0))
}
