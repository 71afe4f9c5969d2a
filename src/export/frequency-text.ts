import type { Calendar } from '../series/calendar.ts'

const NAMES: Readonly<Record<string, string>> = {
  '1year': 'yearly',
  '6month': 'half-yearly',
  '3month': 'quarterly',
  '1month': 'monthly',
  '1week': 'weekly',
  '1day': 'daily',
  '1business-day': 'business-daily',
  '1hour': 'hourly',
  '30min': 'half-hourly',
}

const UNITS: Readonly<Record<string, string>> = { minute: 'min', businessDay: 'business-day' }

/** `monthly`, `15min`: as `series/frequency-name.ts` writes it, which exports may not call; a test holds the two together. */
export function frequencyText(calendar: Calendar | null): string | null {
  if (calendar === null) return null
  const { unit, step } = calendar.frequency
  const plain = `${step}${UNITS[unit] ?? unit}`
  return NAMES[plain] ?? plain
}
