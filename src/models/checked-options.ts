import { type LocatedProblem, Problem, problem } from '../messages.ts'

/** What an option must satisfy, given all of them, and how that is said. */
export type OptionRules<Spec> = {
  readonly [K in keyof Spec]: readonly [holds: (value: Spec[K], spec: Spec) => boolean, expected: string]
}

/** Options over their defaults, frozen; throws one `Problem` (`config_invalid`) with every fault, unknown options among them. */
export function checkedOptions<Spec extends object>(
  model: string,
  defaults: Spec,
  rules: OptionRules<Spec>,
  options: Partial<Spec> = {},
): Spec {
  const spec = { ...defaults, ...options }
  const faults: LocatedProblem[] = []
  const fault = (field: string, value: unknown, expected: string): void =>
    void faults.push(problem('config_invalid', { field, value: String(value), expected }, { model }))
  for (const [field, value] of Object.entries(spec)) {
    if (!Object.hasOwn(defaults, field)) {
      fault(field, value, Object.keys(defaults).join(', '))
      continue
    }
    const [holds, expected] = rules[field as keyof Spec]
    if (!holds(value as Spec[keyof Spec], spec)) fault(field, value, expected)
  }
  if (faults.length > 0) throw new Problem(faults[0]!, faults)
  return Object.freeze(spec)
}

export const oneOf =
  <T>(...values: readonly T[]) =>
  (value: T): boolean =>
    values.includes(value)
export const wholeBetween =
  (from: number, to: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= from && (value as number) <= to
export const above =
  (bound: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && value > bound && Number.isFinite(value)
