import { EXIT } from './exit-codes.ts'
import type { FailOn } from './options.ts'

/** The exit code of a finished run; a fallback is no failure. */
export function exitCodeFor(failed: number, series: number, rule: FailOn): number {
  if (failed === 0 || rule === 'none') return EXIT.done
  if (rule === 'any') return EXIT.failedSeries
  return (failed / series) * 100 >= rule ? EXIT.failedSeries : EXIT.done
}
