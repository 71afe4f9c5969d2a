import type { SeriesResult } from '../../batch/run-result.ts'
import { type LocatedProblem, problem } from '../../messages.ts'
import type { ErpProfile } from './profile.ts'
import { type ErpRow, type ErpSettings, erpRows } from './rows.ts'
import { validateRows } from './validate.ts'
import { type ControlTotals, differences, type ErpMode, erpFile } from './write.ts'

export interface ErpExport {
  readonly text: string
  readonly totals: ControlTotals
  /** Errors forbid the file. */
  readonly problems: readonly LocatedProblem[]
}

/**
 * A file for another system, what it adds up to, and what would keep the system from taking it. `previous`: the results
 * that were sent before; only what differs from them is written (`delta`).
 */
export function erpExport(
  results: readonly SeriesResult[],
  profile: ErpProfile,
  given: ErpSettings,
  previous: readonly SeriesResult[] | null = null,
): ErpExport {
  const defaults = Object.entries(profile.settings ?? {}).map(
    ([name, { default: value }]) => [name, value ?? ''] as const,
  )
  const settings: ErpSettings = { ...Object.fromEntries(defaults), ...given }
  const rowsOf = (of: readonly SeriesResult[]): ErpRow[] => of.flatMap((result) => erpRows(result, profile, settings))
  const whole = rowsOf(results)
  const problems = validateRows(whole, results, profile, given)
  const mode: ErpMode = previous === null ? 'replace' : 'delta'
  const rows = previous === null ? whole : differences(whole, rowsOf(previous), profile.quantity.decimals)
  const file = erpFile(rows, profile, mode)
  const limit = profile.limits?.bytes
  const bytes = Buffer.byteLength(file.text)
  const told = mode === 'delta' ? problems.filter(({ code }) => code !== 'erp_adds_up') : problems
  return {
    ...file,
    problems: limit !== undefined && bytes > limit ? [...told, problem('erp_file_too_large', { bytes, limit })] : told,
  }
}
