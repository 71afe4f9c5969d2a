import type { SeriesResult } from '../batch/run-result.ts'
import { type CsvProfile, forecastCsv } from '../export/csv.ts'
import { forecastJson } from '../export/json.ts'
import type { ReportOf } from '../export/report/report.ts'
import type { LocatedProblem } from '../messages.ts'
import { writeFile } from '../processor/write-file.ts'
import { UsageError } from './errors.ts'
import type { Output } from './outputs.ts'
import { shown } from './paths.ts'
import type { Say } from './words.ts'

const CSV_PROFILES = ['dated', 'excel', 'legacy-v1']
export const isCsvProfile = (name: string): name is CsvProfile => CSV_PROFILES.includes(name)

/** What the files of a run are written from, and how. */
export interface OutputsOf {
  readonly report: ReportOf
  readonly outputs: readonly Output[]
  /** Of CSV files: one of ours, or a mapping for another system. */
  readonly profile: string
  readonly fileLocale: string
  /** `name=value`, for mappings. */
  readonly settings: readonly string[]
  /** What was sent before, so that only differences are written. */
  readonly previous: readonly SeriesResult[] | null
  /** Checks and counts, writes nothing. */
  readonly dryRun: boolean
}

export interface WrittenOutputs {
  readonly files: readonly string[]
  /** What keeps another system from taking the file; errors forbade it. */
  readonly problems: readonly LocatedProblem[]
  /** Control totals by file. */
  readonly totals: Readonly<Record<string, Record<string, unknown>>>
}

/** Writes the files asked for, each whole. Those that are not asked for are not loaded. */
export async function writeOutputs(of: OutputsOf, say: Say): Promise<WrittenOutputs> {
  const { report, outputs, profile, fileLocale, dryRun } = of
  const files: string[] = []
  const problems: LocatedProblem[] = []
  const totals: Record<string, Record<string, unknown>> = {}
  const write = async (path: string, pieces: Parameters<typeof writeFile>[1]): Promise<void> => {
    if (dryRun) return
    await writeFile(path, pieces)
    files.push(shown(path))
  }
  for (const { path, format } of outputs)
    if (format === 'csv' && !isCsvProfile(profile)) {
      const erp = await erpOutput(of, say)
      problems.push(...erp.problems)
      totals[shown(path)] = { ...erp.totals }
      if (erp.problems.some(({ severity }) => severity === 'error')) continue
      await write(path, [erp.text])
      await write(`${path}.control.json`, [`${JSON.stringify({ schema_version: 1, ...erp.totals }, null, 2)}\n`])
    } else if (format === 'csv')
      await write(path, forecastCsv(report.results, { profile: profile as CsvProfile, fileLocale }))
    else if (format === 'json') await write(path, forecastJson(report.results, { locale: report.locale }))
    else if (format === 'xlsx') await write(path, (await import('../export/xlsx/workbook.ts')).forecastXlsx(report))
    else await write(path, (await import('../export/html/page.ts')).forecastHtml(report))
  return { files, problems, totals }
}

async function erpOutput({ report, profile: name, settings, previous }: OutputsOf, say: Say) {
  const { loadErpProfile } = await import('../processor/erp-profile.ts')
  const { erpExport } = await import('../export/erp/export.ts')
  const profile = loadErpProfile(name)
  const known = Object.keys(profile.settings ?? {})
  const given = settings.map((setting) => {
    const [key = '', ...value] = setting.split('=')
    if (value.length === 0 || !known.includes(key))
      throw new UsageError(say('usage.setting', { setting, names: known.join(', ') }))
    return [key, value.join('=')] as const
  })
  return erpExport(report.results, profile, Object.fromEntries(given), previous)
}
