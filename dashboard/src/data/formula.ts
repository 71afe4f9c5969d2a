/**
 * What a planner types in place of a forecast: a number, or a change of it: `+10%`, `-5%`, `*1.2`, `+250`, `-40`.
 * Null is nothing typed. A number below zero is typed with `=`: `=-40`.
 */
export function overriddenBy(text: string, forecast: number, locale: string): number | null | 'faulty' {
  const trimmed = text.trim().replaceAll(/[\s\u00a0\u202f]/g, '')
  if (trimmed === '') return null
  const found = /^([+\-*×=]?)(-?[\d.,'’]+)(%?)$/u.exec(trimmed)
  if (found === null) return 'faulty'
  const [, sign, digits, percent] = found
  const value = numberIn(digits!, locale)
  if (value === null) return 'faulty'
  if (percent === '%')
    return sign === '+' ? forecast * (1 + value / 100) : sign === '-' ? forecast * (1 - value / 100) : 'faulty'
  if (sign === '+') return forecast + value
  if (sign === '-') return forecast - value
  if (sign === '*' || sign === '×') return forecast * value
  return value
}

/** A number in the writing of a locale; a lone point or comma that cannot part thousands is a decimal in any. */
function numberIn(text: string, locale: string): number | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6)
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const other = decimal === ',' ? '.' : ','
  const groups = text.split(other)
  const isGrouped = groups.length > 1 && groups.slice(1).every((part) => /^\d{3}([^\d]|$)/.test(part))
  let plain = text.replaceAll(/['’]/g, '')
  if (isGrouped) plain = plain.replaceAll(other, '')
  else if (groups.length === 2 && !text.includes(decimal)) plain = plain.replace(other, decimal)
  plain = plain.replace(decimal, '.')
  return /^-?\d*\.?\d+$|^-?\d+\.$/.test(plain) ? Number(plain) : null
}
