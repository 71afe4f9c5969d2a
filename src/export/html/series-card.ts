import type { SeriesResult } from '../../batch/run-result.ts'
import { render, renderPlace } from '../../i18n/render.ts'
import type { Code } from '../../messages.ts'
import type { Exception } from '../../portfolio/exceptions.ts'
import { changeOf } from '../../portfolio/season-before.ts'
import { bandAt, levelName } from '../bands.ts'
import { forecastOf, problemsOf } from '../forecast-of.ts'
import { historyDates } from '../report/history-dates.ts'
import { modelName } from '../report/model-name.ts'
import type { Words } from '../report/report.ts'
import { escapeHtml } from './escape.ts'
import type { Writer } from './numbers.ts'
import { svgChart } from './svg-chart.ts'

const SHOWN_HISTORY = 160
const SEASONS = 3
const LEAST_SHOWN = 48

/** One series: what will happen, how sure, why; the numbers folded away below. */
export function seriesCard(
  result: SeriesResult,
  id: string,
  exception: Exception | null,
  page: { readonly say: Words; readonly locale: string; readonly write: Writer },
): string {
  const { say, locale, write } = page
  const outcome = forecastOf(result)
  const head = `<article class="card" id="${id}"><h3>${escapeHtml(result.name)}</h3>`
  const mark =
    exception === null
      ? ''
      : `<p class="${exception.severity}">${escapeHtml(say('html.fact', { name: say(`severity.${exception.severity}`), value: say(`finding.${exception.kind}`) }))}</p>`
  if (outcome === null) {
    const problems = problemsOf(result).map(
      ({ series: _, ...each }) => `<li>${escapeHtml(renderPlace(each, locale))}</li>`,
    )
    return `${head}${mark}<ul>${problems.join('')}</ul></article>`
  }
  const { forecast } = outcome
  const shown = Math.min(result.history.length, SHOWN_HISTORY, Math.max(LEAST_SHOWN, SEASONS * result.seasonLength))
  const history = result.history.subarray(result.history.length - shown)
  const bands = result.levels.map((level) => bandAt(forecast, level))
  const labels = [...historyDates(result, shown), ...result.dates].map((date, i) =>
    result.calendar === null ? String(i - shown + 1) : write.date(date, i - shown, result),
  )
  const first = write.date(result.dates[0] ?? null, 0, result)
  const sentence = forecastSentence(result, say, write)
  const chart = svgChart({
    history,
    mean: forecast.mean,
    bands: bands.filter((band) => band !== null).reverse(),
    labels,
    number: write.compact,
    description: `${result.name}. ${sentence}`,
    starts: say('chart.starts', { date: first }),
    ...{ width: 960, height: 260 },
  })
  const list = (codes: readonly Code[]): string =>
    codes.map((code) => `<li>${escapeHtml(render(code, locale))}</li>`).join('')
  const section = (title: string, codes: readonly Code[]): string =>
    codes.length === 0 ? '' : `<p><strong>${escapeHtml(title)}</strong></p><ul>${list(codes)}</ul>`
  return [
    head,
    mark,
    exception === null ? '' : `<p>${escapeHtml(render(exception.because, locale))}</p>`,
    `<p class="lead">${escapeHtml(sentence)}</p>`,
    chart,
    `<p class="muted">${escapeHtml(factsLine(result, say, locale, write))}</p>`,
    section(say('column.advice'), outcome.businessRecommendation),
    `<details><summary>${escapeHtml(say('html.why'))}</summary>${section(say('column.why'), outcome.whyChosen)}${section(say('column.risk'), outcome.risk)}</details>`,
    `<details><summary>${escapeHtml(say('html.as_table'))}</summary>${forecastTable(result, bands, say, write)}</details>`,
    '</article>',
  ].join('')
}

/** `1,240 pieces in December, 12 % above the season before; 8 times out of 10 between 1,050 and 1,430.` */
function forecastSentence(result: SeriesResult, say: Words, write: Writer): string {
  const { forecast } = forecastOf(result)!
  const level = result.levels[0]
  const band = level === undefined ? null : bandAt(forecast, level)
  const date = write.date(result.dates[0] ?? null, 0, result)
  const unit = result.unit === null ? '' : ` ${result.unit}`
  const mean = `${write.number(forecast.mean[0]!, result)}${unit}`
  const [lower, upper] = [band?.lower[0] ?? Number.NaN, band?.upper[0] ?? Number.NaN]
  if (!Number.isFinite(lower) || !Number.isFinite(upper)) return say('html.next_plain', { date, mean })
  const params = { date, mean, lower: write.number(lower, result), upper: write.number(upper, result) }
  // natural frequencies in their smallest whole numbers: 8 of 10
  const of = (level! * 10) % 1 < 1e-9 ? 10 : 100
  return say('html.next', { ...params, times: Number((level! * of).toPrecision(12)), of })
}

function factsLine(result: SeriesResult, say: Words, locale: string, write: Writer): string {
  const outcome = forecastOf(result)!
  const change = changeOf(result)
  const { inventory } = outcome
  const fact = (key: string, value: string): string => say('html.fact', { name: say(key), value })
  return [
    fact('column.model', modelName(outcome, locale)),
    fact('column.confidence', `${write.percent(outcome.confidenceScore)} (${say(`grade.${outcome.confidenceGrade}`)})`),
    ...(change?.share == null ? [] : [fact('html.against_before', write.change(change.share))]),
    ...(inventory === null
      ? []
      : [
          fact('column.safety_stock', write.number(inventory.safetyStock, result)),
          fact('column.reorder_point', write.number(inventory.reorderPoint, result)),
        ]),
  ].join(' · ')
}

function forecastTable(
  result: SeriesResult,
  bands: readonly ReturnType<typeof bandAt>[],
  say: Words,
  write: Writer,
): string {
  const { forecast } = forecastOf(result)!
  const titles = [
    say('column.date'),
    say('column.forecast') + (result.unit === null ? '' : ` (${result.unit})`),
    ...result.levels.flatMap((level) =>
      ['lower', 'upper'].map((side) => say(`column.${side}`, { level: levelName(level) })),
    ),
  ]
  const head = titles
    .map((title, i) => `<th scope="col"${i > 0 ? ' class="n"' : ''}>${escapeHtml(title)}</th>`)
    .join('')
  const rows = Array.from(forecast.mean, (mean, step) => {
    const cells = [mean, ...bands.flatMap((band) => [band?.lower[step], band?.upper[step]])]
    const numbers = cells.map((value) =>
      value === undefined || !Number.isFinite(value)
        ? '<td class="n"></td>'
        : `<td class="n">${escapeHtml(write.number(value, result))}</td>`,
    )
    return `<tr><th scope="row">${escapeHtml(write.date(result.dates[step] ?? null, step, result))}</th>${numbers.join('')}</tr>`
  })
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}
