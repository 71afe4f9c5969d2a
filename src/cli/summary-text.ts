import { familyName } from '../export/report/model-name.ts'
import type { Summary } from '../export/report/summary.ts'
import { render, text } from '../i18n/render.ts'
import { basisOf, stakeOf, worstOfEach } from '../portfolio/exceptions.ts'
import { bar, fit, padEnd, padStart, widest, wrap } from './layout.ts'
import type { Paint } from './output.ts'
import { duration } from './progress-bar.ts'
import type { Say } from './words.ts'

/** What the text needs beside the numbers. */
export interface SummaryPage {
  readonly summary: Summary
  readonly seconds: number
  /** Paths as the caller would write them, each with what it holds. */
  readonly files: readonly { readonly path: string; readonly what: string }[]
  readonly runDir: string
  readonly say: Say
  readonly locale: string
  readonly width: number
  readonly paint: Paint
}

const BAR_CELLS = 20
const SHOWN_SERIES = 5
const SHOWN_REPAIRS = 6

/** Words and counts in three aligned columns: name, count, a bar of its share. */
function counts(rows: readonly (readonly [string, number])[], total: number, page: SummaryPage): string[] {
  const label = Math.max(24, widest(rows.map(([name]) => name)))
  const digits = widest(rows.map(([, count]) => String(count)))
  return rows.map(([name, count]) =>
    `  ${padEnd(name, label)}  ${padStart(String(count), digits)}  ${page.paint('dim', bar(count / Math.max(1, total), BAR_CELLS))}`.trimEnd(),
  )
}

const TONES = { bad: 'red', attention: 'yellow', info: 'dim' } as const

/** The series that need a person, each with the worst that is said of it. */
function exceptions(page: SummaryPage): string[] {
  const { summary, say, paint, width, locale } = page
  const all = worstOfEach(summary.exceptions)
  if (all.length === 0) return [say('summary.attention_none')]
  const money = basisOf(summary.exceptions) === 'value' ? 'yes' : 'no'
  const lines = [paint('bold', wrap(say('summary.attention', { count: all.length, money }), width))]
  const stakes = all.map(stakeOf(summary.exceptions))
  for (const [i, { series, kind, severity, because }] of all.slice(0, SHOWN_SERIES).entries()) {
    const stake = Math.round(stakes[i]!).toLocaleString(locale)
    const words = `${text(`ui.report.finding.${kind}`, {}, locale)}  ${padStart(stake, 9)}`
    const room = width - 4 - widest([words])
    lines.push(`  ${padEnd(fit(series, room), room)}  ${paint(TONES[severity], words)}`)
    lines.push(paint('dim', wrap(render(because, locale), width, 4)))
  }
  if (all.length > SHOWN_SERIES)
    lines.push(wrap(say('summary.attention_more', { count: all.length - SHOWN_SERIES }), width, 2))
  return lines
}

function data(page: SummaryPage): string[] {
  const { summary, say, width, locale } = page
  const lines = summary.rows === null ? [] : [wrap(say('summary.rows', { ...summary.rows }), width)]
  const kinds = Object.entries(summary.repairs)
  for (const [kind, count] of kinds.slice(0, SHOWN_REPAIRS))
    lines.push(wrap(`${padStart(count.toLocaleString(locale), 7)}  ${say(`repair.${kind}`, { count })}`, width, 2))
  if (kinds.length > SHOWN_REPAIRS)
    lines.push(`  ${say('summary.repairs_more', { count: kinds.length - SHOWN_REPAIRS })}`)
  if (summary.set_aside > 0)
    lines.push(
      wrap(
        `${padStart(summary.set_aside.toLocaleString(locale), 7)}  ${say('summary.set_aside', { count: summary.set_aside })}`,
        width,
        2,
      ),
    )
  return lines
}

/** The whole page, at most `width` columns wide. */
export function summaryText(page: SummaryPage): string {
  const { summary, say, paint, width } = page
  const { by_status: status, against_seasonal_naive: against } = summary
  const done = status.success + status.fallback
  const models = Object.entries(summary.models)
  const lines = [
    paint(
      'bold',
      say('summary.title', {
        done,
        series: summary.series,
        horizon: summary.horizon,
        time: duration(page.seconds, say),
      }),
    ),
  ]
  if (summary.totals > 0) lines.push(wrap(say('summary.totals', { count: summary.totals }), width))
  if (status.fallback + status.failed + status.cancelled > 0)
    lines.push(wrap(say('summary.status', { ...status }), width))
  if (done > 0) {
    lines.push('', paint('bold', say('summary.patterns')))
    lines.push(
      ...counts(
        Object.entries(summary.patterns).map(([name, count]) => [say(`pattern.${name}`), count] as const),
        done,
        page,
      ),
    )
    lines.push('', paint('bold', say('summary.models')))
    lines.push(
      ...counts(
        models.map(([name, count]) => [familyName(name, page.locale), count] as const),
        done,
        page,
      ),
    )
    lines.push('', paint('bold', say('summary.confidence')))
    lines.push(
      ...counts(
        (['high', 'fair', 'low'] as const).map((grade) => [say(`grade.${grade}`), summary.confidence[grade]] as const),
        done,
        page,
      ),
    )
  }
  lines.push('', paint('bold', say('summary.against')))
  lines.push(
    wrap(
      against.beating_share === null || against.median_skill === null
        ? say('summary.against_none')
        : say('summary.against_share', {
            percent: Math.round(against.beating_share * 100),
            compared: against.compared,
            skill: Math.round(Math.abs(against.median_skill) * 100),
            direction: against.median_skill >= 0 ? 'smaller' : 'larger',
          }),
      width,
      2,
    ),
  )
  lines.push('', ...exceptions(page))
  lines.push('', ...data(page))
  if (page.files.length > 0) {
    lines.push('', paint('bold', say('summary.files', { folder: page.runDir })))
    // what lies in the run folder is named without it; the heading says where
    const inside = (path: string): string =>
      path.startsWith(`${page.runDir}/`) ? path.slice(page.runDir.length + 1) : path
    const room = widest(page.files.map((file) => inside(file.path)))
    for (const file of page.files) {
      const together = `  ${padEnd(inside(file.path), room)}  ${file.what}`
      lines.push(widest([together]) <= width ? together : `  ${inside(file.path)}\n      ${file.what}`)
    }
  }
  if (done > 0) lines.push('', wrap(say('summary.next', { folder: page.runDir }), width))
  return lines.join('\n')
}
