import { z } from 'zod'
import type { CheckGroup } from '../../contract/check-groups.ts'
import { ReadOptions } from '../../contract/job.ts'
import type { MessageCode, Params } from '../../messages.ts'

type Option = keyof ReadOptions

/** The option that changes what a code tells of, and what it stands at where the code alone tells that. */
const FIXES: Partial<Record<MessageCode, readonly [option: Option, value?: string]>> = {
  gap_filled_zero: ['gaps', 'zero'],
  gap_interpolated: ['gaps', 'interpolate'],
  gap_left_missing: ['gaps', 'keep'],
  missing_value: ['gaps'],
  duplicate_merged: ['duplicates'],
  duplicate_dropped: ['duplicates'],
  duplicates_refused: ['duplicates', 'refuse'],
  last_period_incomplete: ['incomplete', 'drop'],
  outlier_reported: ['outliers', 'report'],
  outlier_corrected: ['outliers', 'correct'],
  negative_reported: ['negatives', 'keep'],
  negative_set_zero: ['negatives', 'zero'],
  negative_set_missing: ['negatives', 'missing'],
  stock_out_set_missing: ['stock_outs', 'missing'],
  date_order_ambiguous: ['date_order'],
  row_date_invalid: ['date_order'],
  date_reformatted: ['date_order'],
  number_format_ambiguous: ['decimal'],
  number_cleaned: ['decimal'],
  row_value_invalid: ['decimal'],
  encoding_invalid: ['encoding'],
  sheet_unknown: ['sheet'],
  sheets_left_aside: ['sheet'],
  frequency_differs: ['frequency'],
  frequency_mixed: ['frequency'],
  season_length_unusable: ['season_length'],
  row_columns_mismatch: ['delimiter'],
  quote_unclosed: ['quote'],
  row_series_missing: ['series_columns'],
}

const ROLES: Readonly<Record<string, Option>> = { date: 'date_column', value: 'value_column', series: 'series_columns' }
const SIGNS: Partial<Record<Option, readonly string[]>> = { decimal: ['.', ','], delimiter: [',', ';', '\t', '|'] }

/** What may be said about a code when the file is read again; null where nothing helps but another file. */
export function fixOf(code: MessageCode, params: Params, read: ReadOptions): CheckGroup['fix'] {
  const [option, value] =
    code === 'column_missing' ? [ROLES[String(params.role)], undefined] : (FIXES[code] ?? [undefined, undefined])
  if (option === undefined) return null
  const given = read[option]
  return {
    option,
    values: [...(SIGNS[option] ?? choicesOf(option))],
    value: given === undefined ? (value ?? null) : String(given),
  }
}

/** Words that an option takes; empty where it takes any. */
function choicesOf(option: Option): readonly string[] {
  const schema = ReadOptions.shape[option].unwrap()
  return schema instanceof z.ZodEnum ? schema.options.map(String) : []
}
