/** Controls, and signs that turn the direction of writing or have no width: they can rewrite a terminal's line. */
const ACTIVE = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** What came from a file, safe to print: a control shows as its picture (␛, ␊), other active signs by their number. */
export const inert = (text: string): string =>
  text.replace(ACTIVE, (sign) => {
    const point = sign.codePointAt(0) ?? 0
    if (point < 0x20) return String.fromCodePoint(0x2400 + point)
    return point === 0x7f ? '␡' : `<U+${point.toString(16).toUpperCase().padStart(4, '0')}>`
  })
