import { parseTick } from '../../series/civil-day.ts'
import { isoOf } from '../../series/tick-text.ts'
import type { SeriesFacts } from '../portfolio.ts'
import type { AttributeCells } from './attributes.ts'
import { DateCells } from './cells.ts'
import type { AttributeRole } from './extras.ts'
import type { Formats } from './formats.ts'
import { numberReader } from './numbers.ts'

const PLAIN = { decimal: '.', thousands: '' } as const
const LEAD_TIME =
  /^(\d{1,5}(?:[.,]\d{1,3})?) ?(d|days?|gg|g|giorni|giorno|dias?|días?|j|jours?|tage?|天|日|w|weeks?|settimane?|semanas?|semaines?|wochen?|周)?$/iu
const WEEK = /^(?:w|se|wo|周)/i
const MOST_PERIODS = 10_000

/** What the attribute columns tell of a series; cells that cannot be read say nothing. */
export function factsOf(
  attributes: AttributeCells,
  series: number,
  { numbers, date }: Formats,
): { unit: string | null; known: SeriesFacts | null } {
  let unit: string | null = null
  const known: { -readonly [Fact in keyof SeriesFacts]: SeriesFacts[Fact] } = {}
  for (const [a, { role, index, days }] of attributes.columns.entries()) {
    const text = attributes.textOf(a, series)
    if (text === null || text.trim() === '') continue
    if (role === 'unit') unit = text
    else if (role === 'description' || role === 'location' || role === 'predecessor') known[role] = text
    else if (role === 'endOfLife') {
      const tick = date === null ? parseTick(text.trim()) : new DateCells(date).readText(text.trim())
      if (!Number.isNaN(tick)) known.endOfLife = isoOf(tick).slice(0, 10)
    } else if (role === 'leadTime') {
      const leadTime = leadTimeOf(text, days)
      if (leadTime !== null) known.leadTime = leadTime
    } else {
      const value = numberReader(numbers.get(index) ?? PLAIN)(text)?.value
      if (value !== undefined && isUsable(role, value))
        known[role] = role === 'serviceLevel' && value > 1 ? value / 100 : value
    }
  }
  return { unit, known: Object.keys(known).length === 0 ? null : known }
}

/** Periods as a number; days as `10d`, where the cell or the name of its column says so. */
function leadTimeOf(text: string, days: boolean): number | string | null {
  const match = LEAD_TIME.exec(text.trim())
  if (match === null) return null
  const amount = Number(match[1]!.replace(',', '.'))
  if (!(amount >= 0 && amount <= MOST_PERIODS)) return null
  if (match[2] === undefined) return days ? `${amount}d` : amount
  return `${WEEK.test(match[2]) ? 7 * amount : amount}d`
}

const isUsable = (role: AttributeRole, value: number): boolean =>
  role === 'serviceLevel'
    ? value > 0 && value < 100 && value !== 1
    : Number.isFinite(value) && (role === 'stock' || value >= 0)
