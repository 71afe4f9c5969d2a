import type { SeriesResult } from '../../batch/run-result.ts'
import type { ExportProfile, ExportProfiles } from '../../contract/export.ts'
import { erpExport } from '../../export/erp/export.ts'
import type { ErpProfile } from '../../export/erp/profile.ts'
import { forecastOf } from '../../export/forecast-of.ts'
import { finalMean } from '../../export/overrides/override.ts'
import { problemJson } from '../../export/problem-json.ts'
import { text } from '../../i18n/render.ts'
import { Problem } from '../../messages.ts'
import { erpProfileNames, loadErpProfile } from '../../processor/erp-profile.ts'
import { openStore } from '../../store/open-store.ts'
import { PLAIN_PROFILES } from '../profile-names.ts'
import type { ResultsOrder, WorkOrder } from '../work-orders.ts'
import { allResultsOf } from './job-results.ts'

/** Settings of a mapping, of those given: what other mappings know is left to them. */
function settingsFor({ settings = {} }: ErpProfile, given: readonly string[]): Record<string, string> {
  const pairs = given.map((one) => {
    const at = one.indexOf('=')
    return [one.slice(0, at), one.slice(at + 1)] as const
  })
  return Object.fromEntries(pairs.filter(([name]) => Object.hasOwn(settings, name)))
}

async function resultsIn({ store: place, tenant }: ResultsOrder, jobId: string): Promise<SeriesResult[]> {
  const store = await openStore(place)
  try {
    return await allResultsOf(store.db, tenant, jobId)
  } finally {
    await store.close()
  }
}

/** The file of a mapping; throws what keeps the other system from taking it. */
export async function systemFile(order: Extract<WorkOrder, { kind: 'system_file' }>): Promise<Iterable<string>> {
  const profile = loadErpProfile(order.profile)
  const results = await resultsIn(order, order.jobId)
  const previous = order.previous === null ? null : await resultsIn(order, order.previous)
  const file = erpExport(results, profile, settingsFor(profile, order.settings), previous)
  const errors = file.problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Problem(errors[0]!, errors)
  return [file.text]
}

/** Forms of CSV, tried on the results. */
export async function profiles(
  order: Extract<WorkOrder, { kind: 'profiles' }>,
): Promise<(typeof ExportProfiles)['_output']> {
  const results = await resultsIn(order, order.jobId)
  const isAsked = (name: string): boolean => order.profile === null || order.profile === name
  return {
    profiles: [
      ...PLAIN_PROFILES.filter(isAsked).map((name) => plainProfile(name, results, order.locale)),
      ...erpProfileNames()
        .filter(isAsked)
        .map((name) => systemProfile(loadErpProfile(name), results, order)),
    ],
  }
}

function plainProfile(
  name: (typeof PLAIN_PROFILES)[number],
  results: readonly SeriesResult[],
  locale: string,
): ExportProfile {
  const forecast = results.filter((result) => forecastOf(result) !== null)
  const dates = forecast.flatMap((result) => result.dates.filter((date) => date !== null)).sort()
  const sums = forecast.map((result) => finalMean(result)!.reduce((sum, value) => sum + value, 0))
  const lost = name === 'legacy-v1' ? 0 : results.length - forecast.length
  return {
    name,
    title: text(`ui.report.profile.${name}`, {}, locale),
    system: false,
    ...{ notes: [], settings: [], ok: true, problems: [] },
    totals: {
      rows: forecast.reduce((sum, { horizon }) => sum + horizon, lost),
      series: forecast.length + lost,
      first_date: dates[0] ?? null,
      last_date: dates.at(-1) ?? null,
      total_quantity: sums.reduce((sum, value) => sum + value, 0),
    },
  }
}

function systemProfile(profile: ErpProfile, results: readonly SeriesResult[], order: ResultsOrder): ExportProfile {
  const given = settingsFor(profile, order.settings)
  const { problems, totals } = erpExport(results, profile, given)
  const { rows, series, first_date, last_date, total_quantity } = totals
  return {
    name: profile.name,
    title: profile.title,
    system: true,
    notes: [...(profile.notes ?? [])],
    settings: Object.entries(profile.settings ?? {}).map(([name, { about, default: fallback }]) => ({
      ...{ name, about, value: given[name] ?? fallback ?? null },
    })),
    ok: problems.every(({ severity }) => severity !== 'error'),
    problems: problems.map((one) => problemJson(one, order.locale)),
    totals: { rows, series, first_date, last_date, total_quantity },
  }
}
