import type { z } from 'zod'
import type { ExceptionKind, Finding, Severity } from '../contract/finding.ts'
import type { Code } from '../messages.ts'
import type { ExceptionRow } from '../store/queries/series-exception.ts'
import { wireCode } from './wire-code.ts'

/** The words of an exception, as the store keeps them. */
export interface ExceptionWords {
  readonly because: Code
  readonly advice: Code | null
}

export const kindOf = ({ kind, severity }: Pick<ExceptionRow, 'kind' | 'severity'>) => ({
  kind: kind as ExceptionKind,
  severity: severity as z.infer<typeof Severity>,
})

/** An exception as it is told. */
export function findingOf(row: ExceptionRow, locale: string): z.infer<typeof Finding> {
  const { because, advice } = JSON.parse(row.body) as ExceptionWords
  return {
    ...kindOf(row),
    because: wireCode(because, locale),
    quantity: row.quantity,
    value: row.value,
    advice: advice && wireCode(advice, locale),
  }
}
