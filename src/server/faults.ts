import type { z } from 'zod'
import { type LocatedProblem, problem } from '../messages.ts'
import { closestName } from '../processor/closest.ts'
import { shownValue } from '../processor/config.ts'

/** A fault of a request with the place it speaks of, as a JSON pointer, `?query` or `:header`. */
export interface Fault {
  readonly pointer: string
  readonly problem: LocatedProblem
}

/** A value in the path of a pointer (RFC 6901). */
export const pointerPart = (part: PropertyKey): string => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`

type Issue = z.core.$ZodIssue

/** What a schema found wrong, each as a fault; `at` leads its pointers. */
export function faultsOf(error: z.ZodError, input: unknown, at: string, schema?: z.ZodType): Fault[] {
  return error.issues.flatMap((issue) => faults(issue, input, at, schema))
}

function faults(issue: Issue, input: unknown, at: string, schema?: z.ZodType): Fault[] {
  const pointer = at + issue.path.map(pointerPart).join('')
  const field = pointer === '' ? '/' : pointer
  const value = valueAt(input, issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointer + pointerPart(key),
      problem: problem('field_unknown', {
        field: `${pointer}${pointerPart(key)}`.slice(0, 200),
        closest: closestName(key.slice(0, 100), namesAt(schema, issue.path)),
      }),
    }))
  if (value === undefined) return [{ pointer, problem: problem('field_missing', { field }) }]
  if (issue.code === 'invalid_union') {
    // the branch that got furthest into the value says most
    const branches = issue.errors.filter((branch) => branch.some(({ path }) => path.length > 0))
    const [deepest] = branches.sort((a, b) => a.length - b.length)
    if (deepest !== undefined)
      return deepest.flatMap((one) => faults({ ...one, path: [...issue.path, ...one.path] }, input, at))
    const expected = [...new Set(issue.errors.flat().map(expectation))].join(' | ')
    return [{ pointer, problem: invalid(field, value, expected) }]
  }
  return [{ pointer, problem: invalid(field, value, expectation(issue)) }]
}

const invalid = (field: string, value: unknown, expected: string): LocatedProblem =>
  problem('field_invalid', { field: field.slice(0, 200), value: shownValue(value), expected })

/** What would have been right, in signs that need no language. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected
    case 'invalid_value':
      return issue.values.map(String).join(' | ')
    case 'too_small':
      return `${issue.origin === 'number' || issue.origin === 'int' ? '' : 'length '}${issue.inclusive ? '≥' : '>'} ${issue.minimum}`
    case 'too_big':
      return `${issue.origin === 'number' || issue.origin === 'int' ? '' : 'length '}${issue.inclusive ? '≤' : '<'} ${issue.maximum}`
    case 'invalid_format':
      return issue.pattern ?? issue.format
    default:
      return issue.message
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

/** Fields that a schema has at a place, as far as it is made of objects. */
function namesAt(schema: z.ZodType | undefined, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  for (const part of [...path, null]) {
    while (at !== null && typeof at === 'object' && 'unwrap' in at) at = (at as { unwrap: () => unknown }).unwrap()
    const shape = (at as { shape?: Record<string, unknown> } | undefined)?.shape
    if (part === null) return Object.keys(shape ?? {})
    at = shape?.[String(part)]
  }
  return []
}
