import type { Check } from '../../contract/upload.ts'
import { problemJson } from '../../export/problem-json.ts'
import type { LocatedProblem } from '../../messages.ts'
import { checkReport } from '../../processor/check-report.ts'
import { refusalOf } from '../../processor/usable.ts'
import { readUploads } from '../job-input.ts'
import { finite } from '../stored-result.ts'
import type { ReadOrder } from '../work-orders.ts'
import { checkGroups } from './check-groups.ts'

/** Series and problems that are listed; the counts are of all. */
const LISTED = 1000

/** How files are understood, and what would be repaired. */
export async function check({ files, read, locale }: ReadOrder): Promise<Check> {
  const portfolio = await readUploads({ files, read })
  const report = checkReport(portfolio, (path) => path, LISTED)
  const refused = refusalOf(portfolio, false)?.all[0] ?? null
  const told = (one: LocatedProblem) => problemJson(one, locale)
  return {
    usable: refused === null,
    refused: refused && told(refused),
    files: report.files.map((file) => ({
      ...file,
      dialect: file.dialect && { ...file.dialect },
      evidence: file.evidence.map(({ code, params }) => ({ code, params: { ...params } })),
      columns: { ...file.columns },
      examples: file.examples.map((example) => ({ ...example, raw: [...example.raw], value: finite(example.value) })),
    })),
    series: report.series.map((series) => ({
      ...series,
      regressors: { ...series.regressors },
      facts: { ...series.facts },
      repairs: series.repairs.length,
      problems: series.problems.map(told),
    })),
    series_total: portfolio.items.length,
    groups: checkGroups(portfolio, report, read, locale),
    problems: report.problems.slice(0, LISTED).map(told),
    totals: { ...report.totals },
  }
}
