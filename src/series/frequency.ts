import type { Frequency } from './calendar.ts'
import { parseTick, SECONDS_PER_DAY } from './civil-day.ts'
import { fitGrid, isWeekend, monthsOf, periodNumber, periodTick } from './grid.ts'

export interface FrequencyEvidence {
  /** Dates looked at. */
  readonly dates: number
  /** Share of neighbours exactly one step apart; the rest are gaps. */
  readonly adjacent: number
  /** Share of dates that lie on the grid found; the rest would be moved to it. */
  readonly onGrid: number
}

export interface DetectedFrequency {
  readonly frequency: Frequency
  readonly monthEnd: boolean
  readonly evidence: FrequencyEvidence
}

/** Coarse before fine: where two explain the dates equally well, the coarser one leaves fewer gaps. */
const DATE_STEPS: readonly Frequency[] = [
  { unit: 'year', step: 1 },
  { unit: 'month', step: 6 },
  { unit: 'month', step: 3 },
  { unit: 'month', step: 2 },
  { unit: 'month', step: 1 },
  { unit: 'week', step: 4 },
  { unit: 'week', step: 2 },
  { unit: 'week', step: 1 },
  { unit: 'day', step: 1 },
  { unit: 'businessDay', step: 1 },
]

/** A grid must hold this share of the dates (majority rule). */
const LEAST_ON_GRID = 0.6
/** What monthly data on changing days (last working day, day of the invoice) is worth against an exact grid. */
const LOOSE_MONTHS = 0.75
/** Weekend dates that business-daily data may have, as errors. */
const MOST_WEEKEND = 0.02
/** Share of gaps between times that must be whole multiples of a sub-daily step. */
const LEAST_MULTIPLES = 0.8
/** Share of gaps that must be exactly one such step: stamps of single sales share a minute grid by chance only. */
const LEAST_ADJACENT = 0.1

/**
 * The step of a series from its dates: year, half-year, quarter, 2 months, month (starts, ends or any day), 4 weeks,
 * 2 weeks, week, day, business day, and any number of hours, minutes or seconds below a day. Gaps are tolerated: the
 * step is the one for which most neighbours are exactly one step apart among those on whose grid most dates lie.
 * Null with fewer than 2 valid dates. `sortedDistinctDates`: ISO civil dates or date-times, ascending.
 */
export function detectFrequency(sortedDistinctDates: readonly string[]): DetectedFrequency | null {
  const ticks = Float64Array.from(sortedDistinctDates, parseTick).filter((tick) => !Number.isNaN(tick))
  return detectFromTicks(ticks)
}

/** The same for ticks (seconds since 1970), ascending and distinct. */
export function detectFromTicks(ticks: Float64Array): DetectedFrequency | null {
  if (ticks.length < 2) return null
  const time = ticks[0] % SECONDS_PER_DAY
  if (ticks.some((tick) => (tick - time) % SECONDS_PER_DAY !== 0)) {
    const step = subDailyStep(ticks)
    if (step !== null) return describe(ticks, step).found
  }
  const days = distinctDays(ticks)
  if (days.length < 2) return null
  let best: DetectedFrequency | null = null
  let bestScore = -1
  for (const frequency of plausibleSteps(days)) {
    const { found, distinct } = describe(days, frequency)
    const { adjacent, onGrid } = found.evidence
    let fit = onGrid
    if (frequency.unit === 'month' && frequency.step === 1 && distinct === 1) fit = Math.max(fit, LOOSE_MONTHS)
    if (frequency.unit === 'businessDay' && !plausibleBusinessDays(days)) continue
    if (fit < LEAST_ON_GRID) continue
    // the tiny share of fit lets exact grids win where nothing is adjacent
    const score = adjacent * fit + 1e-6 * fit
    if (score > bestScore + 1e-12) {
      best = found
      bestScore = score
    }
  }
  return best
}

/** Gaps from and to these shares of a step may be one step: dates of a month on any day are 1 to 59 days apart. */
const SHORTEST = 0.4
const LONGEST = 1.6
/** Below this share of such gaps a step is not tried, where some other step has this share. */
const FEW_GAPS = 0.02
const MANY_GAPS = 0.5

/** The steps worth trying: half of all gaps are about one step of some, and hardly any of the others. */
function plausibleSteps(days: Float64Array): readonly Frequency[] {
  const counts = new Map<number, number>()
  for (let i = 1; i < days.length; i++) {
    const gap = days[i]! - days[i - 1]!
    counts.set(gap, (counts.get(gap) ?? 0) + 1)
  }
  const shares = DATE_STEPS.map((frequency) => {
    const step = (monthsOf(frequency) * 30.44 || (frequency.unit === 'week' ? 7 : 1) * frequency.step) * SECONDS_PER_DAY
    let near = 0
    for (const [gap, times] of counts) if (gap >= SHORTEST * step && gap <= LONGEST * step) near += times
    return near / (days.length - 1)
  })
  if (!shares.some((share) => share >= MANY_GAPS)) return DATE_STEPS
  return DATE_STEPS.filter((_, i) => shares[i]! >= FEW_GAPS)
}

/** How well a frequency explains ticks; `distinct` is the share of neighbours in different periods. */
function describe(ticks: Float64Array, frequency: Frequency): { found: DetectedFrequency; distinct: number } {
  const grid = fitGrid(ticks, frequency)
  let on = 0
  let adjacent = 0
  let different = 0
  let before = Number.NaN
  for (const tick of ticks) {
    const number = periodNumber(grid, tick)
    if (periodTick(grid, number) === tick) on++
    if (number === before + 1) adjacent++
    if (number !== before) different++
    before = number
  }
  const pairs = ticks.length - 1
  return {
    found: {
      frequency,
      monthEnd: grid.monthEnd && monthsOf(frequency) > 0,
      evidence: { dates: ticks.length, adjacent: adjacent / pairs, onGrid: on / ticks.length },
    },
    distinct: (different - 1) / pairs,
  }
}

/** Business days need a week's worth of dates, a week end passed over, and (almost) no week-end dates. */
function plausibleBusinessDays(days: Float64Array): boolean {
  if (days.length < 5) return false
  let weekend = 0
  for (const day of days) if (isWeekend(day)) weekend++
  return weekend <= MOST_WEEKEND * days.length
}

function distinctDays(ticks: Float64Array): Float64Array {
  const time = ticks.every((tick) => (tick - ticks[0]) % SECONDS_PER_DAY === 0)
  if (time) return ticks
  const days: number[] = []
  for (const tick of ticks) {
    const day = Math.floor(tick / SECONDS_PER_DAY) * SECONDS_PER_DAY
    if (days.length === 0 || days[days.length - 1] !== day) days.push(day)
  }
  return Float64Array.from(days)
}

/** The most common difference below a day, or the greatest common one where the dates are too sparse for it. */
function subDailyStep(ticks: Float64Array): Frequency | null {
  const counts = new Map<number, number>()
  for (let i = 1; i < ticks.length; i++) {
    const gap = ticks[i] - ticks[i - 1]
    counts.set(gap, (counts.get(gap) ?? 0) + 1)
  }
  let common = 0
  let most = 0
  let divisor = 0
  for (const [gap, times] of counts) {
    divisor = greatestDivisor(divisor, gap)
    if (times > most || (times === most && gap < common)) {
      common = gap
      most = times
    }
  }
  for (const seconds of [common, divisor]) {
    if ((counts.get(seconds) ?? 0) < LEAST_ADJACENT * (ticks.length - 1)) continue
    if (seconds >= SECONDS_PER_DAY || (seconds < 60 && seconds !== common)) continue
    let multiples = 0
    for (const [gap, times] of counts) if (gap % seconds === 0) multiples += times
    if (multiples >= LEAST_MULTIPLES * (ticks.length - 1)) return inUnits(seconds)
  }
  return null
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

function inUnits(seconds: number): Frequency {
  if (seconds % 3600 === 0) return { unit: 'hour', step: seconds / 3600 }
  if (seconds % 60 === 0) return { unit: 'minute', step: seconds / 60 }
  return { unit: 'second', step: seconds }
}

export { frequencyName, parseFrequency } from './frequency-name.ts'
export { defaultSeasonLength } from './season.ts'
