import { z } from 'zod'
import { BacktestOrigin, Decomposition, Item, StockFigures } from './detail.ts'
import { ExceptionKind, Finding, Severity } from './finding.ts'
import { Id } from './job.ts'
import { Code, LocatedProblem } from './problem.ts'
import { Review } from './review.ts'

const number = z.number().nullable()
const numbers = z.array(number)

export const SeriesStatus = z.enum(['success', 'fallback', 'failed', 'cancelled']).meta({ id: 'SeriesStatus' })

/** One series of a run in a table: what is sorted, filtered and seen at a glance. */
export const ResultRow = z
  .strictObject({
    position: z.int().describe('Place in the input, from 0.'),
    name: z.string(),
    status: SeriesStatus,
    model: z.string().nullable().describe('Registry name of the model that answered.'),
    model_label: z.string().nullable(),
    requested_model: z.string().nullable(),
    because: z.string().nullable().describe('What a fallback is for.'),
    pattern: z.string().nullable(),
    confidence: number,
    confidence_grade: z.string().nullable(),
    mase: number,
    skill: number,
    total: number.describe('Sum of the forecast.'),
    before: number.describe('Total of as many periods before the forecast.'),
    value: number.describe('The forecast in money; null without a price or a cost.'),
    abc: z.enum(['A', 'B', 'C']).nullable().describe('By forecast value; null until the job has ended.'),
    xyz: z.enum(['X', 'Y', 'Z']).nullable().describe('By how well the demand can be foreseen.'),
    reorder_point: number,
    safety_stock: number,
    unit: z.string().nullable(),
    observations: z.int(),
    problems: z.int(),
    repairs: z.int(),
    overridden: z.boolean(),
    exception: z
      .strictObject({ kind: ExceptionKind, severity: Severity })
      .nullable()
      .describe('The worst, of those that the inbox lists.'),
    review: Review.nullable().describe('Where it stands; null where nobody has said anything.'),
    sparkline: z.strictObject({ history: numbers, forecast: numbers }).describe('The last 24 periods, and the next.'),
  })
  .meta({ id: 'ResultRow' })
export type ResultRow = z.infer<typeof ResultRow>

const SORTS = [
  'position',
  'name',
  'status',
  'model',
  'pattern',
  'confidence',
  'mase',
  'skill',
  'total',
  'value',
] as const
export const Sort = z.enum([...SORTS, ...SORTS.map((name) => `-${name}` as const)])
export type Sort = z.infer<typeof Sort>

export const ResultPage = z
  .strictObject({
    results: z.array(ResultRow),
    total: z.int().describe('That match.'),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'ResultPage' })
export type ResultPage = z.infer<typeof ResultPage>

/** Body of `PUT …/overrides`: the whole set. */
export const NewOverrides = z
  .strictObject({
    values: z.array(z.strictObject({ period: z.int().min(1).max(10_000), value: z.number() })).max(10_000),
    reason: z.string().min(1).max(2000),
    author: z.string().min(1).max(200).describe('A name; not verified.'),
  })
  .meta({ id: 'NewOverrides' })

export const Overrides = z
  .strictObject({
    version: z.int(),
    values: z.array(z.strictObject({ period: z.int(), value: z.number() })),
    reason: z.string().nullable(),
    author: z.string().nullable(),
    changed_at: z.string().nullable(),
  })
  .meta({ id: 'Overrides' })
export type Overrides = z.infer<typeof Overrides>

const Candidate = z.strictObject({
  model: z.string(),
  label: z.string(),
  scores: z.record(z.string(), number),
  evaluations: z.int(),
  refused: Code.optional(),
})

/** One series whole: history, forecast with bands, trials, reasons. */
export const SeriesDetail = z
  .strictObject({
    job_id: Id,
    row: ResultRow,
    frequency: z.string().nullable(),
    season_length: z.number(),
    horizon: z.int(),
    history: z.strictObject({ dates: z.array(z.string().nullable()), values: numbers }),
    forecast: z
      .strictObject({
        dates: z.array(z.string().nullable()),
        mean: numbers,
        bands: z.array(z.strictObject({ level: z.number(), lower: numbers, upper: numbers })),
        published: numbers.describe('The forecast with the overrides in place of it.'),
      })
      .nullable(),
    overrides: Overrides,
    item: Item,
    exceptions: z.array(Finding).describe('Worst first.'),
    backtest: z.strictObject({
      metrics: z.record(z.string(), number).nullable().describe('From rolling origins in the past.'),
      candidates: z.array(Candidate),
      origins: z.array(BacktestOrigin).describe('Of the answer, the oldest first.'),
    }),
    decomposition: Decomposition.nullable().describe('Where there is a season and two of them are known.'),
    hierarchy: z
      .strictObject({ level: z.array(z.string()), group: z.array(z.string()), parts: z.array(z.string()) })
      .nullable()
      .describe('Of a total: the columns its parts share, what they have there, and their names.'),
    reconciliation: z
      .strictObject({ method: z.string(), base: numbers })
      .nullable()
      .describe('How the forecast was made to add up, and what it was before.'),
    members: z.array(z.strictObject({ model: z.string(), label: z.string(), weight: number })),
    alternatives: z.array(z.strictObject({ model: z.string(), score: number, because: Code })),
    related: z.array(
      z.strictObject({ series: z.string(), lag: z.int(), correlation: number, p: number, granger_p: number }),
    ),
    pattern_flags: z.array(z.string()),
    pattern_evidence: z.record(z.string(), number),
    confidence_tolerance: number,
    beats_seasonal_naive: number,
    supply: StockFigures.nullable(),
    because: Code.nullable(),
    reasons: z.array(Code),
    advice: z.array(Code),
    risk: z.array(Code),
    repairs: z.array(
      z.strictObject({
        file: z.string().nullable(),
        row: z.int().nullable(),
        column: z.string().nullable(),
        series: z.string(),
        date: z.string().nullable(),
        kind: z.string(),
        before: z.union([z.string(), z.number()]).nullable(),
        after: z.union([z.string(), z.number()]).nullable(),
      }),
    ),
    problems: z.array(LocatedProblem),
  })
  .meta({ id: 'SeriesDetail' })
export type SeriesDetail = z.infer<typeof SeriesDetail>

const Side = z.strictObject({ model: z.string().nullable(), status: z.string(), total: number, confidence: number })

/** What became of one series from one run to another. */
export const Change = z
  .strictObject({
    name: z.string(),
    this: Side.nullable(),
    other: Side.nullable(),
    before: number.describe('Total of the other over the periods that both forecast.'),
    after: number.describe('The same of this.'),
    periods: z.int().describe('That both forecast.'),
    total_change: number.describe('after / before − 1.'),
    causes: z.array(Code).describe('Empty where nothing changed.'),
  })
  .meta({ id: 'Change' })
export type Change = z.infer<typeof Change>

export const ChangePage = z
  .strictObject({ changes: z.array(Change), next_cursor: z.string().nullable() })
  .meta({ id: 'ChangePage' })
export type ChangePage = z.infer<typeof ChangePage>
