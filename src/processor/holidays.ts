import type { Holiday } from '../automl/outcome.ts'
import { Problem, problem } from '../messages.ts'

/** Holidays of the years `from` to `to`, both included. */
export type HolidaysBetween = (from: number, to: number) => readonly Holiday[]

/** Days off work; observances and half days hardly move demand everywhere. */
const TYPES = ['public', 'bank']

/**
 * The public holidays of a country (`IT`), a state (`DE-BY`) or a region (`ES-CN-GC`). Loads the calendars only when asked
 * for. Throws `config_invalid` for a place that has none.
 */
export async function holidaysOf(place: string): Promise<HolidaysBetween> {
  const { default: Holidays } = await import('date-holidays')
  const parts = place.toUpperCase().split('-')
  const list = new Holidays()
  const at = [list.getCountries(), list.getStates(parts[0] ?? ''), list.getRegions(parts[0] ?? '', parts[1] ?? '')]
  const wrong = parts.findIndex((part, i) => !Object.keys(at[i] ?? {}).includes(part))
  if (wrong >= 0) {
    const before = parts.slice(0, wrong).map((part) => `${part}-`)
    const expected = Object.keys(at[wrong] ?? {}).map((part) => before.join('') + part)
    throw new Problem(problem('config_invalid', { field: 'holidays', value: place, expected: expected.join(', ') }))
  }
  const [country = '', state = '', region = ''] = parts
  const calendar = region
    ? new Holidays(country, state, region)
    : state
      ? new Holidays(country, state)
      : new Holidays(country)
  const cache = new Map<string, readonly Holiday[]>()
  return (from, to) => {
    const key = `${from}-${to}`
    const before = cache.get(key)
    if (before !== undefined) return before
    const dates = new Map<string, string[]>()
    for (let year = from; year <= to; year++)
      for (const { name, date, type } of calendar.getHolidays(year, 'en')) {
        if (!TYPES.includes(type)) continue
        // a day given in place of a holiday on a weekend is the same holiday
        const plain = name.replace(/ \(substitute day\)$/, '')
        dates.set(plain, [...(dates.get(plain) ?? []), date.slice(0, 10)])
      }
    const holidays = [...dates].map(([name, days]) => ({ name, dates: days }))
    cache.set(key, holidays)
    return holidays
  }
}
