import type { Outcome } from './outcome.ts'

/** Confidence from which on it is high, and below which a person should look (the guide's). */
export const HIGH = 0.8
export const FAIR = 0.6

export const grade = (score: number): Outcome['confidenceGrade'] =>
  score >= HIGH ? 'high' : score >= FAIR ? 'fair' : 'low'

/** Nothing is certain, nor out of the question. */
const MOST = 0.99

/** A probability as it is published. */
export const asScore = (probability: number): number =>
  Number(Math.min(MOST, Math.max(1 - MOST, probability)).toFixed(3))
