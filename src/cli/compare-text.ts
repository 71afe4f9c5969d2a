import type { Code } from '../messages.ts'
import type { Change, Comparison } from './compare-runs.ts'
import { plain } from './explain-text.ts'
import { fit, table, widest, wrap } from './layout.ts'
import type { Paint } from './output.ts'
import type { Say } from './words.ts'

interface Page {
  readonly say: Say
  readonly locale: string
  readonly width: number
  readonly paint: Paint
}

const SHOWN = 15
const NAMED = 5
const NAME_WIDTH = 24
const LEAST_WHY = 16
const GAP = 2
const ALIGN = ['left', 'right', 'right', 'right', 'left'] as const

/** A comparison for people: in one sentence, then what was asked otherwise, then the series, the largest change first. */
export function compareText(comparison: Comparison, { say, locale, width, paint }: Page): string {
  const { both, same, added, gone, changed, settings, version, total } = comparison
  const share = (relative: number): string =>
    relative.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const lines = [wrap(say('compare.counts', { both, same, changed: changed.length }), width)]
  if (total.before !== 0)
    lines.push(
      wrap(
        say('compare.total', {
          before: plain(total.before, locale),
          after: plain(total.after, locale),
          change: share(total.after / total.before - 1),
        }),
        width,
      ),
    )
  for (const [key, names] of [
    ['compare.added', added],
    ['compare.gone', gone],
  ] as const)
    if (names.length > 0) lines.push(wrap(say(key, { count: names.length, names: someOf(names, say) }), width))
  if (version !== null) lines.push(wrap(say('compare.version', version), width))
  for (const { name, before, after } of settings)
    lines.push(wrap(say('compare.setting', { name, before: word(before), after: word(after) }), width))
  if (changed.length > 0) {
    const number = (value: number | null): string => (value === null ? '–' : plain(value, locale))
    const why = (change: Change): string => change.why.map((each) => reason(each, say)).join('; ')
    const head = ['name', 'before', 'after', 'change', 'why'].map((each) => say(`compare.head.${each}`))
    const shown = changed.slice(0, SHOWN)
    const figures = shown.map((change) => [
      fit(change.name, NAME_WIDTH),
      number(change.before),
      number(change.after),
      change.relative === null ? '–' : share(change.relative),
    ])
    const taken = head.slice(0, -1).reduce((sum, title, c) => {
      return sum + GAP + widest([title, ...figures.map((row) => row[c]!)])
    }, GAP)
    const rows = shown.map((change, i) => [...figures[i]!, fit(why(change), Math.max(LEAST_WHY, width - taken))])
    lines.push('', table([head.map((title) => paint('bold', title)), ...rows], ALIGN))
    if (changed.length > SHOWN) lines.push(say('compare.more', { count: changed.length - SHOWN }))
  }
  return lines.join('\n')
}

/** In a word or two, for a column. */
const reason = ({ code, params }: Code, say: Say): string => say(`compare.why.${code.replace('compare_', '')}`, params)

const word = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value))

const someOf = (names: readonly string[], say: Say): string => {
  const shown = names.slice(0, NAMED).map((name) => `«${name}»`)
  return [...shown, ...(names.length > NAMED ? [say('compare.others', { count: names.length - NAMED })] : [])].join(
    ', ',
  )
}
