import { type Random, randomStream } from '../math/random.ts'
import { type LocatedProblem, problem } from '../messages.ts'
import type { Series } from '../series/series.ts'
import { calmSince } from './calm-since.ts'
import { NAIVE, type Pool, poolFor } from './candidates.ts'
import { contentKey } from './content-key.ts'
import type { ForecastOptions } from './outcome.ts'
import { findPattern, type PatternFinding } from './pattern.ts'
import { prepare, tailOf } from './prepare.ts'
import { stepsFor, stepsNeeded } from './publish.ts'
import { usableRegressors } from './regressors.ts'
import { isSparse } from './sparse.ts'
import { type Validation, validate } from './validate.ts'
import { type Bounded, bounded, unwatched, type Watch } from './watch.ts'

/** All that is known of a series before anything is fitted on the whole of it. */
export interface Gathered {
  /** As it came, bounded; and what is fitted: its tail, with the regressors that can be used. */
  readonly series: Series
  readonly fitted: Series
  /** Times this, numbers are on the scale of the input. */
  readonly scale: number
  readonly observations: number
  readonly finding: PatternFinding
  /** Demand is answered by a pool of distributions. */
  readonly sparse: boolean
  readonly pool: Pool
  /** Null where the history is too short, or too plain, for trials. */
  readonly validation: Validation | null
  /** Steps that models are asked for. */
  readonly steps: number
  /** A stream of its own for each purpose; equal content gives equal streams. */
  readonly random: (purpose: string) => Random
  readonly problems: readonly LocatedProblem[]
  /** Told of each model's work; what a fit may spend. */
  readonly watch: Bounded
}

/** Looks at a series: usable values and regressors, pattern, who may try, and how they did on the past. Throws as `prepare`. */
export function gather(input: Series, options: ForecastOptions, follower: Watch = unwatched): Gathered {
  const watch = bounded(follower, options)
  const { series, fitted: all, scale, observations, problems } = prepare(input)
  const recent = settledTail(all, options)
  const bare = recent ?? all
  const wished = stepsFor(options, bare.seasonLength)
  const external = usableRegressors(bare, options.holidays, stepsNeeded(options), wished)
  const { regressors: _, ...plain } = bare
  const fitted: Series = external.regressors === null ? plain : { ...plain, regressors: external.regressors }
  const key = contentKey(fitted)
  const finding = findPattern(fitted.values, fitted.seasonLength)
  const sparse = isSparse(finding, options)
  const alone: Pool = { candidates: [NAIVE], members: [], ballast: [] }
  const pool = observations < 2 ? alone : poolFor(finding, fitted, options, watch.chain)
  const tries = observations >= 2 && finding.pattern !== 'constant'
  return {
    ...{ series, fitted, scale, observations, finding, sparse, pool },
    validation: tries ? validate(fitted, pool, sparse ? 'squared' : 'absolute', key, options, watch) : null,
    steps: Math.min(wished, external.ahead),
    random: (purpose) => randomStream(`${options.seed}|${purpose}|${key}`),
    problems: [...problems, ...(recent === null ? [] : [restsOn(recent, all)]), ...external.problems],
    watch,
  }
}

/** The part of a history since it became another one; null where it did not, and of sparse demand, which may pause. */
function settledTail(all: Series, options: ForecastOptions): Series | null {
  const from = calmSince(all.values, all.seasonLength)
  if (from === 0 || isSparse(findPattern(all.values, all.seasonLength), options)) return null
  return tailOf(all, all.values.length - from)
}

const restsOn = (recent: Series, all: Series): LocatedProblem =>
  problem('history_settled', { observations: all.values.length, used: recent.values.length }, { series: all.name })
