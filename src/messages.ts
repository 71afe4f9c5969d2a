/**
 * The one table of codes: problems, repairs, evidence for what was guessed, reasons, advice and risks, each with the parameters it carries.
 * Engine, batch and readers speak in these codes only; the words live in `i18n/locales`.
 */
export type MessageKind = 'problem' | 'repair' | 'evidence' | 'reason' | 'advice' | 'risk'

interface Definition {
  readonly kind: MessageKind
  /** For problems: an error loses something (a row, a series, a file); a warning loses nothing. */
  readonly severity?: 'error' | 'warning'
  readonly params: readonly string[]
}

export const MESSAGES = {
  // problems of a series
  series_empty: { kind: 'problem', severity: 'error', params: [] },
  series_no_values: { kind: 'problem', severity: 'error', params: ['observations'] },
  series_too_short: { kind: 'problem', severity: 'warning', params: ['observations', 'needed'] },
  series_short: { kind: 'problem', severity: 'warning', params: ['observations', 'advised'] },
  series_out_of_range: { kind: 'problem', severity: 'error', params: ['value', 'limit'] },
  series_span_too_long: { kind: 'problem', severity: 'error', params: ['periods', 'limit'] },
  outlier_set_aside: { kind: 'problem', severity: 'warning', params: ['value', 'period', 'typical'] },
  /** The changes of the last values are far smaller than those of before: the forecast rests on the last ones alone. */
  history_settled: { kind: 'problem', severity: 'warning', params: ['observations', 'used'] },
  history_limited: { kind: 'problem', severity: 'warning', params: ['observations', 'used'] },
  season_length_unusable: { kind: 'problem', severity: 'warning', params: ['seasonLength', 'observations'] },
  /** `cause`: constant, collinear, missing, too_many, no_effect. */
  regressor_dropped: { kind: 'problem', severity: 'warning', params: ['name', 'cause'] },
  regressor_future_missing: { kind: 'problem', severity: 'warning', params: ['name', 'known', 'needed'] },
  /** A history that changes its step once; the finer part was totalled. */
  frequency_mixed: { kind: 'problem', severity: 'warning', params: ['first', 'second', 'date', 'used'] },
  frequency_differs: { kind: 'problem', severity: 'warning', params: ['frequency', 'common'] },
  duplicates_refused: { kind: 'problem', severity: 'error', params: ['date', 'rows'] },
  name_unusable: { kind: 'problem', severity: 'error', params: ['name'] },
  model_failed: { kind: 'problem', severity: 'error', params: ['model', 'cause'] },
  /** `model` is `none` in these where it was between two models. */
  time_limit_reached: { kind: 'problem', severity: 'error', params: ['model', 'seconds'] },
  worker_crashed: { kind: 'problem', severity: 'error', params: ['model', 'cause'] },
  workers_refused: { kind: 'problem', severity: 'warning', params: ['started', 'wanted', 'cause'] },
  memory_exhausted: { kind: 'problem', severity: 'error', params: ['model', 'megabytes'] },
  /** The whole run had so long: the naive models answer for what was not finished. */
  deadline_reached: { kind: 'problem', severity: 'error', params: ['seconds'] },
  updated_without_refit: { kind: 'problem', severity: 'warning', params: ['periods', 'corrected', 'age'] },
  effort_reduced: { kind: 'problem', severity: 'warning', params: ['seconds', 'models'] },
  /** The search of a model was ended by the clock; its forecast stands. */
  search_cut_short: { kind: 'problem', severity: 'warning', params: ['model', 'seconds'] },
  cancelled: { kind: 'problem', severity: 'warning', params: [] },
  internal_error: { kind: 'problem', severity: 'error', params: ['cause'] },
  /** In no total. `cause`: end, empty, name. */
  hierarchy_left_out: { kind: 'problem', severity: 'warning', params: ['cause'] },
  /** `cause`: unknown, circle, frequency. */
  predecessor_unusable: { kind: 'problem', severity: 'warning', params: ['name', 'cause'] },
  // problems of a request
  config_invalid: { kind: 'problem', severity: 'error', params: ['field', 'value', 'expected'] },
  config_unknown: { kind: 'problem', severity: 'error', params: ['field', 'closest'] },
  // problems of what is written
  profile_unknown: { kind: 'problem', severity: 'error', params: ['name', 'profiles'] },
  profile_invalid: { kind: 'problem', severity: 'error', params: ['file', 'field', 'expected'] },
  erp_setting_missing: { kind: 'problem', severity: 'error', params: ['name', 'profile'] },
  erp_value_missing: { kind: 'problem', severity: 'error', params: ['column', 'count'] },
  erp_value_too_long: { kind: 'problem', severity: 'error', params: ['column', 'value', 'limit'] },
  /** What a spreadsheet would take for a formula; a file for machines is not changed, it is refused. */
  erp_text_unsafe: { kind: 'problem', severity: 'error', params: ['column', 'value'] },
  erp_duplicate: { kind: 'problem', severity: 'error', params: ['date', 'other'] },
  erp_negative: { kind: 'problem', severity: 'error', params: ['value', 'date'] },
  erp_date_off: { kind: 'problem', severity: 'error', params: ['date', 'expected'] },
  erp_too_many_rows: { kind: 'problem', severity: 'error', params: ['rows', 'limit'] },
  erp_file_too_large: { kind: 'problem', severity: 'error', params: ['bytes', 'limit'] },
  /** `status`: failed, cancelled, undated. */
  erp_series_left_out: { kind: 'problem', severity: 'warning', params: ['status'] },
  erp_adds_up: { kind: 'problem', severity: 'warning', params: ['profile'] },
  // problems of a workbook of overrides, each of one cell
  override_series_unknown: { kind: 'problem', severity: 'error', params: ['name'] },
  override_period_unknown: { kind: 'problem', severity: 'error', params: ['period', 'horizon'] },
  override_of_another_run: { kind: 'problem', severity: 'error', params: ['found', 'forecast'] },
  override_twice: { kind: 'problem', severity: 'error', params: ['period'] },
  override_not_number: { kind: 'problem', severity: 'error', params: ['value'] },
  override_reason_missing: { kind: 'problem', severity: 'error', params: [] },
  override_reason_unknown: { kind: 'problem', severity: 'error', params: ['reason'] },
  override_note_missing: { kind: 'problem', severity: 'error', params: [] },
  override_far: { kind: 'problem', severity: 'warning', params: ['value', 'lower', 'upper'] },
  override_small: { kind: 'problem', severity: 'warning', params: ['value', 'forecast'] },
  workbook_too_large: { kind: 'problem', severity: 'error', params: ['rows', 'limit'] },
  // problems of a request to the server
  json_invalid: { kind: 'problem', severity: 'error', params: ['position', 'cause'] },
  json_too_large: { kind: 'problem', severity: 'error', params: ['cause', 'limit'] },
  json_key_duplicated: { kind: 'problem', severity: 'error', params: ['key', 'position'] },
  field_missing: { kind: 'problem', severity: 'error', params: ['field'] },
  field_invalid: { kind: 'problem', severity: 'error', params: ['field', 'value', 'expected'] },
  field_unknown: { kind: 'problem', severity: 'error', params: ['field', 'closest'] },
  body_too_large: { kind: 'problem', severity: 'error', params: ['limit'] },
  media_type_unsupported: { kind: 'problem', severity: 'error', params: ['found', 'expected'] },
  route_unknown: { kind: 'problem', severity: 'error', params: ['path'] },
  method_not_allowed: { kind: 'problem', severity: 'error', params: ['method', 'allowed'] },
  resource_unknown: { kind: 'problem', severity: 'error', params: ['kind', 'id'] },
  cursor_invalid: { kind: 'problem', severity: 'error', params: [] },
  job_state_unfit: { kind: 'problem', severity: 'error', params: ['state', 'action'] },
  idempotency_key_reused: { kind: 'problem', severity: 'error', params: ['key'] },
  version_required: { kind: 'problem', severity: 'error', params: [] },
  version_stale: { kind: 'problem', severity: 'error', params: ['current'] },
  token_required: { kind: 'problem', severity: 'error', params: [] },
  host_refused: { kind: 'problem', severity: 'error', params: ['host'] },
  cross_site_refused: { kind: 'problem', severity: 'error', params: ['origin'] },
  rate_limited: { kind: 'problem', severity: 'error', params: ['seconds'] },
  webhook_target_forbidden: { kind: 'problem', severity: 'error', params: ['url', 'cause'] },
  storage_full: { kind: 'problem', severity: 'error', params: ['cause'] },
  server_ending: { kind: 'problem', severity: 'error', params: [] },
  store_unavailable: { kind: 'problem', severity: 'error', params: ['cause'] },
  store_version: { kind: 'problem', severity: 'error', params: ['found', 'supported'] },
  jobs_too_many: { kind: 'problem', severity: 'error', params: ['limit'] },
  request_too_slow: { kind: 'problem', severity: 'error', params: ['seconds'] },
  request_unreadable: { kind: 'problem', severity: 'error', params: ['cause'] },
  upload_in_use: { kind: 'problem', severity: 'error', params: ['id'] },
  file_changed: { kind: 'problem', severity: 'error', params: ['file'] },
  // problems of a run folder
  run_folder_held: { kind: 'problem', severity: 'error', params: ['folder', 'pid', 'host', 'since'] },
  checkpoint_damaged: { kind: 'problem', severity: 'warning', params: ['file', 'kept', 'aside'] },
  disk_full: { kind: 'problem', severity: 'error', params: ['file', 'bytes'] },
  /** Between the first and the last time it was read. */
  input_changed: { kind: 'problem', severity: 'error', params: ['file'] },
  checkpoint_failed: { kind: 'problem', severity: 'error', params: ['file', 'cause'] },
  checkpoint_version: { kind: 'problem', severity: 'error', params: ['file', 'found', 'supported'] },
  // problems of a file
  file_not_found: { kind: 'problem', severity: 'error', params: ['file'] },
  file_unreadable: { kind: 'problem', severity: 'error', params: ['file', 'cause'] },
  file_empty: { kind: 'problem', severity: 'error', params: ['file'] },
  file_header_only: { kind: 'problem', severity: 'error', params: ['file'] },
  file_too_large: { kind: 'problem', severity: 'error', params: ['file', 'megabytes', 'limit'] },
  file_type_mismatch: { kind: 'problem', severity: 'error', params: ['file', 'found'] },
  /** `cause`: members, size, depth. */
  archive_too_large: { kind: 'problem', severity: 'error', params: ['file', 'cause', 'limit'] },
  /** `cause`: damaged, encrypted, link, method, names, overlap, headers. */
  archive_invalid: { kind: 'problem', severity: 'error', params: ['file', 'cause'] },
  /** `cause`: damaged, doctype, depth, encoding, cells. */
  workbook_invalid: { kind: 'problem', severity: 'error', params: ['file', 'cause'] },
  sheet_unknown: { kind: 'problem', severity: 'error', params: ['sheet', 'sheets'] },
  sheets_left_aside: { kind: 'problem', severity: 'warning', params: ['sheet', 'count', 'sheets'] },
  macros_ignored: { kind: 'problem', severity: 'warning', params: ['file'] },
  formulas_without_value: { kind: 'problem', severity: 'warning', params: ['sheet', 'count', 'cell'] },
  cells_merged: { kind: 'problem', severity: 'warning', params: ['sheet', 'count'] },
  /** `cause`: damaged, codec, columns. */
  parquet_invalid: { kind: 'problem', severity: 'error', params: ['file', 'cause'] },
  quote_unclosed: { kind: 'problem', severity: 'error', params: ['row'] },
  line_too_long: { kind: 'problem', severity: 'error', params: ['row', 'limit'] },
  columns_too_many: { kind: 'problem', severity: 'error', params: ['columns', 'limit'] },
  column_missing: { kind: 'problem', severity: 'error', params: ['role', 'columns'] },
  column_unknown: { kind: 'problem', severity: 'error', params: ['column', 'columns'] },
  column_duplicated: { kind: 'problem', severity: 'error', params: ['column'] },
  regressor_column_unknown_ahead: { kind: 'problem', severity: 'warning', params: ['name'] },
  date_order_ambiguous: { kind: 'problem', severity: 'error', params: ['column', 'example'] },
  number_format_ambiguous: { kind: 'problem', severity: 'error', params: ['column', 'example'] },
  encoding_invalid: { kind: 'problem', severity: 'error', params: ['encoding', 'byte'] },
  number_precision_lost: { kind: 'problem', severity: 'warning', params: ['value'] },
  rows_rejected_too_many: { kind: 'problem', severity: 'error', params: ['rejected', 'rows', 'percent', 'limit'] },
  /** The list of problems is cut at 10,000; the counts are not. */
  problems_not_listed: { kind: 'problem', severity: 'warning', params: ['listed', 'total'] },
  series_name_twins: { kind: 'problem', severity: 'warning', params: ['name', 'other'] },
  name_in_two_files: { kind: 'problem', severity: 'warning', params: ['name', 'file', 'renamed'] },
  // rows that cannot be used
  row_date_invalid: { kind: 'problem', severity: 'error', params: ['value'] },
  /** Years from all other dates of its series: a slip, or a placeholder for "no end". */
  row_date_far: { kind: 'problem', severity: 'error', params: ['value', 'years'] },
  row_value_invalid: { kind: 'problem', severity: 'error', params: ['value'] },
  row_series_missing: { kind: 'problem', severity: 'error', params: [] },
  row_columns_mismatch: { kind: 'problem', severity: 'error', params: ['found', 'expected'] },
  row_not_data: { kind: 'problem', severity: 'warning', params: ['text'] },
  row_text_after_quote: { kind: 'problem', severity: 'error', params: [] },
  // repairs, each listed where it happened
  duplicate_merged: { kind: 'repair', params: [] },
  duplicate_dropped: { kind: 'repair', params: [] },
  missing_value: { kind: 'repair', params: [] },
  gap_left_missing: { kind: 'repair', params: [] },
  gap_filled_zero: { kind: 'repair', params: [] },
  gap_interpolated: { kind: 'repair', params: [] },
  stock_out_set_missing: { kind: 'repair', params: [] },
  negative_set_zero: { kind: 'repair', params: [] },
  negative_set_missing: { kind: 'repair', params: [] },
  outlier_corrected: { kind: 'repair', params: [] },
  // found and left as they are: `after` is `before`
  negative_reported: { kind: 'repair', params: [] },
  outlier_reported: { kind: 'repair', params: [] },
  leading_zeros_trimmed: { kind: 'repair', params: [] },
  leading_missing_trimmed: { kind: 'repair', params: [] },
  trailing_missing_trimmed: { kind: 'repair', params: [] },
  last_period_incomplete: { kind: 'repair', params: [] },
  order_restored: { kind: 'repair', params: [] },
  date_snapped: { kind: 'repair', params: [] },
  date_reformatted: { kind: 'repair', params: [] },
  number_cleaned: { kind: 'repair', params: [] },
  not_finite_treated_missing: { kind: 'repair', params: [] },
  // what the reading of a file rests on
  evidence_asked: { kind: 'evidence', params: ['value'] },
  evidence_encoding_mark: { kind: 'evidence', params: ['encoding'] },
  evidence_encoding_ascii: { kind: 'evidence', params: [] },
  evidence_encoding_utf8: { kind: 'evidence', params: ['letters'] },
  evidence_encoding_damaged: { kind: 'evidence', params: ['letters', 'invalid'] },
  evidence_encoding_zeros: { kind: 'evidence', params: ['encoding'] },
  evidence_encoding_statistics: { kind: 'evidence', params: ['encoding', 'percent'] },
  evidence_sheet: { kind: 'evidence', params: ['sheet'] },
  evidence_typed: { kind: 'evidence', params: ['columns'] },
  evidence_delimiter: { kind: 'evidence', params: ['delimiter', 'columns', 'percent'] },
  evidence_decimal: { kind: 'evidence', params: ['count', 'example'] },
  evidence_decimal_neighbours: { kind: 'evidence', params: ['example'] },
  evidence_decimal_whole: { kind: 'evidence', params: ['count'] },
  evidence_date_example: { kind: 'evidence', params: ['order', 'example'] },
  evidence_date_regular: { kind: 'evidence', params: ['order'] },
  // why a model was chosen
  best_on_validation: { kind: 'reason', params: ['label', 'origins', 'percent', 'yardstick'] },
  too_short_to_validate: { kind: 'reason', params: ['observations'] },
  seasonal_naive_not_beaten: { kind: 'reason', params: ['percent'] },
  models_combined: { kind: 'reason', params: ['count', 'labels'] },
  regressors_used: { kind: 'reason', params: ['names'] },
  follows_another: { kind: 'reason', params: ['name', 'lag', 'percent'] },
  leaders_used: { kind: 'reason', params: ['names'] },
  forms_averaged: { kind: 'reason', params: ['forms', 'leading', 'percent'] },
  pattern_constant: { kind: 'reason', params: ['value'] },
  pattern_short: { kind: 'reason', params: ['observations'] },
  pattern_intermittent: { kind: 'reason', params: ['zeroPercent', 'interval'] },
  pattern_lumpy: { kind: 'reason', params: ['zeroPercent', 'cv2'] },
  pattern_seasonal: { kind: 'reason', params: ['seasonLength', 'strength'] },
  pattern_trending: { kind: 'reason', params: ['strength'] },
  pattern_volatile: { kind: 'reason', params: ['cv'] },
  pattern_erratic: { kind: 'reason', params: ['cv2'] },
  pattern_smooth: { kind: 'reason', params: ['cv'] },
  // another model was a little better in the trials, by no more than chance explains
  rival_within_chance: { kind: 'reason', params: ['model', 'percent'] },
  lower_validation_score: { kind: 'reason', params: ['percent'] },
  // what the portfolio did to a forecast
  /** `percent`: by how much the total over the horizon changed. */
  reconciled: { kind: 'reason', params: ['method', 'percent'] },
  by_analogy: { kind: 'reason', params: ['count', 'names', 'observations'] },
  predecessor_joined: { kind: 'reason', params: ['name', 'periods'] },
  end_of_life_planned: { kind: 'reason', params: ['date'] },
  // what changed from one run to another
  compare_appeared: { kind: 'reason', params: [] },
  compare_vanished: { kind: 'reason', params: [] },
  compare_history_changed: { kind: 'reason', params: [] },
  compare_model_changed: { kind: 'reason', params: ['before', 'after'] },
  compare_status_changed: { kind: 'reason', params: ['before', 'after'] },
  compare_new_periods: { kind: 'reason', params: ['periods'] },
  compare_updated_without_refit: { kind: 'reason', params: [] },
  compare_settings_changed: { kind: 'reason', params: [] },
  compare_version_changed: { kind: 'reason', params: [] },
  // what to do about it
  advice_season_peak: { kind: 'advice', params: ['period', 'periods', 'percent'] },
  advice_rising: { kind: 'advice', params: ['percent'] },
  advice_falling: { kind: 'advice', params: ['percent'] },
  advice_stable: { kind: 'advice', params: [] },
  advice_spare_part: { kind: 'advice', params: ['interval'] },
  advice_constant: { kind: 'advice', params: ['value'] },
  advice_more_history: { kind: 'advice', params: ['observations', 'advised'] },
  advice_new_item: { kind: 'advice', params: ['observations'] },
  advice_end_of_life: { kind: 'advice', params: ['periods', 'interval'] },
  advice_superseded: { kind: 'advice', params: ['name'] },
  advice_review: { kind: 'advice', params: [] },
  lead_time_assumed: { kind: 'advice', params: ['leadTime'] },
  // what may go wrong
  risk_short_history: { kind: 'risk', params: ['observations', 'advised'] },
  risk_wide_bands: { kind: 'risk', params: ['percent'] },
  risk_not_better_than_naive: { kind: 'risk', params: ['percent', 'yardstick'] },
  risk_undercoverage: { kind: 'risk', params: ['percent', 'level'] },
  risk_outliers: { kind: 'risk', params: ['count'] },
  risk_missing_values: { kind: 'risk', params: ['percent'] },
  risk_low_confidence: { kind: 'risk', params: ['percent'] },
  risk_by_analogy: { kind: 'risk', params: ['observations'] },
  // what a planner should look at
  exception_failed: { kind: 'risk', params: [] },
  exception_fallback: { kind: 'risk', params: [] },
  /** `direction`: high, low. */
  exception_bias: { kind: 'risk', params: ['percent', 'direction'] },
  exception_worse_than_naive: { kind: 'risk', params: ['percent'] },
  exception_low_confidence: { kind: 'risk', params: ['percent'] },
  exception_stock_out: { kind: 'risk', params: ['percent', 'period'] },
  exception_outside_band: { kind: 'risk', params: ['count', 'of', 'level'] },
  /** `direction`: up, down. */
  exception_changed: { kind: 'risk', params: ['percent', 'direction'] },
  exception_large_change: { kind: 'risk', params: ['percent', 'direction'] },
} as const satisfies Record<string, Definition>

export type MessageCode = keyof typeof MESSAGES

/** A code with the numbers and names its sentence needs. */
export interface Code {
  readonly code: MessageCode
  readonly params: Readonly<Record<string, string | number>>
}

/** A code with the place it speaks of; rows are counted from 1 as an editor shows them, the header included. */
export interface LocatedProblem extends Code {
  readonly severity: 'error' | 'warning'
  readonly file?: string
  readonly row?: number
  readonly column?: string
  readonly series?: string
  readonly model?: string
  readonly stage?: string
}

/** One change that was made to the data before forecasting, with what stood there and what was used instead. */
export interface Repair {
  readonly file: string | null
  readonly row: number | null
  readonly column: string | null
  readonly series: string
  readonly date: string | null
  readonly kind: MessageCode
  readonly before: string | number | null
  readonly after: string | number | null
}

export type Params = Readonly<Record<string, string | number>>

export const code = (name: MessageCode, params: Params = {}): Code => ({ code: name, params })

/** A located problem; its severity comes from the table. */
export function problem(
  name: MessageCode,
  params: Params = {},
  place: Omit<LocatedProblem, 'code' | 'params' | 'severity'> = {},
): LocatedProblem {
  const definition: Definition = MESSAGES[name]
  return { code: name, params, severity: definition.severity ?? 'warning', ...place }
}

/** The one error class: a listed code with its parameters. A bad request carries every fault found in `all`. */
export class Problem extends Error {
  readonly code: MessageCode
  readonly params: Params
  readonly all: readonly LocatedProblem[]

  constructor(first: LocatedProblem, all: readonly LocatedProblem[] = [first], cause?: unknown) {
    super(`${first.code} ${JSON.stringify(first.params)}`, cause === undefined ? undefined : { cause })
    this.name = 'Problem'
    this.code = first.code
    this.params = first.params
    this.all = all
  }
}
