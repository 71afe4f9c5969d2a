import { incompleteBeta } from './incomplete-beta.ts'

/** P(F > f) with these degrees of freedom of numerator and denominator (Abramowitz & Stegun 26.6.2). */
export function fUpperTail(f: number, numerator: number, denominator: number): number {
  if (Number.isNaN(f) || !(numerator > 0) || !(denominator > 0)) return Number.NaN
  if (!(f > 0)) return 1
  if (f === Number.POSITIVE_INFINITY) return 0
  return incompleteBeta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2)
}
