/** What people read, in five languages, as it was last looked at. After a wanted change: node --test --test-update-snapshots FILE. */
import { join } from 'node:path'
import { test } from 'node:test'
import { type Entry, explainText } from '../../src/cli/explain-text.ts'
import { summaryText } from '../../src/cli/summary-text.ts'
import { sayIn } from '../../src/cli/words.ts'
import { forecastHtml } from '../../src/export/html/page.ts'
import { forecastJson } from '../../src/export/json.ts'
import { summarise } from '../../src/export/report/summary.ts'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { parametersUsed } from '../../src/i18n/format.ts'
import { render, renderPlace, renderRepair } from '../../src/i18n/render.ts'
import { code, MESSAGES, type MessageCode, problem } from '../../src/messages.ts'
import { arfc, folderWith } from '../cli/arfc.ts'
import { reportOf, result } from '../export/results.ts'

const results = [
  result(),
  result({
    name: 'Pompa «P-7»',
    status: 'fallback',
    outcome: {
      status: 'fallback',
      used: 'seasonal_naive',
      label: 'Seasonal naive',
      because: code('series_too_short', { observations: 1, needed: 24 }),
      members: [],
      confidenceScore: 0.42,
      confidenceGrade: 'low',
      whyChosen: [code('too_short_to_validate', { observations: 1 })],
      businessRecommendation: [code('advice_review')],
      risk: [code('risk_low_confidence', { percent: 42 }), code('risk_wide_bands', { percent: 120 })],
    },
  }),
  result({
    name: 'lost',
    status: 'failed',
    outcome: null,
    problems: [problem('series_no_values', { observations: 3 }, { series: 'lost' })],
  }),
]
const rows = { rowsIn: 1250, used: 1240, repaired: 7, rejected: 3 }
const page = { width: 80, paint: (_: unknown, text: string): string => text }
const path = (kind: string, language: string): string =>
  join(import.meta.dirname, '../golden/words', `${kind}.${language}.txt`)
const asIs = { serializers: [(value: string): string => `${value}\n`] }

/** The words of a page, a line each. */
const readable = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<path[^>]*>/g, '')
    .split(/<[^>]+>/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n')

for (const language of LANGUAGES) {
  const say = sayIn(language)

  test(`${language}: the summary of a run and the explanation of its series`, (t) => {
    const summary = { ...summarise(results, rows, reportOf(results).exceptions), horizon: 2 }
    const files = [{ path: 'run/forecasts.csv', what: say('file.forecasts_csv') }]
    const whole = summaryText({ summary, seconds: 75, files, runDir: 'run', say, locale: language, ...page })
    const entries = JSON.parse([...forecastJson(results, { locale: language })].join('')) as Record<string, Entry>
    const explained = Object.entries(entries).map(([name, entry]) =>
      explainText(name, entry, { say, locale: language, ...page }),
    )
    t.assert.fileSnapshot([whole, ...explained].join('\n\n----\n'), path('run', language), asIs)
  })

  test(`${language}: the page`, (t) => {
    const html = [...forecastHtml(reportOf(results, language))].join('')
    t.assert.fileSnapshot(readable(html), path('page', language), asIs)
  })

  test(`${language}: reasons, advice, problems and repairs`, (t) => {
    const lines = (Object.keys(MESSAGES) as MessageCode[]).map((each) => {
      const params = Object.fromEntries(parametersUsed(each, language).map((name) => [name, 2]))
      return `${each}: ${render(code(each, params), language)}`
    })
    const place = { file: 'a.csv', row: 12345, column: 'Data', series: 'A' }
    lines.push(renderPlace(problem('row_date_invalid', { value: '31/02/2012' }, place), language))
    const repair = {
      ...place,
      kind: 'number_cleaned',
      date: '2024-01-01',
      before: '€ 1.234,50',
      after: '1234.5',
    } as const
    lines.push(renderRepair(repair, language))
    t.assert.fileSnapshot(lines.join('\n'), path('codes', language), asIs)
  })

  test(`${language}: what a file is understood to be, and the help`, async (t) => {
    const folder = folderWith({
      'v.csv': 'Articolo;Data;Qtà\nA;31/01/2024;1.234,5\nA;29/02/2024;7,25\nA;31/02/2024;8,0\n',
    })
    const understood = await arfc(['check', 'v.csv', '--locale', language], { cwd: folder })
    const help = await arfc(['--help', '--locale', language])
    const wrong = await arfc(['run', 'v.csv', '--horizno', '3', '--locale', language], { cwd: folder })
    t.assert.fileSnapshot(
      [understood.stdout, understood.stderr, help.stdout, wrong.stderr].join('\n----\n'),
      path('check', language),
      asIs,
    )
  })
}
