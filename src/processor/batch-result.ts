import type { CandidateReport, Inventory, Metrics, Outcome, Pattern } from '../automl/outcome.ts'
import { quantileAt, quantileOfTotal } from '../automl/published-quantiles.ts'
import type { PortfolioFigures, SeriesResult, Supply } from '../batch/run-result.ts'
import { type Code, type LocatedProblem, Problem, problem, type Repair } from '../messages.ts'
import type { Member } from '../portfolio/member.ts'
import type { Entry } from './portfolio.ts'

export interface BatchForecast {
  readonly mean: number[]
  /** ISO dates; nulls where the series had none. */
  readonly dates: (string | null)[]
  /** Central band, `level(0.8)`. Here as in all that follow: NaN where no band can be given. */
  level(p: number): { lower: number[]; upper: number[] }
  quantile(p: number): number[]
  /** Sum of the periods `from` to `to`, counted from 1, both included. */
  total(from: number, to: number): { mean: number; quantile(p: number): number }
}

/** Why this model; empty texts and lists, score 0 and pattern null where there is no forecast. */
export interface Explanation {
  readonly recommendedModel: string
  readonly modelLabel: string
  readonly members: Outcome['members']
  /** Probability that the total over the horizon ends within `confidenceTolerance` (a share) of what comes. */
  readonly confidenceScore: number
  readonly confidenceTolerance: number
  /** Probability of being nearer to what comes than the seasonal naive; null where nothing can be said. */
  readonly beatsNaive: number | null
  readonly confidenceGrade: Outcome['confidenceGrade']
  readonly pattern: Pattern | null
  readonly patternEvidence: Readonly<Record<string, number>>
  readonly whyChosen: readonly Code[]
  readonly businessRecommendation: readonly Code[]
  readonly risk: readonly Code[]
  readonly alternatives: Outcome['alternatives']
}

/** One series of a batch, as the library shows it: a face over the plain data (`plain`) that exports read. */
export class BatchResult {
  readonly plain: SeriesResult
  readonly name: string
  readonly status: SeriesResult['status']
  /** Success or fallback. */
  readonly ok: boolean
  readonly requested: string
  readonly used: string
  /** What a fallback is for. */
  readonly because?: Code
  readonly reorderPoint?: number
  readonly safetyStock?: number
  /** Stock figures, with what the portfolio adds: classes, and an order where the stock on hand is known. */
  readonly inventory?: Inventory & Partial<Supply> & { readonly abc?: string; readonly xyz?: string }
  /** Of a total of the hierarchy: what its parts share, and their names. */
  readonly total?: NonNullable<PortfolioFigures['total']>
  /** How the forecast was made to add up, and the point forecast before. */
  readonly reconciliation?: { readonly method: string; readonly base: number[] }
  /** Items that a new one was forecast like. */
  readonly likeItems: readonly string[]
  /** From rolling origins; null where the history was too short for them. */
  readonly metrics: Metrics | null
  readonly candidates: readonly CandidateReport[]
  readonly repairs: readonly Repair[]
  readonly problems: readonly LocatedProblem[]
  /** What was read, for another try. */
  readonly #entry: Entry | null
  readonly #member: Member | null
  #forecast: BatchForecast | undefined
  #explanation: Explanation | undefined

  constructor(plain: SeriesResult, entry: Entry | null = null, member: Member | null = null) {
    const { outcome, portfolio } = plain
    this.plain = plain
    this.name = plain.name
    this.status = plain.status
    this.ok = plain.status === 'success' || plain.status === 'fallback'
    this.requested = outcome?.requested ?? ''
    this.used = outcome?.used ?? ''
    if (outcome?.because) this.because = outcome.because
    if (outcome?.inventory) {
      const { reorderPoint, safetyStock } = outcome.inventory
      this.reorderPoint = reorderPoint
      this.safetyStock = safetyStock
      const { abc, xyz, supply } = portfolio ?? {}
      this.inventory = { ...outcome.inventory, ...supply, ...(abc && { abc }), ...(xyz && { xyz }) }
    }
    if (portfolio?.total) this.total = portfolio.total
    if (portfolio?.reconciliation) {
      const { method, base } = portfolio.reconciliation
      this.reconciliation = { method, base: [...base] }
    }
    this.likeItems = portfolio?.likeItems ?? []
    this.metrics = outcome?.metrics ?? null
    this.candidates = outcome?.candidates ?? []
    this.repairs = plain.repairs
    this.problems = plain.problems
    this.#entry = entry
    this.#member = member
  }

  /** Made when it is first asked for, as is `explanation`: whoever reads `plain` needs neither. */
  get forecast(): BatchForecast | undefined {
    const forecast = this.plain.outcome?.forecast
    if (this.ok && forecast) this.#forecast ??= forecastOf(this.plain, forecast)
    return this.#forecast
  }

  get explanation(): Explanation {
    this.#explanation ??= explanationOf(this.plain.outcome)
    return this.#explanation
  }

  /** With what is made when it is asked for. */
  toJSON(): object {
    const { forecast, explanation } = this
    return { ...this, ...(forecast && { forecast }), explanation }
  }

  /** The input this result came from; null for a result made by hand. */
  static entryOf(result: BatchResult): Entry | null {
    return result.#entry
  }

  /** What is known of its series beside the result; null for a total, and for a result that came alone or by hand. */
  static memberOf(result: BatchResult): Member | null {
    return result.#member
  }

  /** The same series with other plain data: what `postProcessResult` returns to change a result. */
  with(change: Partial<SeriesResult>): BatchResult {
    return new BatchResult({ ...this.plain, ...change }, this.#entry, this.#member)
  }
}

function explanationOf(outcome: Outcome | null): Explanation {
  return {
    recommendedModel: outcome?.used ?? '',
    modelLabel: outcome?.label ?? '',
    members: outcome?.members ?? [],
    confidenceScore: outcome?.confidenceScore ?? 0,
    confidenceTolerance: outcome?.confidenceTolerance ?? Number.NaN,
    beatsNaive: outcome?.beatsNaive ?? null,
    confidenceGrade: outcome?.confidenceGrade ?? 'low',
    pattern: outcome?.pattern ?? null,
    patternEvidence: outcome?.patternEvidence ?? {},
    whyChosen: outcome?.whyChosen ?? [],
    businessRecommendation: outcome?.businessRecommendation ?? [],
    risk: outcome?.risk ?? [],
    alternatives: outcome?.alternatives ?? [],
  }
}

function forecastOf({ dates }: SeriesResult, { mean, bands }: NonNullable<Outcome['forecast']>): BatchForecast {
  const quantile = (p: number): number[] => {
    check('p', p, p > 0 && p < 1, '0 < p < 1')
    return Array.from(mean, (_, step) => (bands === null ? Number.NaN : quantileAt(bands, step, p)))
  }
  return {
    mean: [...mean],
    dates: [...dates],
    level: (p) => ({ lower: quantile((1 - p) / 2), upper: quantile((1 + p) / 2) }),
    quantile,
    total(from, to) {
      check('from', from, Number.isInteger(from) && from >= 1 && from <= mean.length, `1 – ${mean.length}`)
      check('to', to, Number.isInteger(to) && to >= from && to <= mean.length, `${from} – ${mean.length}`)
      return {
        mean: mean.subarray(from - 1, to).reduce((sum, value) => sum + value, 0),
        quantile(p) {
          check('p', p, p > 0 && p < 1, '0 < p < 1')
          return bands === null ? Number.NaN : quantileOfTotal(mean, bands, from - 1, to - 1, p)
        },
      }
    },
  }
}

function check(field: string, value: number, holds: boolean, expected: string): void {
  if (!holds) throw new Problem(problem('config_invalid', { field, value, expected }))
}
