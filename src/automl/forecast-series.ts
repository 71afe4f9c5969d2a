import { totalsOf } from '../inventory/totals.ts'
import { type Code, code, Problem, problem } from '../messages.ts'
import { floored } from '../models/floor.ts'
import type { Series } from '../series/series.ts'
import { type Answer, attempt, type Candidate, NAIVE, type Pool, yardstick } from './candidates.ts'
import { confidence } from './confidence.ts'
import { answerAlone, ENSEMBLE, fitAll } from './ensemble.ts'
import { alternatives, recommend, risks, type Story, whyChosen } from './explain.ts'
import { type Gathered, gather } from './gather.ts'
import { grade } from './grade.ts'
import { type Described, knownOf } from './learned/index.ts'
import type { CandidateReport, ForecastOptions, Outcome, PublishedForecast, Related } from './outcome.ts'
import type { PatternFinding } from './pattern.ts'
import { areCounts, publish } from './publish.ts'
import { select } from './select.ts'
import { stockFigures } from './stock-figures.ts'
import { together, type Widths } from './together.ts'
import { metricsOf, type Validation } from './validate.ts'
import { unwatched, type Watch } from './watch.ts'

/**
 * Forecasts one series: pattern, candidates, rolling-origin trials, choice, then a fit of the chosen model on all the
 * data; the forecast starts the period after the last one. Pure: the same content, options and version give the same
 * bytes, under any name. Throws a `Problem` (`series_empty`, `series_no_values`, `series_out_of_range`) where nothing
 * can be said; a model that cannot answer is replaced openly (`status` fallback, `because`). `watch` is told of each
 * model's work and may keep one from it.
 */
export function forecastSeries(input: Series, options: ForecastOptions, watch: Watch = unwatched): Outcome {
  const gathered = gather(input, options, watch)
  const { series, fitted, scale, observations, finding, sparse, pool, validation } = gathered
  const m = fitted.seasonLength
  const standard = pool.members.length > 1 ? ENSEMBLE : pool.candidates[0]!.name
  // a few periods with or without demand say nothing of a distribution: sparse demand keeps the pool
  const full = watch.chain === 'full'
  const wanted = validation === null || sparse || !full ? standard : select(validation.tried, yardstick(m).name).name
  const known = knownOf(gathered, Math.min(options.horizon, gathered.steps))
  const refused = new Map<Candidate, Code>()
  for (const { candidate, refused: why } of validation?.tried ?? [])
    if (candidate !== null && why !== null) refused.set(candidate, why)
  const { answer, factors } = answerFrom(wanted, gathered, known, options, refused)
  // the default was refused at an origin or on all the data: whatever answers stands in for it
  const first = standard !== ENSEMBLE && refused.has(pool.candidates[0]!) ? standard : wanted
  const because =
    observations < 2
      ? code('series_too_short', { observations, needed: 2 })
      : answer.model === first
        ? null
        : ([...refused.values()][0] ?? null)
  const chosen = validation?.tried.find((one) => one.name === answer.model && one.trials !== null) ?? null

  const floor = options.nonNegative === true || (options.nonNegative === 'auto' && finding.features.negatives === 0)
  const whole = floor ? floored(answer.forecast) : answer.forecast
  const spreadless = observations < 2 ? { ...whole, spread: { kind: 'none' as const } } : whole
  const counts = floor && scale === 1 && areCounts(series.values)
  const forecast = publish(spreadless, options.horizon, options.levels, counts, scale)
  if (!allFinite(forecast))
    throw new Problem(problem('series_out_of_range', { value: finding.features.most * scale, limit: 1e300 }))
  const { kind } = spreadless.spread
  const distribution = sparse && answer.model === 'mean' ? 'empirical' : kind === 'normal' ? 'normal' : 'simulated'
  const inventory =
    kind === 'none'
      ? null
      : stockFigures(
          totalsOf(spreadless, () => gathered.random('totals'), sparse),
          options,
          distribution,
          counts,
          scale,
        )
  const metrics =
    validation === null || chosen === null
      ? null
      : metricsOf(chosen.trials!, fitted, chosen.loss, validation.yardstickLoss, factors)
  const { score, beatsNaive } = confidence(gathered, spreadless, known, options)
  const told = inputScale(finding, scale)
  const { mean } = whole
  const story: Story = {
    series,
    finding: told,
    answer,
    validation,
    chosen,
    metrics,
    mean,
    bandWidth: bandWidth(forecast),
    score,
    options,
  }
  return {
    status: because === null ? 'success' : 'fallback',
    requested: full ? first : ENSEMBLE,
    used: answer.model,
    label: answer.label,
    because,
    members: answer.members.length > 0 ? answer.members : [{ model: answer.model, label: answer.label, weight: 1 }],
    pattern: told.pattern,
    flags: told.flags,
    patternEvidence: told.evidence,
    forecast,
    confidenceScore: score,
    confidenceTolerance: options.confidenceTolerance,
    confidenceGrade: grade(score),
    beatsNaive,
    whyChosen: whyChosen(story),
    businessRecommendation: recommend(story),
    risk: risks(story),
    alternatives: alternatives(story),
    related: relatedOf(fitted, answer),
    inventory,
    metrics,
    trialErrors: (chosen?.trials ?? []).map(({ origin, actual, mean: said }) => ({
      back: fitted.values.length - origin.at,
      errors: Array.from(actual, (value, h) => Number(((said[h]! - value) * scale).toPrecision(7))),
    })),
    candidates: reports(validation, answer, refused, pool),
    problems: gathered.problems,
  }
}

/** The one wanted, fitted on all the data; then the yardstick, then naive: somebody always answers. */
function answerFrom(
  wanted: string,
  gathered: Gathered,
  known: Described,
  options: ForecastOptions,
  refused: Map<Candidate, Code>,
): { answer: Answer; factors: Widths | null } {
  const { pool, fitted: series, watch } = gathered
  if (wanted === ENSEMBLE) {
    const parts = fitAll(pool.members, gathered, refused)
    if (parts.length > 1) return together(parts, gathered, known, options.combination, refused)
    if (parts.length === 1) return { answer: parts[0]!, factors: null }
  }
  // of a short chain each in its turn
  const asked = pool.candidates.filter((candidate) => candidate.name === wanted || watch.chain !== 'full')
  let last: Code | null = null
  for (const candidate of new Set([...asked, yardstick(series.seasonLength), NAIVE])) {
    const result = attempt(candidate.name, watch, () => answerAlone(candidate, gathered))
    if ('answer' in result) return { answer: result.answer, factors: null }
    last = result.refused
    refused.set(candidate, last)
  }
  throw new Problem(problem(last!.code, last!.params, { series: series.name }))
}

/** Everybody who was tried, and the one who answered. */
function reports(
  validation: Validation | null,
  answer: Answer,
  refused: ReadonlyMap<Candidate, Code>,
  { candidates }: Pool,
): CandidateReport[] {
  const untried = candidates.map((candidate) => ({ name: candidate.name, candidate, trial: null }))
  const tried = validation?.tried.map((trial) => ({ name: trial.name, candidate: trial.candidate, trial })) ?? untried
  const known = tried.some(({ name }) => name === answer.model)
  return [...tried, ...(known ? [] : [{ name: answer.model, candidate: null, trial: null }])].map(
    ({ name, candidate, trial }) => {
      const final = name === answer.model ? answer : null
      const relative = trial === null ? Number.NaN : trial.loss / validation!.yardstickLoss
      const scores: Record<string, number> = Number.isFinite(relative)
        ? { relative: Number(relative.toPrecision(4)) }
        : {}
      const why = candidate === null ? undefined : refused.get(candidate)
      return {
        model: name,
        label: final?.label ?? trial?.label ?? name,
        scores,
        evaluations: (trial?.evaluations ?? 0) + (final?.evaluations ?? 0),
        ...(why === undefined ? {} : { refused: why }),
      }
    },
  )
}

function relatedOf({ companions }: Series, { leaders }: Answer): Related[] {
  const links = companions?.links ?? []
  return links.map((link) => ({ ...link, grangerP: leaders.find(({ name }) => name === link.leader)?.p ?? null }))
}

/** Numbers told to people, on the scale of the input. */
function inputScale(finding: PatternFinding, scale: number): PatternFinding {
  if (scale === 1) return finding
  const { features, evidence } = finding
  return {
    ...finding,
    features: { ...features, mean: features.mean * scale },
    evidence: evidence.slope === undefined ? evidence : { ...evidence, slope: evidence.slope * scale },
  }
}

/** Mean half width of the 80 % band over the mean forecast; NaN where either is missing. */
function bandWidth({ mean, bands }: PublishedForecast): number {
  if (bands === null) return Number.NaN
  const size = bands.probabilities.length
  const lower = bands.probabilities.indexOf(0.1)
  const upper = bands.probabilities.indexOf(0.9)
  let width = 0
  let level = 0
  for (let step = 0; step < mean.length; step++) {
    width += bands.values[step * size + upper]! / 2 - bands.values[step * size + lower]! / 2
    level += Math.abs(mean[step]!)
  }
  return level > 0 ? width / level : Number.NaN
}

function allFinite({ mean, bands }: PublishedForecast): boolean {
  return mean.every(Number.isFinite) && (bands === null || bands.values.every(Number.isFinite))
}
