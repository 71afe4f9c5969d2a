import type { Outcome } from './outcome.ts'

export interface ConfidenceEvidence {
  readonly observations: number
  /** Error in the trials over the mean absolute value there; null without trials. */
  readonly relativeError: number | null
  /** 1 - error / error of the better of naive and seasonal naive. */
  readonly skill: number
  /** Share of the values judged that fell inside the 80 % band; NaN where there is none. */
  readonly coverage80: number
  readonly constant: boolean
}

/** Without trials nothing supports more than this. */
const UNTRIED = 0.3

/**
 * How far a forecast deserves to be used unseen, 0 to 1. A stated heuristic until it is calibrated against outcomes:
 * the product of accuracy exp(-1.5 relative error), what it adds to a naive forecast (0.75 to 1; 0.8 for nothing),
 * the shortfall of the 80 % band, and the length of the history n / (n + 6). Noise, random walks and sporadic demand,
 * whose errors are as large as their values or whose models add nothing, cannot score high.
 */
export function confidence(evidence: ConfidenceEvidence): number {
  const { observations, relativeError, skill, coverage80, constant } = evidence
  const length = observations / (observations + 6)
  if (constant) return round(length)
  if (observations < 2) return 0.05
  if (relativeError === null || !Number.isFinite(relativeError)) return round(UNTRIED * length)
  const accuracy = Math.exp(-1.5 * relativeError)
  const added = Math.min(1, Math.max(0.75, 0.8 + 0.6 * (Number.isNaN(skill) ? 0 : skill)))
  const shortfall = Number.isNaN(coverage80) ? 0.2 : Math.max(0, 0.8 - coverage80)
  return round(length * accuracy * added * (1 - 0.5 * shortfall))
}

export function grade(score: number): Outcome['confidenceGrade'] {
  return score >= 0.8 ? 'high' : score >= 0.6 ? 'fair' : 'low'
}

const round = (score: number): number => Number(score.toFixed(3))
