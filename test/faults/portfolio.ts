import { randomStream } from '../../src/math/random.ts'

/** Shapes of demand that take different models different times. */
const SHAPES: readonly ((t: number, noise: () => number) => number)[] = [
  (t, noise) => 200 + 60 * Math.sin((t * Math.PI) / 6) + 12 * noise(),
  (t, noise) => 80 + 0.7 * t + 9 * noise(),
  (_, noise) => Math.max(0, Math.round(3 * noise() - 2)),
  (t, noise) => (150 + t) * (1 + 0.3 * Math.sin((t * Math.PI) / 6)) + 15 * noise(),
]

/** Name and monthly values, the same for the same seed. */
export function madePortfolio(series: number, months: number, seed: string): [name: string, values: number[]][] {
  return Array.from({ length: series }, (_, i) => {
    const random = randomStream(`${seed}|${i}`)
    const shape = SHAPES[i % SHAPES.length]!
    const length = months + ((i * 7) % 24)
    const values = Array.from({ length }, (_, t) => Math.round(100 * shape(t, () => random.normal())) / 100)
    return [`series ${i}`, values]
  })
}

export function asCsv(portfolio: readonly (readonly [string, readonly number[]])[]): string {
  const rows = portfolio.flatMap(([name, values]) =>
    values.map(
      (value, t) => `${name},${2010 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01,${value}`,
    ),
  )
  return `series_name,date,value\n${rows.join('\n')}\n`
}
