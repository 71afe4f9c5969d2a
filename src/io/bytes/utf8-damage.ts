import { isUtf8 } from 'node:buffer'

/** Letters of several bytes that are UTF-8, for each byte that is none, from which a file is damaged UTF-8. */
const DAMAGED_RATIO = 2

/** True where a few bytes spoil a text that is plainly UTF-8: read as another encoding all its accents would break. */
export const mostlyUtf8 = (letters: number, invalid: number, hasZeros: boolean): boolean =>
  invalid > 0 && !hasZeros && letters > DAMAGED_RATIO * invalid

/** Bytes of the UTF-8 letter that begins here; 0 where none does. */
export function letterAt(raw: Buffer, at: number): number {
  if (raw[at]! < 0x80) return 1
  const length = raw[at]! >= 0xf0 ? 4 : raw[at]! >= 0xe0 ? 3 : 2
  return isUtf8(raw.subarray(at, at + length)) ? length : 0
}
