import { z } from 'zod'
import { SEVERITIES } from '../portfolio/exceptions.ts'

const text = z.string()
const texts = text.nullable()
const number = z.number()
const numbers = number.nullable()
const count = z.int().min(0)
const share = number.min(0).max(1)
const date = text.regex(/^[+-]?\d{4,6}-\d{2}-\d{2}/)

/** One of the codes of docs/PROBLEMS.md; later versions have more. */
const code = text.regex(/^[a-z][a-z0-9_]*$/)
const params = z.record(text, z.union([text, number]))
const CODE = z.object({ code, params, text })
const LOCATED = {
  code,
  severity: z.enum(['error', 'warning']),
  params,
  ...{ file: texts, row: numbers, column: texts, series: texts, model: texts, stage: texts },
}
const PROBLEM = z.object({ ...LOCATED, text })
const REPAIR = z.object({
  ...{ file: texts, row: numbers, column: texts, series: text, date: date.nullable() },
  kind: code,
  before: z.union([text, number]).nullable(),
  after: z.union([text, number]).nullable(),
})
const STATUS = z.enum(['success', 'fallback', 'failed', 'cancelled'])
const PATTERN = z.enum([
  ...(['constant', 'short', 'intermittent', 'lumpy', 'seasonal'] as const),
  ...(['trending', 'volatile', 'erratic', 'smooth'] as const),
])

const CANDIDATE = z.object({
  ...{ model: text, label: text, scores: z.record(text, numbers), evaluations: count },
  refused: CODE.optional(),
})

/** A series of the JSON export; the bands (`lower_80`, `upper_80`, ...) are named after the levels asked for. */
const SERIES = z
  .object({
    model: texts,
    confidence: share.nullable(),
    pattern: PATTERN.nullable(),
    forecast: z.array(number).nullable(),
    business_recommendation: texts,
    status: STATUS,
    requested_model: texts,
    model_label: texts,
    members: z.array(z.object({ model: text, label: text, weight: number })),
    because: CODE.nullable(),
    confidence_tolerance: numbers,
    beats_seasonal_naive: share.nullable(),
    confidence_grade: z.enum(['high', 'fair', 'low']).nullable(),
    pattern_flags: z.array(text),
    pattern_evidence: z.record(text, numbers),
    unit: texts,
    frequency: texts,
    season_length: z.int().min(1),
    observations: count,
    start: date.nullable(),
    month_end: z.boolean(),
    history: z.array(numbers),
    dates: z.array(date.nullable()).nullable(),
    reorder_point: numbers,
    safety_stock: numbers,
    inventory: z
      .object({
        ...{ lead_time: number, lead_time_sd: number, review_period: number, service_level: share },
        service_measure: z.enum(['cycle', 'fill_rate']),
        ...{ cycle_service: share, fill_rate: share, demand_distribution: text },
        ...{ demand_lead_time: number, demand_protection: number },
        service_curve: z.array(z.object({ service_level: share, reorder_point: number, service: share })),
        ...{ abc: z.enum(['A', 'B', 'C']).nullable(), xyz: z.enum(['X', 'Y', 'Z']).nullable() },
        ...{ stock_on_hand: numbers, on_order: numbers, order_proposal: numbers, stock_out_risk: numbers },
        ...{ expected_shortage: numbers, cover_periods: numbers },
        ...{ projected_stock: z.array(numbers).nullable(), projected_risk: z.array(numbers).nullable() },
      })
      .nullable(),
    total: z.object({ level: z.array(text), group: z.array(text), parts: z.array(text) }).nullable(),
    reconciliation: z.object({ method: text, base_forecast: z.array(numbers) }).nullable(),
    like_items: z.array(text),
    forecast_value: numbers,
    metrics: z
      .object({
        ...{ mase: numbers, rmsse: numbers, smape: numbers },
        ...{ coverage_80: numbers, coverage_95: numbers, skill: numbers, bias: numbers, tracking_signal: numbers },
        one_sided: z.boolean(),
      })
      .nullable(),
    candidates: z.array(CANDIDATE),
    alternatives: z.array(z.object({ model: text, score: numbers, because: CODE })),
    related: z.array(z.object({ series: text, lag: count, correlation: number, p: numbers, granger_p: numbers })),
    codes: z.object({ reasons: z.array(CODE), advice: z.array(CODE), risk: z.array(CODE) }),
    overrides: z.array(z.object({ period: z.int().min(1), value: number, reason: text, note: text, author: text })),
    repairs: z.array(REPAIR),
    problems: z.array(PROBLEM),
  })
  .catchall(z.array(numbers).nullable())

const ROWS = { rows_in: count, used: count, repaired: count, rejected: count }
const FILE = {
  file: text,
  sha256: text.regex(/^[0-9a-f]{64}$/),
  encoding: text,
  sheet: texts,
  dialect: z.object({ delimiter: texts, quote: texts, decimal: text, thousands: text, date_order: texts }).nullable(),
  layout: z.enum(['long', 'wide-columns', 'wide-rows', 'single']).nullable(),
  columns: z.record(text, text),
  header_row: numbers,
  ...ROWS,
}

const RUN = z.object({
  schema_version: z.literal(1),
  engine: z.object({ version: text }),
  seed: z.int().min(0),
  inputs: z.array(z.object(FILE)),
  config: z.record(text, z.object({ value: z.json(), origin: texts })),
  rows: z.object(ROWS),
  series: z.object({ total: count, success: count, fallback: count, failed: count, cancelled: count }),
  hierarchy: z.array(z.object({ level: z.array(text), totals: count })).optional(),
  classes_by: z.enum(['value', 'quantity']).optional(),
  exceptions: z.array(
    CODE.extend({
      series_name: text,
      kind: text,
      severity: z.enum(SEVERITIES),
      quantity: number,
      value: numbers,
      advice: CODE.nullable(),
    }),
  ),
  not_forecast: z.array(
    z.object({ series_name: text, status: z.enum(['failed', 'cancelled']), problems: z.array(PROBLEM) }),
  ),
  problems: z.array(PROBLEM),
})

/** Places that are not known are left out of what `check` prints. */
const FOUND = z.object(LOCATED).partial({ file: true, row: true, column: true, series: true, model: true, stage: true })
const EXAMPLE = z.object({ row: count, raw: z.array(text), series: text, date: date.nullable(), value: numbers })
const CHECK = z.object({
  files: z.array(z.object({ ...FILE, evidence: z.array(CODE.omit({ text: true })), examples: z.array(EXAMPLE) })),
  series: z.array(
    z.object({
      name: text,
      observations: count,
      start: date.nullable(),
      end: date.nullable(),
      frequency: texts,
      season_length: z.int().min(1),
      pattern: PATTERN.nullable(),
      unit: texts,
      regressors: z.record(text, count),
      facts: z.record(text, z.union([text, number])),
      problems: z.array(FOUND),
      repairs: z.array(REPAIR),
    }),
  ),
  problems: z.array(FOUND),
  totals: z.object(ROWS),
})

const SCHEMAS = {
  forecasts: ['The forecasts of a run, a series a name', z.record(text, SERIES)],
  run: ['What a run was made from, and what became of it', RUN],
  check: ['What the files were understood to be', CHECK],
} as const

/**
 * The JSON Schema (draft 2020-12) of a file we write. Open as it is published, since later versions may add properties;
 * `closed`, it knows every property there is.
 */
export function jsonSchemaOf(name: keyof typeof SCHEMAS, { closed = false } = {}): Record<string, unknown> {
  const [title, schema] = SCHEMAS[name]
  const made = z.toJSONSchema(schema, {
    io: closed ? 'output' : 'input',
    // whole numbers have no bound of a machine in a file
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (typeof jsonSchema.additionalProperties === 'object' && jsonSchema.properties !== undefined) {
        jsonSchema.patternProperties = { '^(lower|upper)_': jsonSchema.additionalProperties }
        jsonSchema.additionalProperties = closed ? false : {}
      }
    },
  })
  return { title, ...made }
}

export const schemaNames = Object.keys(SCHEMAS) as readonly (keyof typeof SCHEMAS)[]
