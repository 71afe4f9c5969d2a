const MINUS = 45
const ZERO = 48
const NINE = 57
/** Whole numbers up to here are exact in a double, and so is their quotient by a power of ten up to 10^22. */
const EXACT_DIGITS = 15
const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i)

/**
 * The number in `bytes` from `start` to `end` where it is written plainly: sign, digits in groups of three or without
 * groups, decimal sign, digits; at most 15 of them. NaN for everything else, which is then read as a text.
 * Exact: a whole number below 2^53 over a power of ten is rounded once, as `Number` of the text is.
 */
export function plainNumber(bytes: Uint8Array, start: number, end: number, decimal: number, thousands: number): number {
  let at = start
  const negative = bytes[at] === MINUS
  if (negative) at++
  let whole = 0
  let digits = 0
  /** Digits since the last group sign; -1 before the first. */
  let group = -1
  let lead = 0
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte >= ZERO && byte <= NINE) {
      whole = whole * 10 + (byte - ZERO)
      digits++
      if (group >= 0) group++
      else lead++
    } else if (byte === thousands) {
      if (group >= 0 ? group !== 3 : lead < 1 || lead > 3) return Number.NaN
      group = 0
    } else break
  }
  if (digits === 0 || (group >= 0 && group !== 3)) return Number.NaN
  let places = 0
  if (at < end) {
    if (bytes[at] !== decimal) return Number.NaN
    for (at++; at < end; at++) {
      const byte = bytes[at]!
      if (byte < ZERO || byte > NINE) return Number.NaN
      whole = whole * 10 + (byte - ZERO)
      places++
    }
  }
  if (digits + places > EXACT_DIGITS) return Number.NaN
  const size = places === 0 ? whole : whole / POWERS[places]!
  return negative ? -size : size
}
