import type { Series } from '../series/series.ts'
import { areAlike } from './alike.ts'
import type { Job } from './messages.ts'
import { joinTexts, splitTexts, type Texts } from './texts.ts'

/** What series that are asked the same have in common. */
interface Common extends Pick<Job, 'options' | 'carried'> {
  readonly series: Omit<Series, 'name' | 'values'>
}

/**
 * Series on their way to a worker: their numbers as one piece that is handed over, what they have in common told once. As
 * an object each, a series takes longer to cross than a simple forecast.
 */
export interface PackedJobs {
  readonly indexes: Int32Array
  readonly names: Texts
  /** Of each, the number of its values, and its place in `common`. */
  readonly lengths: Int32Array
  readonly kinds: Int32Array
  readonly values: Float64Array<ArrayBuffer>
  readonly common: readonly Common[]
}

export function pack(jobs: readonly Job[]): PackedJobs {
  const count = jobs.length
  const indexes = new Int32Array(count)
  const lengths = new Int32Array(count)
  const kinds = new Int32Array(count)
  const values = new Float64Array(jobs.reduce((sum, { series }) => sum + series.values.length, 0))
  const common: Common[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    const job = jobs[i]!
    const own = job.series.values
    if (i === 0 || !haveInCommon(jobs[i - 1]!, job)) common.push(commonOf(job))
    indexes[i] = job.index
    lengths[i] = own.length
    kinds[i] = common.length - 1
    values.set(own, at)
    at += own.length
  }
  const names = joinTexts(jobs.map(({ series }) => series.name))
  return { indexes, names, lengths, kinds, values, common }
}

/** The jobs again, one after the other. */
export function* unpack({ indexes, names, lengths, kinds, values, common }: PackedJobs): Generator<Job> {
  const texts = splitTexts(names)
  let at = 0
  for (let i = 0; i < indexes.length; i++) {
    const { series, options, carried } = common[kinds[i]!]!
    const own = { name: texts[i]!, values: values.subarray(at, at + lengths[i]!) }
    at += lengths[i]!
    yield { index: indexes[i]!, series: { ...own, ...series }, options, carried }
  }
}

const standsAlone = ({ series: { regressors, companions }, carried }: Job): boolean =>
  regressors === undefined && companions === undefined && carried === null

const haveInCommon = (a: Job, b: Job): boolean =>
  a.options === b.options && standsAlone(a) && standsAlone(b) && areAlike(a.series, b.series)

function commonOf({ series, options, carried }: Job): Common {
  const { name: _, values: __, regressors, companions, ...rest } = series
  return {
    options,
    carried,
    series: {
      ...rest,
      ...(regressors && { regressors: { ...regressors, columns: regressors.columns.map(whole) } }),
      ...(companions && { companions: { ...companions, columns: companions.columns.map(whole) } }),
    },
  }
}

/** A view of a larger array would take all of that with it. */
const whole = (array: Float64Array): Float64Array =>
  array.byteLength === array.buffer.byteLength ? array : array.slice()
