import { hash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { type Code, code } from '../messages.ts'
import type { FitBase } from '../models/model.ts'
import { type Calendar, periodDate } from '../series/calendar.ts'
import type { Series } from '../series/series.ts'
import { decodeOutcome, stateOf } from './answer-bytes.ts'
import type { Task } from './task.ts'

/** What was estimated for a series, and on what: plain data that lies beside its answer. */
interface State {
  /** By candidate and stage, as `Watch.recall` asks. */
  readonly fits: Readonly<Record<string, FitBase>>
  readonly values: Float64Array
  readonly calendar: Calendar | null
  /** Periods that have come since it was estimated. */
  readonly age: number
}

/** Parameters of an earlier run that are carried through a longer, or corrected, history. */
export interface Carried {
  readonly fits: State['fits']
  readonly age: number
  /** What is said of the forecast. */
  readonly told: Code
  /** Enters the key: other parameters, another answer. */
  readonly hash: string
}

/** New periods after which models are estimated anew: a tenth of the history, at most one season; at least one is carried. */
const OLDEST_SHARE = 0.1
/** Periods whose value was changed afterwards, of those known before, beyond which it is another history. */
const MOST_CORRECTED = 0.05
/** New values outside of the band that should hold 95 % of them, beyond which the models no longer fit. */
const MOST_OUTSIDE = 0.2
const BAND = { lower: 0.025, upper: 0.975 } as const

/** Where the latest answer of a series is found: by its name and by what is asked, whatever its values are now. */
export function stateKey({ series, options }: Task, engine: string): string {
  const { name, seasonLength, calendar, furtherSeasons = [], regressors, companions } = series
  const names = [regressors?.names ?? null, companions?.names ?? null]
  const about = [engine, 'state', name, seasonLength, calendar?.frequency ?? null, furtherSeasons, names, options]
  return hash('sha256', JSON.stringify(about)).slice(0, 32)
}

export function encodeState({ values, calendar }: Series, fits: State['fits'], carried: Carried | null): Uint8Array {
  const state: State = { fits, values: values.slice(), calendar, age: carried?.age ?? 0 }
  return serialize(state)
}

/** What can be carried over from an earlier answer to this series; null where its models are to be estimated anew. */
export function carriedFrom(body: Uint8Array, { series }: Task): Carried | null {
  const bytes = stateOf(body)
  if (bytes === null) return null
  const before = deserialize(bytes.slice()) as State
  if (Object.keys(before.fits).length === 0) return null
  const from = offsetOf(before.calendar, series.calendar, before.values.length)
  if (from === null) return null
  const known = before.values.subarray(from)
  const appended = series.values.length - known.length
  const age = before.age + appended
  const oldest = Math.max(1, Math.min(series.seasonLength, Math.ceil(OLDEST_SHARE * before.values.length)))
  if (appended < 0 || age > oldest) return null
  let corrected = 0
  for (let t = 0; t < known.length; t++) if (!same(known[t]!, series.values[t]!)) corrected++
  if (corrected > Math.max(1, MOST_CORRECTED * known.length)) return null
  if (outside(body, series, known.length) > MOST_OUTSIDE * appended) return null
  return {
    fits: before.fits,
    age,
    told: code('updated_without_refit', { periods: appended, corrected, age }),
    hash: hash('sha256', bytes).slice(0, 32),
  }
}

const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b))

/** Periods of the earlier history before the present one begins; null where they cannot be laid one over the other. */
function offsetOf(before: Calendar | null, now: Calendar | null, length: number): number | null {
  if (before === null || now === null) return before === now ? 0 : null
  if (before.monthEnd !== now.monthEnd) return null
  for (let from = 0; from < length; from++) if (periodDate(before, from) === now.start) return from
  return null
}

/** New values outside of the band that the earlier forecast gave them; none where it gave none. */
function outside(body: Uint8Array, { name, values }: Series, from: number): number {
  const bands = decodeOutcome(body, name)?.forecast?.bands
  if (bands == null) return 0
  const at = (p: number): number => bands.probabilities.indexOf(p)
  const [lower, upper] = [at(BAND.lower), at(BAND.upper)]
  if (lower < 0 || upper < 0) return 0
  const size = bands.probabilities.length
  let count = 0
  for (let step = 0; from + step < values.length && (step + 1) * size <= bands.values.length; step++) {
    const value = values[from + step]!
    if (value < bands.values[step * size + lower]! || value > bands.values[step * size + upper]!) count++
  }
  return count
}
