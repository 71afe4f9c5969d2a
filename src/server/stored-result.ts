import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { encodeAnswer } from '../batch/answer-bytes.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { ResultRow } from '../contract/result.ts'
import { forecastOf, problemsOf } from '../export/forecast-of.ts'
import type { NewResult } from '../store/queries/series-result.ts'

/** A result with the history that it came from, as the store keeps it. */
export interface StoredResult {
  readonly result: SeriesResult
  readonly values: Float64Array
}

/** Periods of a history that a table shows. */
const SPARK = 24

export const finite = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : value

const sha256 = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex').slice(0, 32)
}

/** What is searched in a name. */
export const folded = (name: string): string => name.normalize('NFKC').toLowerCase()

export function encodeResult(
  stored: StoredResult,
  position: number,
  options: string,
): Omit<NewResult, 'tenant_id' | 'job_id'> {
  const { result, values } = stored
  const row = tableRow(stored, position)
  const body = serialize(stored)
  return {
    position,
    name: result.name,
    name_folded: folded(result.name),
    status: result.status,
    model: row.model,
    pattern: row.pattern,
    grade: row.confidence_grade,
    confidence: row.confidence,
    mase: row.mase,
    skill: row.skill,
    total: row.total,
    digest: digestOf(stored),
    history_digest: sha256(options, JSON.stringify(result.calendar), new Uint8Array(values.slice().buffer)),
    row: JSON.stringify(row),
    body,
  }
}

/**
 * The same for the same content, whether it was computed just now or found again: V8's own format is not, for it tells
 * whole numbers from equal fractions and writes what is shared once.
 */
function digestOf({ result, values }: StoredResult): string {
  const { outcome, status, problems, history, ...rest } = result
  const answer = encodeAnswer({ status, outcome, problems })
  return sha256(
    answer,
    JSON.stringify(rest),
    new Uint8Array(history.slice().buffer),
    new Uint8Array(values.slice().buffer),
  )
}

export const decodeResult = (body: Uint8Array): StoredResult => deserialize(body) as StoredResult

function tableRow({ result, values }: StoredResult, position: number): Omit<ResultRow, 'overridden'> {
  const outcome = forecastOf(result)
  const mean = outcome === null ? [] : [...outcome.forecast.mean]
  return {
    position,
    name: result.name,
    status: result.status,
    model: outcome?.used ?? null,
    model_label: outcome?.label ?? null,
    requested_model: result.outcome?.requested ?? null,
    because: outcome?.because?.code ?? null,
    pattern: result.outcome?.pattern ?? null,
    confidence: finite(outcome?.confidenceScore),
    confidence_grade: outcome?.confidenceGrade ?? null,
    mase: finite(outcome?.metrics?.mase),
    skill: finite(outcome?.metrics?.skill),
    total: outcome === null ? null : finite(mean.reduce((sum, value) => sum + value, 0)),
    reorder_point: finite(outcome?.inventory?.reorderPoint),
    safety_stock: finite(outcome?.inventory?.safetyStock),
    unit: result.unit,
    observations: result.observations,
    problems: problemsOf(result).length,
    repairs: result.repairs.length,
    sparkline: { history: [...values.slice(-SPARK)].map(finite), forecast: mean.slice(0, SPARK).map(finite) },
  }
}
