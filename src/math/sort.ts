/** More than this in one bucket, and comparing sorts faster. */
const CROWDED = 48
const FEWEST = 32
/** Buckets a value: with two, half as many are left to be put right. */
const BUCKETS = 2

/** Up to so many whole numbers of the range for each value are counted. */
const COUNTABLE = 2

/** Room for the work of a sort of so many values; nothing in it outlasts the call. */
const roomFor = (n: number) => ({
  starts: new Int32Array(BUCKETS * n + 1),
  buckets: new Int32Array(n),
  given: new Float64Array(n),
})
/** Made once for all samples of a usual size. */
const USUAL = 4096
const usual = roomFor(USUAL)

/**
 * Sorts in place, ascending, as `Float64Array.sort` does, values `from` up to `to` (default all); five times as fast where
 * the values are spread like draws from a distribution: each goes to the bucket of its share of the range, and what is
 * left is put right by insertion; counts are counted.
 */
export function sortNumbers(values: Float64Array, from = 0, to = values.length): Float64Array {
  const n = to - from
  if (n < FEWEST) return sortFew(values, from, to)
  const count = BUCKETS * n
  const { starts, buckets, given } = n > USUAL ? roomFor(n) : usual
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  let whole = true
  for (let i = 0; i < n; i++) {
    const value = values[from + i]!
    if (Number.isNaN(value)) return sortPlainly(values, from, to)
    if (whole && !Number.isInteger(value)) whole = false
    if (value < least) least = value
    if (value > most) most = value
    given[i] = value
  }
  if (whole && most - least <= COUNTABLE * n) return sortCounts(values, from, to, least, most)
  const factor = (count - 1) / (most - least)
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY)) return sortPlainly(values, from, to)
  starts.fill(0, 0, count + 1)
  for (let i = 0; i < n; i++) {
    // never negative: cutting is rounding down
    const bucket = ((given[i]! - least) * factor) | 0
    buckets[i] = bucket
    starts[bucket + 1]!++
  }
  let before = from
  starts[0] = from
  for (let i = 1; i <= count; i++) {
    const crowd = starts[i]!
    if (crowd > CROWDED) return sortPlainly(values, from, to)
    before += crowd
    starts[i] = before
  }
  for (let i = 0; i < n; i++) values[starts[buckets[i]!]!++] = given[i]!
  insert(values, from, to)
  return values
}

/** A comparison that the language sees otherwise (no number, a negative zero) is left to it. */
function sortFew(values: Float64Array, from: number, to: number): Float64Array {
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (Number.isNaN(value) || Object.is(value, -0)) return sortPlainly(values, from, to)
  }
  insert(values, from, to)
  return values
}

function insert(values: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = values[i]!
    let at = i - 1
    if (!(values[at]! > value)) continue
    do {
      values[at + 1] = values[at]!
      at--
    } while (at >= from && values[at]! > value)
    values[at + 1] = value
  }
}

function sortPlainly(values: Float64Array, from: number, to: number): Float64Array {
  values.subarray(from, to).sort()
  return values
}

/** Whole numbers of a narrow range: each as often as it is there. */
function sortCounts(values: Float64Array, from: number, to: number, least: number, most: number): Float64Array {
  const often = new Int32Array(most - least + 1)
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (Object.is(value, -0)) return sortPlainly(values, from, to)
    often[value - least]!++
  }
  let at = from
  for (let k = 0; k < often.length; k++) for (let left = often[k]!; left > 0; left--) values[at++] = least + k
  return values
}
