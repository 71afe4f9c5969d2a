import type { Summary } from '../data/api.ts'
import type { Words } from '../words/words.tsx'

/** What is at stake in the exceptions of a run; null where it cannot be added up: quantities of several units. */
export function stakeOf({ exceptions, totals }: Summary, { say, number }: Words): string | null {
  const { value, quantity } = exceptions.at_risk
  if (exceptions.basis === 'value' && value !== null) return say('review.value_at_risk', { value: number(value) })
  const [only, ...others] = totals
  if (only === undefined || others.length > 0 || quantity <= 0) return null
  return say('inbox.quantity', { quantity: number(quantity), unit: only.unit ?? '' }).trim()
}
