import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { encodeAnswer } from '../batch/answer-bytes.ts'
import type { SeriesResult } from '../batch/run-result.ts'
import type { ResultRow } from '../contract/result.ts'
import { forecastOf, problemsOf } from '../export/forecast-of.ts'
import { isTotal } from '../export/is-total.ts'
import type { Member } from '../portfolio/member.ts'
import { totalBefore } from '../portfolio/season-before.ts'
import type { Entry } from '../processor/portfolio.ts'
import type { NewResult } from '../store/queries/series-result.ts'

/** What is known of an item beside its history. */
export interface StoredItem extends Pick<Member, 'supply' | 'group' | 'endOfLife' | 'predecessor' | 'successor'> {
  readonly location?: string | undefined
  readonly description?: string | undefined
}

/** A result with what is known of its item, as the store keeps it. */
export interface StoredResult {
  readonly result: SeriesResult
  readonly item: StoredItem
}

type Encoded = Omit<NewResult, 'tenant_id' | 'job_id'>

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

/** What an entry says of its item; `member`: with what the portfolio found out. */
export function itemOf({ item, supply, group, endOfLife }: Entry, member?: Member): StoredItem {
  const { predecessor, successor } = member ?? {}
  const { location, description } = item.facts ?? {}
  return { supply, group, endOfLife, predecessor, successor, location, description }
}

/** Of a total nothing is known but its history. */
export const NO_ITEM: StoredItem = { supply: {}, group: {} }

/** An answer, as it comes. `options`: whatever shapes it beside its history. */
export function encodeResult(stored: StoredResult, position: number, options: string): Encoded {
  return { ...encoded(stored, position, options), digest: digestOf(stored) }
}

/** What the whole portfolio made of it. */
export function encodeFinal(stored: StoredResult, position: number, options: string): Encoded {
  const digest = digestOf(stored)
  return { ...encoded(stored, position, options), digest, final_digest: digest }
}

function encoded(given: StoredResult, position: number, options: string): Omit<Encoded, 'digest'> {
  // an outcome that is read when it is asked for is read once
  const stored = { ...given, result: { ...given.result } }
  const { result } = stored
  const row = tableRow(stored, position)
  const { history, calendar } = result
  return {
    position,
    name: result.name,
    name_folded: folded(result.name),
    status: result.status,
    model: row.model,
    pattern: row.pattern,
    grade: row.confidence_grade,
    ...{ confidence: row.confidence, mase: row.mase, skill: row.skill, total: row.total },
    ...{ abc: row.abc, xyz: row.xyz, value: row.value, unit: row.unit, before: row.before },
    is_total: isTotal(result) ? 1 : 0,
    answer_digest: sha256(
      JSON.stringify([result.status, row.model_label, result.dates]),
      bytesOf(forecastOf(result)?.forecast.mean ?? new Float64Array(0)),
    ),
    history_digest: sha256(options, JSON.stringify(calendar), bytesOf(history)),
    row: JSON.stringify(row),
    body: serialize(stored),
  }
}

const bytesOf = (values: Float64Array): Uint8Array => new Uint8Array(values.slice().buffer)

/**
 * The same for the same content, whether it was computed just now or found again: V8's own format is not, for it tells
 * whole numbers from equal fractions and writes what is shared once.
 */
function digestOf({ result, item }: StoredResult): string {
  const { outcome, status, problems, history, ...rest } = result
  const answer = encodeAnswer({ status, outcome, problems })
  return sha256(answer, JSON.stringify([rest, item]), bytesOf(history))
}

/** What was kept; results from before items were kept with them are of items of which nothing is known. */
export function decodeResult(body: Uint8Array): StoredResult {
  const kept = deserialize(body) as Omit<StoredResult, 'item'> & { readonly item?: StoredItem }
  return { ...kept, item: kept.item ?? NO_ITEM }
}

/** What a table shows of a series by itself; who looks at it and what stands beside it comes from elsewhere. */
export type OwnRow = Omit<ResultRow, 'overridden' | 'exception' | 'review'>

function tableRow({ result }: StoredResult, position: number): OwnRow {
  const outcome = forecastOf(result)
  const mean = outcome === null ? [] : [...outcome.forecast.mean]
  const { portfolio, history } = result
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
    before: history.length === 0 ? null : finite(totalBefore(result)),
    value: finite(portfolio?.value),
    abc: portfolio?.abc ?? null,
    xyz: portfolio?.xyz ?? null,
    reorder_point: finite(outcome?.inventory?.reorderPoint),
    safety_stock: finite(outcome?.inventory?.safetyStock),
    unit: result.unit,
    observations: result.observations,
    problems: problemsOf(result).length,
    repairs: result.repairs.length,
    sparkline: { history: [...history.slice(-SPARK)].map(finite), forecast: mean.slice(0, SPARK).map(finite) },
  }
}
