import { createHash } from 'node:crypto'
import type { SeriesResult } from '../../batch/run-result.ts'
import { languageOf, render } from '../../i18n/render.ts'
import type { MessageCode } from '../../messages.ts'
import { type Exception, worstOfEach } from '../../portfolio/exceptions.ts'
import { changeOf } from '../../portfolio/season-before.ts'
import { levelName } from '../bands.ts'
import { familyName } from '../report/model-name.ts'
import { portfolioTotal } from '../report/portfolio-total.ts'
import { type ReportOf, type Words, waitingFor, wordsIn } from '../report/report.ts'
import { type Summary, summarise } from '../report/summary.ts'
import { escapeHtml } from './escape.ts'
import { type Writer, writerFor } from './numbers.ts'
import { seriesCard } from './series-card.ts'
import { STYLE } from './style.ts'
import { svgChart } from './svg-chart.ts'

/** Series drawn one by one, and rows of a list, at most; what is left out is said. */
const MOST_CARDS = 200
const MOST_ROWS = 1000

interface Page {
  readonly say: Words
  readonly locale: string
  readonly write: Writer
}

/**
 * The forecasts as one page that needs nothing else: no script, no network, its own style and pictures; it prints. The
 * policy in its head forbids whatever is not in it, and every text of the data is inert. The same bytes for the same results.
 */
export function* forecastHtml(report: ReportOf): Generator<string> {
  const { results, locale, exceptions } = report
  const page: Page = { say: wordsIn(locale), locale, write: writerFor(locale) }
  const { say } = page
  const summary = summarise(results, report.read?.totals ?? null)
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`
  yield `<!doctype html>\n<html lang="${languageOf(locale) ?? 'en'}">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${escapeHtml(say('title'))}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<main>\n`
  yield head(summary, exceptions, page)
  yield totalSection(report, page)
  yield exceptionSection(report, page)
  yield* cards(report, page)
  yield dataSection(summary, page)
  yield readMe(report, page)
  yield '</main>\n</body>\n</html>\n'
}

function head(summary: Summary, exceptions: readonly Exception[], { say, write, locale }: Page): string {
  const { by_status: status, confidence, against_seasonal_naive: against } = summary
  const done = status.success + status.fallback
  const waiting = waitingFor(exceptions)
  const models = Object.entries(summary.models).map(
    ([model, count]) => `${familyName(model, locale)} ${write.count(count)}`,
  )
  const facts: [string, string][] = [
    [say('fact.series'), write.count(summary.series)],
    [say('fact.confidence_high'), write.count(confidence.high)],
    [say('fact.confidence_fair'), write.count(confidence.fair)],
    [say('fact.confidence_low'), write.count(confidence.low)],
    [say('fact.failed'), write.count(status.failed + status.cancelled)],
    ...(against.beating_share === null
      ? []
      : [
          [say('fact.beating', { compared: against.compared }), write.percent(against.beating_share)] as [
            string,
            string,
          ],
        ]),
  ]
  const list = facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`)
  return `<h1>${escapeHtml(say('title'))}</h1>\n<p class="lead">${escapeHtml(say('headline', { waiting, series: summary.series, done, horizon: summary.horizon }))}</p>\n<dl class="facts">${list.join('')}</dl>\n${models.length === 0 ? '' : `<p class="muted">${escapeHtml(say('html.fact', { name: say('chart.models'), value: models.join(', ') }))}</p>\n`}`
}

function totalSection({ results }: ReportOf, { say, write }: Page): string {
  const total = portfolioTotal(results)
  if (total === null) return ''
  const of = results.find(({ calendar }) => calendar !== null)!
  const past = total.periods.filter(({ actual }) => actual !== null)
  const ahead = total.periods.filter(({ forecast }) => forecast !== null)
  const title = say('chart.total', { series: total.series, of: total.of })
  const bounds = (side: 'lower' | 'upper'): number[] => ahead.map((each) => each[side] ?? Number.NaN)
  const chart = svgChart({
    history: past.map(({ actual }) => actual!),
    mean: ahead.map(({ forecast }) => forecast!),
    bands: [],
    dashed: { lower: bounds('lower'), upper: bounds('upper') },
    labels: total.periods.map(({ date }, i) => write.date(date, i, of)),
    number: write.compact,
    description: `${title}. ${say('chart.total_description')}`,
    starts: say('chart.starts', { date: write.date(ahead[0]?.date ?? null, 0, of) }),
    ...{ width: 1072, height: 300 },
  })
  return `<h2>${escapeHtml(title + (total.unit === null ? '' : ` (${total.unit})`))}</h2>\n${chart}\n<p class="muted">${escapeHtml(say('total.note', { level: levelName(total.level) }))}</p>\n`
}

function exceptionSection({ results, exceptions }: ReportOf, { say, locale, write }: Page): string {
  const title = `<h2>${escapeHtml(say('sheet.exceptions'))}</h2>\n`
  if (exceptions.length === 0) return `${title}<p>${escapeHtml(say('none.exceptions'))}</p>\n`
  const shown = exceptions.slice(0, MOST_ROWS)
  const cardOf = new Map(cardOrder(results, exceptions).map(({ result }, i) => [result, i + 1]))
  const rows = shown.map(({ severity, kind, position, because }) => {
    const result = results[position]!
    const change = changeOf(result)
    const card = cardOf.get(result)
    const name = card === undefined ? escapeHtml(result.name) : `<a href="#s${card}">${escapeHtml(result.name)}</a>`
    const score = result.outcome?.forecast == null ? '' : write.percent(result.outcome.confidenceScore)
    return `<tr><td class="mark ${severity}">${escapeHtml(say(`severity.${severity}`))}</td><th scope="row">${name}</th><td class="w"><strong>${escapeHtml(say(`finding.${kind}`))}</strong><br>${escapeHtml(render(because, locale))}</td><td class="n">${escapeHtml(score)}</td><td class="n">${escapeHtml(change === null ? '' : write.number(change.forecast, result))}</td><td class="n">${escapeHtml(change?.share == null ? '' : write.change(change.share))}</td></tr>`
  })
  const titles = ['severity', 'series', 'finding', 'confidence', 'total', 'change'].map(
    (key, i) => `<th scope="col"${i > 2 ? ' class="n"' : ''}>${escapeHtml(say(`column.${key}`))}</th>`,
  )
  return `${title}<div class="scroll"><table><thead><tr>${titles.join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>\n${rest(exceptions.length - shown.length, say)}`
}

/** The series that need a person first, each once, then the others in the order of the portfolio; as many as are drawn. */
function cardOrder(
  results: readonly SeriesResult[],
  exceptions: readonly Exception[],
): { readonly result: SeriesResult; readonly worst: Exception | null }[] {
  const waiting = worstOfEach(exceptions).map((worst) => ({ result: results[worst.position]!, worst }))
  const told = new Set(waiting.map(({ result }) => result))
  const others = results.filter((result) => !told.has(result)).map((result) => ({ result, worst: null }))
  return [...waiting, ...others].slice(0, MOST_CARDS)
}

function* cards({ results, exceptions, ...report }: ReportOf, page: Page): Generator<string> {
  const { say } = page
  yield `<h2>${escapeHtml(say('html.series'))}</h2>\n<p class="key"><span><i class="h"></i>${escapeHtml(say('column.actual'))}</span><span><i class="f"></i>${escapeHtml(say('column.forecast'))}</span>${[...(results[0]?.levels ?? [])].map((level, i) => `<span><i class="${i === 0 ? 'b1' : 'b0'}"></i>${escapeHtml(say('chart.band', { level: levelName(level) }))}</span>`).join('')}</p>\n`
  for (const [i, { result, worst }] of cardOrder(results, exceptions).entries())
    yield `${seriesCard(result, `s${i + 1}`, worst, { ...report, ...page })}\n`
  yield rest(results.length - MOST_CARDS, say)
}

const rest = (count: number, say: Words): string =>
  count > 0 ? `<p>${escapeHtml(say('html.more', { count }))}</p>\n` : ''

function dataSection({ repairs, rows }: Summary, { say, locale, write }: Page): string {
  const kinds = Object.entries(repairs).map(
    ([kind, count]) =>
      `<tr><td class="n">${escapeHtml(write.count(count))}</td><td>${escapeHtml(render({ code: kind as MessageCode, params: {} }, locale))}</td></tr>`,
  )
  const equation =
    rows === null
      ? ''
      : `<p>${escapeHtml(say('html.fact', { name: say('fact.rows'), value: say('fact.rows_value', { ...rows }) }))}</p>\n`
  const table =
    kinds.length === 0
      ? `<p>${escapeHtml(say('html.no_repairs'))}</p>\n`
      : `<table><tbody>${kinds.join('')}</tbody></table>\n`
  return `<h2>${escapeHtml(say('sheet.data_quality'))}</h2>\n${equation}${table}`
}

function readMe({ results, read, engineVersion }: ReportOf, { say }: Page): string {
  const level = levelName(results[0]?.levels[0] ?? 0.8)
  const how = ['bands', 'confidence', 'skill', 'stock', 'repairs'].map(
    (key) =>
      `<p><strong>${escapeHtml(say(`read_me.${key}_title`))}.</strong> ${escapeHtml(say(`read_me.${key}`, { level }))}</p>`,
  )
  const files = (read?.files ?? []).map(({ file, sha256 }) => `<br>${escapeHtml(file)} SHA-256 ${sha256}`)
  return `<h2>${escapeHtml(say('read_me.how'))}</h2>\n${how.join('\n')}\n<footer>ARIMA Forecaster ${escapeHtml(engineVersion)}${files.join('')}</footer>\n`
}
