import { type Random, randomStream } from '../../src/math/random.ts'

/** n values of a process from one seed. */
export function simulate(
  key: string,
  n: number,
  next: (t: number, random: Random, before: number) => number,
): Float64Array {
  const random = randomStream(key)
  const values = new Float64Array(n)
  for (let t = 0; t < n; t++) values[t] = next(t, random, t === 0 ? 0 : values[t - 1]!)
  return values
}

export const noise = (key: string, n: number, mean = 0, sd = 1): Float64Array =>
  simulate(key, n, (_, random) => mean + sd * random.normal())

export const walk = (key: string, n: number): Float64Array =>
  simulate(key, n, (_, random, before) => before + random.normal())

/** Share of `seeds` for which `holds`. */
export function share(seeds: number, holds: (seed: number) => boolean): number {
  let count = 0
  for (let seed = 0; seed < seeds; seed++) if (holds(seed)) count++
  return count / seeds
}
