import { yardstick } from '../../src/automl/candidates.ts'
import { plainly } from '../../src/automl/combination/index.ts'
import { combined, fitAll } from '../../src/automl/ensemble.ts'
import { type Gathered, gather } from '../../src/automl/gather.ts'
import { isMixed, knownOf, weightInputs } from '../../src/automl/learned/index.ts'
import { quantileGrid } from '../../src/models/bands.ts'
import { combinedProbabilities, middleOf } from '../../src/models/ensemble/index.ts'
import { floored } from '../../src/models/floor.ts'
import type { Forecast } from '../../src/models/forecast.ts'
import { DEFAULT_CONFIG } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'
import type { Window } from './windows.ts'

/** What was known of a window, what its models said, and what came. */
export interface Row {
  readonly set: string
  readonly id: string
  readonly future: Float64Array
  readonly known: ReturnType<typeof knownOf>
  readonly sparse: boolean
  readonly nonNegative: boolean
  /** Registry names and forecasts of the members, then of the ballast; the ballast only where weights are learned. */
  readonly names: readonly string[]
  readonly members: readonly Forecast[]
  readonly ballast: readonly Forecast[]
  /** Null where weights are not learned. */
  readonly inputs: readonly number[] | null
  readonly centre: Float64Array
  readonly naive: Float64Array
}

/** A row by the product's own steps and default configuration; null where nothing, or one model alone, answers. */
export function rowOf(window: Window): Row | null {
  const { set, id, past, future, seasonLength, furtherSeasons } = window
  const series = { name: id, values: past, seasonLength, furtherSeasons, calendar: null }
  const horizon = future.length
  const asked = gather(series, optionsFor(series, DEFAULT_CONFIG, horizon))
  // the product asks for more steps, to speak of the season's peak: the first ones are the same
  const gathered: Gathered = { ...asked, steps: horizon }
  const { pool, fitted, sparse } = gathered
  if (pool.members.length < 2) return null
  const members = fitAll(pool.members, gathered, new Map())
  const [naive] = fitAll([yardstick(fitted.seasonLength)], gathered, new Map())
  if (members.length < 2 || naive === undefined) return null
  const whole = knownOf(gathered, horizon)
  // what trials said beyond their quantiles is large, and no network looks at it
  const trials = whole.trials?.map(({ actual, mean, quantiles }) => ({ actual, mean, quantiles })) ?? null
  const known = { ...whole, trials }
  const centre = middleOf(members.map(({ forecast }) => forecast.mean))
  const common = {
    ...{ set, id, future, known, sparse, centre, naive: naive.forecast.mean },
    nonNegative: gathered.finding.features.negatives === 0,
  }
  if (sparse) {
    const forecast = combined(
      members.map((each) => each.forecast),
      plainly(members.length),
    )
    return { ...common, names: [], members: [small(forecast)], ballast: [], inputs: null, centre: forecast.mean }
  }
  const ballast = fitAll(pool.ballast, gathered, new Map())
  const all = [...members, ...ballast]
  const names = all.map(({ model }) => model)
  const forecasts = all.map(({ forecast }) => small(forecast))
  const mixed = isMixed(names)
  const inputs = mixed ? inputsOf(known, gathered, names, forecasts, centre) : null
  return {
    ...common,
    ...{ names, inputs, members: forecasts.slice(0, members.length) },
    ballast: mixed ? forecasts.slice(members.length) : [],
  }
}

const inputsOf = (
  known: Row['known'],
  gathered: Gathered,
  names: readonly string[],
  forecasts: readonly Forecast[],
  centre: Float64Array,
): number[] =>
  weightInputs(
    known,
    gathered,
    names,
    forecasts.map(({ mean }) => mean),
    centre,
  )

/** Simulated futures take memory that thousands of rows have not: their quantiles are kept. */
function small(forecast: Forecast): Forecast {
  if (forecast.spread.kind !== 'paths') return forecast
  const { values, response } = quantileGrid(forecast, combinedProbabilities)
  return { mean: forecast.mean, spread: { kind: 'quantiles', probabilities: combinedProbabilities, values, response } }
}

/** As it is published: not below zero where the history is not. */
export const published = (row: Row, forecast: Forecast): Forecast => (row.nonNegative ? floored(forecast) : forecast)
