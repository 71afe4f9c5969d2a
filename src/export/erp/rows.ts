import type { SeriesResult } from '../../batch/run-result.ts'
import { forecastDates, isSubDaily } from '../../series/calendar.ts'
import { bandAt } from '../bands.ts'
import { forecastOf } from '../forecast-of.ts'
import { modelLabel } from '../model-label.ts'
import { finalMean } from '../overrides/override.ts'
import { dateText, formatFor, type PeriodUnit, periodEnd } from './date-text.ts'
import type { ErpColumn, ErpProfile } from './profile.ts'
import { roundEach, roundPreservingTotal } from './round-quantities.ts'

/** One row of a file for the target, not yet text: one series and period. */
export interface ErpRow {
  readonly series: string
  readonly date: string
  readonly unit: PeriodUnit
  readonly quantity: number
  /** Texts of the columns, in their order; the quantity's is empty. */
  readonly cells: readonly string[]
  /** Tells the row from all others: the key columns and the date. */
  readonly key: string
}

export type ErpSettings = Readonly<Record<string, string>>

/** The unit that the target knows a frequency by; null for steps it has none for (hours, 10 days, five years). */
function periodUnit({ calendar }: SeriesResult): PeriodUnit | null {
  if (calendar === null || isSubDaily(calendar.frequency)) return null
  const { unit, step } = calendar.frequency
  if (unit === 'month' && step === 3) return 'quarter'
  if (step !== 1) return null
  return unit === 'businessDay' ? 'day' : (unit as PeriodUnit)
}

/** The rows of one series; none where it has no forecast, or no dates that the target could take. */
export function erpRows(result: SeriesResult, profile: ErpProfile, settings: ErpSettings): ErpRow[] {
  const outcome = forecastOf(result)
  const unit = periodUnit(result)
  if (outcome === null || unit === null || result.calendar === null) return []
  const { decimals, rounding } = profile.quantity
  const mean = finalMean(result)!
  const quantities = rounding === 'preserve_total' ? roundPreservingTotal(mean, decimals) : roundEach(mean, decimals)
  const band = result.levels[0] === undefined ? null : bandAt(outcome.forecast, result.levels[0])
  const next = forecastDates(result.calendar, result.observations, mean.length + 1)
  const plain = (value: number | undefined): string =>
    value === undefined || !Number.isFinite(value) ? '' : numberText(value, profile)
  return quantities.flatMap((quantity, step) => {
    const date = result.dates[step]
    if (date == null) return []
    const textOf = ({ from, setting, value, part, format }: ErpColumn): string => {
      if (value !== undefined) return value
      if (setting !== undefined) return settings[setting] ?? ''
      switch (from) {
        case 'series':
          return result.name
        case 'series_part':
          return result.name.split(profile.separator ?? '_')[part! - 1] ?? ''
        case 'date':
          return dateText(date, formatFor(format ?? profile.date, unit))
        case 'period_end':
          return dateText(periodEnd(next[step + 1] ?? null, date), formatFor(format ?? profile.date, unit))
        case 'period_type':
          return formatFor(profile.period_types ?? '', unit)
        case 'step':
          return String(step + 1)
        case 'lower':
          return plain(band?.lower[step])
        case 'upper':
          return plain(band?.upper[step])
        case 'unit':
          return unitText(result.unit, profile, settings)
        case 'model':
          return modelLabel(outcome.used)
        case 'confidence':
          return plain(outcome.confidenceScore)
        default:
          return ''
      }
    }
    const cells = profile.columns.map(textOf)
    const keys = cells.filter((_, i) => profile.columns[i]!.key)
    return [{ series: result.name, date, unit, quantity, cells, key: [...keys, date].join('\u0000') }]
  })
}

/** The unit of the target; empty where the mapping has none for it. */
function unitText(unit: string | null, { units = {} }: ErpProfile, settings: ErpSettings): string {
  if (settings.unit !== undefined && settings.unit !== '') return settings.unit
  const known =
    unit === null ? undefined : Object.entries(units).find(([own]) => own.toLowerCase() === unit.toLowerCase())
  return known?.[1] ?? units['*']?.replace('*', unit ?? '') ?? ''
}

/** A number as the target reads it: no groups, its decimal sign. */
export function numberText(value: number, { file: { decimal } }: ErpProfile): string {
  const text = Math.abs(value) < 1e21 && /e/.test(String(value)) ? value.toFixed(6) : String(value)
  return decimal === '.' ? text : text.replace('.', decimal)
}
