const TRUE = new Set('true vero verdadero vrai wahr yes y sì si s sí oui o ja x ✓ 是 on'.split(' '))
const FALSE = new Set('false falso faux falsch no n non nein 否 off'.split(' '))

/** 1 or 0 for the words of yes and no in the five languages (and German); NaN for any other text. */
export function truthOf(text: string): number {
  if (text.length > 12) return Number.NaN
  const word = text.trim().toLowerCase()
  return TRUE.has(word) ? 1 : FALSE.has(word) ? 0 : Number.NaN
}
