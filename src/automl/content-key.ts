import type { Series } from '../series/series.ts'

/**
 * Two words that depend on every value of a series, for its random stream: equal content gives equal streams under any
 * name and at any place. -0 counts as 0; any missing value as the same one.
 * Regressors count with their values to come; companions count.
 */
export function contentKey({ values, seasonLength, regressors, companions, furtherSeasons = [] }: Series): string {
  const one = new Float64Array(1)
  const words = new Uint32Array(one.buffer)
  let a = 0x9e3779b9 ^ seasonLength
  let b = 0x243f6a88 ^ values.length
  const take = (value: number): void => {
    one[0] = Number.isNaN(value) ? Number.NaN : value + 0
    const missing = Number.isNaN(one[0])
    a = mix(a ^ (missing ? 0x7ff80000 : words[0]!)) + b
    b = mix(b ^ (missing ? 1 : words[1]!)) + a
  }
  values.forEach(take)
  furtherSeasons.forEach(take)
  for (const column of [...(regressors?.columns ?? []), ...(companions?.columns ?? [])]) column.forEach(take)
  return `${(mix(a) >>> 0).toString(16)}${(mix(b) >>> 0).toString(16)}`
}

/** Finalizer of MurmurHash3. */
function mix(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
