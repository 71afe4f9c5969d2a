import type { Frequency } from './calendar.ts'

const NAMES: readonly (readonly [string, Frequency['unit'], number])[] = [
  ['yearly', 'year', 1],
  ['half-yearly', 'month', 6],
  ['quarterly', 'month', 3],
  ['monthly', 'month', 1],
  ['weekly', 'week', 1],
  ['daily', 'day', 1],
  ['business-daily', 'businessDay', 1],
  ['hourly', 'hour', 1],
  ['half-hourly', 'minute', 30],
]

const UNITS: Readonly<Record<string, readonly [Frequency['unit'], number]>> = {
  y: ['year', 1],
  year: ['year', 1],
  q: ['month', 3],
  quarter: ['month', 3],
  m: ['month', 1],
  month: ['month', 1],
  w: ['week', 1],
  week: ['week', 1],
  d: ['day', 1],
  day: ['day', 1],
  b: ['businessDay', 1],
  'business-day': ['businessDay', 1],
  h: ['hour', 1],
  hour: ['hour', 1],
  min: ['minute', 1],
  minute: ['minute', 1],
  s: ['second', 1],
  second: ['second', 1],
}

const MOST_STEPS = 10_000

/** `monthly`, `quarterly`, `15min`, `2 weeks`, `3month`, `h`: what `frequencyName` writes and its relatives; null otherwise. */
export function parseFrequency(text: string): Frequency | null {
  const plain = text.trim().toLowerCase().replaceAll('_', '-')
  const named = NAMES.find(([name]) => name === plain || name.replaceAll('-', '') === plain)
  if (named) return { unit: named[1], step: named[2] }
  const match = /^(\d{1,5})?[ -]?([a-z-]+?)s?$/.exec(plain === 's' ? '1s' : plain)
  const word = plain === 's' || /^\d+ ?s$/.test(plain) ? 's' : match?.[2]
  if (!match || word === undefined || !Object.hasOwn(UNITS, word)) return null
  const [unit, times] = UNITS[word]
  const step = Number(/^\d+/.exec(plain)?.[0] ?? 1) * times
  if (step < 1 || step > MOST_STEPS) return null
  return unit === 'month' && step % 12 === 0 ? { unit: 'year', step: step / 12 } : { unit, step }
}

/** The name `parseFrequency` reads back: `monthly`, `half-hourly`, otherwise number and unit (`15min`, `2week`). */
export function frequencyName({ unit, step }: Frequency): string {
  const named = NAMES.find(([, u, s]) => u === unit && s === step)
  if (named) return named[0]
  return `${step}${unit === 'minute' ? 'min' : unit === 'businessDay' ? 'business-day' : unit}`
}
