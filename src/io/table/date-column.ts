import { type Code, code } from '../../messages.ts'
import { parseTick, SECONDS_PER_DAY } from '../../series/civil-day.ts'
import { type DateOrder, isoDate, readDate, serialDate, serialKind, type WrittenDate } from './dates.ts'

/** How the dates of one column are read. */
export interface DateFormat {
  /** Shown in the file's report: `ymd`, `dmy`, `mdy`, `excel`, `unix-s`, `unix-ms`, `year`. */
  readonly order: string
  /** What decided the order; null where the text leaves no choice. */
  readonly evidence: Code | null
  /** ISO text; null where the cell is no date. `reformatted` where it is written unlike the column. */
  readonly read: (text: string) => { readonly date: string; readonly reformatted: boolean } | null
}

export type DateResult = DateFormat | { readonly ambiguous: string } | null

/** Share of dates that may contradict the order of their column (they are then rejected one by one). */
const MOST_CONTRARY = 0.05
/** The regular order must explain its own grid this much better than the other. */
const REGULARITY = 0.25

/**
 * Decides for a whole column from its distinct texts; null where it holds no dates. Evidence, strongest first: days
 * above 12, then the step: dates read rightly lie on a regular grid without holes.
 */
export function dateFormat(texts: Iterable<string>, asked: DateOrder | undefined): DateResult {
  const distinct = [...new Set(texts)].filter((text) => text.trim() !== '')
  const kind = commonSerial(distinct)
  if (kind !== null)
    return {
      order: kind,
      evidence: null,
      read: (text) => {
        const date = serialDate(text.trim(), kind)
        return date === null ? other(text) : { date, reformatted: false }
      },
    }
  const written = distinct.map(readDate).filter((date) => date !== null)
  if (written.length === 0) return null
  const style = mostFrequent(written.map((date) => date.style))
  const open = written.filter((date) => date.order === null)
  let order: DateOrder = 'ymd'
  let known = true
  let matters = false
  if (open.length > 0) {
    const decided = asked ?? decide(open)
    matters = open.some((date) => date.style === style)
    if (decided === null && matters) return { ambiguous: example(distinct) }
    known = decided !== null
    order = decided ?? 'dmy'
  }
  return {
    order: matters ? order : 'ymd',
    evidence: matters ? orderEvidence(distinct, order, asked) : null,
    read: reader(order, known, style),
  }
}

/** The order was asked for, a day above 12 shows it, or the dates are regular under it alone. */
function orderEvidence(texts: readonly string[], order: DateOrder, asked: DateOrder | undefined): Code {
  if (asked !== undefined) return code('evidence_asked', { value: asked })
  const telling = texts.find((text) => {
    const date = readDate(text)
    return (
      date?.order === null &&
      (['dmy', 'mdy', 'ymd'] as const).every((o) => (isoDate(date, o) === null) === (o !== order))
    )
  })
  return telling === undefined
    ? code('evidence_date_regular', { order })
    : code('evidence_date_example', { order, example: telling })
}

function other(text: string): { date: string; reformatted: boolean } | null {
  const date = readDate(text)
  const iso = date === null || date.order === null ? null : isoDate(date, 'ymd')
  return iso === null ? null : { date: iso, reformatted: true }
}

/** Cells repeat from series to series: each text is read once. */
function reader(order: DateOrder, known: boolean, style: string): DateFormat['read'] {
  const seen = new Map<string, ReturnType<DateFormat['read']>>()
  return (text) => {
    const before = seen.get(text)
    if (before !== undefined) return before
    const date = readDate(text)
    // the order of a few stray dates in an ISO column is open unless the date itself tells
    const use = date === null || date.order !== null || known ? order : decide([date])
    const iso = date === null || use === null ? null : isoDate(date, use)
    const result =
      iso === null ? null : { date: iso, reformatted: date?.style.replace(' time', '') !== style.replace(' time', '') }
    if (seen.size < 200_000) seen.set(text, result)
    return result
  }
}

function commonSerial(texts: readonly string[]) {
  const kinds = texts.map((text) => serialKind(text.trim()))
  const counted = kinds.filter((kind) => kind !== null)
  if (counted.length < 0.8 * texts.length || counted.length === 0) return null
  const kind = mostFrequent(counted)
  return counted.filter((k) => k === kind).length >= 0.8 * texts.length ? kind : null
}

function mostFrequent<T>(items: readonly T[]): T {
  const counts = new Map<T, number>()
  let best = items[0]
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  for (const [item, count] of counts) if (count > (counts.get(best) ?? 0)) best = item
  return best
}

const example = (texts: readonly string[]): string => texts.find((text) => readDate(text)?.order === null) ?? ''

/** Null: as far as the dates tell, either order may be meant. */
function decide(open: readonly WrittenDate[]): DateOrder | null {
  const short = open.every((date) => date.parts[2] < 100)
  const orders: DateOrder[] = short ? ['dmy', 'mdy', 'ymd'] : ['dmy', 'mdy']
  const valid = orders.map((order) => open.filter((date) => isoDate(date, order) !== null).length)
  const most = Math.max(...valid)
  if (most < (1 - MOST_CONTRARY) * open.length && orders.filter((_, i) => valid[i] > 0).length > 1) return null
  const left = orders.filter((_, i) => valid[i] === most)
  if (left.length === 1) {
    // year first with two digits is unusual: it must not win by a hair
    return left[0] === 'ymd' && open.length < 3 ? null : left[0]
  }
  const dates = left.map((order) => open.map((date) => isoDate(date, order)).filter((iso) => iso !== null))
  if (dates.every((list) => list.join() === dates[0].join())) return left[0]
  const scores = dates.map(regularity)
  const best = scores.indexOf(Math.max(...scores))
  return scores.every((score, i) => i === best || scores[best] - score > REGULARITY) ? left[best] : null
}

/** Share of a grid of the commonest step that the dates fill, times the share of steps that are this one. */
function regularity(dates: readonly string[]): number {
  const days = [...new Set(dates.map((date) => Math.floor(parseTick(date) / SECONDS_PER_DAY)))].sort((a, b) => a - b)
  if (days.length < 3) return 0
  const steps = days.slice(1).map((day, i) => nominal(day - days[i]))
  const step = mostFrequent(steps)
  const share = steps.filter((s) => s === step).length / steps.length
  const filled = days.length / (Math.round((days[days.length - 1] - days[0]) / step) + 1)
  return share * Math.min(1, filled)
}

/** Months, quarters and years count as steps of one length. */
function nominal(days: number): number {
  if (days >= 28 && days <= 31) return 30.4375
  if (days >= 90 && days <= 92) return 91.3125
  if (days >= 365 && days <= 366) return 365.25
  return days
}
