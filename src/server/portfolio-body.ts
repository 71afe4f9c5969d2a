import { LONGEST_NAME, SeriesInput } from '../contract/series.ts'
import { problem } from '../messages.ts'
import { type Fault, faultsOf, pointerPart } from './faults.ts'

/**
 * The series of a request, in order, as pairs, and every fault: a name may be anything, `__proto__` too, and is never a key
 * of ours.
 */
export function checkPortfolio(portfolio: object): { pairs: [string, SeriesInput][]; faults: Fault[] } {
  const faults: Fault[] = []
  const pairs: [string, SeriesInput][] = []
  for (const [name, input] of Object.entries(portfolio)) {
    const pointer = `/portfolio${pointerPart(name)}`
    if (name.trim() === '' || name.length > LONGEST_NAME || name.includes('\u0000'))
      faults.push({ pointer: pointer.slice(0, 2000), problem: problem('name_unusable', { name: name.slice(0, 80) }) })
    const checked = SeriesInput.safeParse(input)
    if (checked.success) pairs.push([name, checked.data])
    else faults.push(...faultsOf(checked.error, input, pointer))
  }
  if (pairs.length === 0 && faults.length === 0) {
    const params = { field: '/portfolio', value: '{}', expected: '≥ 1' }
    faults.push({ pointer: '/portfolio', problem: problem('field_invalid', params) })
  }
  return { pairs, faults }
}
