import { coverage } from '../../evaluate/metrics.ts'
import { errorOf, normalised, type Record, type Weigh } from './contract.ts'

/** Origins' worth of doubt with which weights from few trials are drawn towards equal ones. */
const DOUBT = 3

/** 1 / error in the trials (Bates & Granger 1969, without their correlations), shrunk towards equal. */
export const inverseError: Weigh = (records) => shrunk(records, (record) => 1 / Math.max(errorOf(record), 1e-12))

/**
 * By how far each member deserves to be relied on: exp(−1.5 relative error), less what its 80 % band held too little; the
 * same ingredients as the confidence of the series, shrunk towards equal.
 */
export const confidenceWeighted: Weigh = (records) =>
  shrunk(records, (record) => {
    const level = levelOf(record)
    const relative = level > 0 ? errorOf(record) / level : 1
    return Math.exp(-1.5 * relative) * (1 - 0.5 * shortfall(record))
  })

function shrunk(records: readonly Record[], score: (record: Record) => number): Float64Array {
  const origins = records[0]?.length ?? 0
  const own = normalised(Float64Array.from(records, score))
  const share = origins / (origins + DOUBT)
  return own.map((weight) => share * weight + (1 - share) / records.length)
}

function levelOf(record: Record): number {
  let total = 0
  let count = 0
  for (const { actual } of record)
    for (const value of actual)
      if (!Number.isNaN(value)) {
        total += Math.abs(value)
        count++
      }
  return total / count
}

/** By how much the 80 % band (the second and third of the kept quantiles) held less than 80 %. */
function shortfall(record: Record): number {
  const held = record.flatMap(({ actual, quantiles }) =>
    quantiles === null ? [] : [coverage(actual, quantiles[1]!, quantiles[2]!)],
  )
  const known = held.filter(Number.isFinite)
  return known.length === 0 ? 0.2 : Math.max(0, 0.8 - known.reduce((sum, share) => sum + share / known.length, 0))
}
