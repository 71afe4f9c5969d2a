import { type LocatedProblem, problem } from '../messages.ts'

/** A fault for every option that a model does not have: an option that nothing reads must not pass in silence. */
export function unknownOptions(options: object, known: object, model: string): LocatedProblem[] {
  const expected = Object.keys(known).join(', ')
  return Object.entries(options)
    .filter(([field]) => !Object.hasOwn(known, field))
    .map(([field, value]) => problem('config_invalid', { field, value: String(value), expected }, { model }))
}
