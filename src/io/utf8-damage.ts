import { isUtf8 } from 'node:buffer'

/** Letters of several bytes that are UTF-8, for each byte that is none, from which a file is damaged UTF-8. */
const DAMAGED_RATIO = 2

/** True where a few bytes spoil a text that is plainly UTF-8: read as another encoding all its accents would break. */
export function mostlyUtf8(raw: Buffer): boolean {
  if (isUtf8(raw) || raw.includes(0)) return false
  let letters = 0
  let invalid = 0
  for (let at = 0; at < raw.length; ) {
    const length = letterAt(raw, at)
    if (length === 0) invalid++
    else if (length > 1) letters++
    at += length || 1
  }
  return letters > DAMAGED_RATIO * invalid
}

/** Bytes of the UTF-8 letter that begins here; 0 where none does. */
function letterAt(raw: Buffer, at: number): number {
  if (raw[at] < 0x80) return 1
  const length = raw[at] >= 0xf0 ? 4 : raw[at] >= 0xe0 ? 3 : 2
  return isUtf8(raw.subarray(at, at + length)) ? length : 0
}

/** Offset of the first byte that is no UTF-8, for the message: found by halving to a few bytes, then letter by letter. */
export function firstInvalid(raw: Buffer): number {
  let low = 0
  let high = raw.length
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    // up to three bytes of a letter cut in the middle are no error
    if ([0, 1, 2, 3].some((cut) => middle > cut && isUtf8(raw.subarray(0, middle - cut)))) low = middle
    else high = middle
  }
  let at = Math.max(0, low - 8)
  while (at > 0 && (raw[at] & 0xc0) === 0x80) at--
  for (let length = letterAt(raw, at); length > 0 && at < raw.length; length = letterAt(raw, at)) at += length
  return at
}
