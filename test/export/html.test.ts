import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'parse5'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { forecastHtml } from '../../src/export/html/page.ts'
import { niceTicks } from '../../src/export/html/scale.ts'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { code, problem } from '../../src/messages.ts'
import { EVIL_NAMES, FORMULA_NAMES, forecast, reportOf, result } from './results.ts'

const page = (results: readonly SeriesResult[], locale = 'en'): string =>
  [...forecastHtml(reportOf(results, locale))].join('')

interface Node {
  readonly tagName?: string
  readonly nodeName: string
  readonly value?: string
  readonly attrs?: readonly { readonly name: string; readonly value: string }[]
  readonly childNodes?: readonly Node[]
}

/** Parses as a browser does; a fault of the page fails the test. */
function nodesOf(html: string): Node[] {
  const errors: string[] = []
  const all: Node[] = []
  const visit = (node: Node): void => {
    all.push(node)
    node.childNodes?.forEach(visit)
  }
  visit(parse(html, { onParseError: ({ code: name, startLine }) => errors.push(`${name} ${startLine}`) }) as Node)
  assert.deepEqual(errors, [])
  return all
}

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</style><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '<!-- --!><script>alert(1)</script>',
  'javascript:alert(1)',
  '&lt;script&gt;',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="data:text/html,x">x</a>',
  '\u202e<b>x</b>',
  '{{alert(1)}}',
  '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
  ...EVIL_NAMES,
  ...FORMULA_NAMES,
]

/** Every field that may hold a text from outside. */
const poisoned = (bad: string): SeriesResult =>
  result({
    name: bad,
    unit: bad,
    status: 'fallback',
    outcome: {
      label: bad,
      used: bad,
      because: code('model_failed', { model: bad, cause: bad }),
      members: [{ model: bad, label: bad, weight: 1 }],
      whyChosen: [code('follows_another', { name: bad, lag: 1, percent: 3 })],
      businessRecommendation: [code('advice_season_peak', { period: bad, periods: bad, percent: 3 })],
      risk: [code('regressor_dropped' as 'risk_outliers', { name: bad, cause: bad })],
    },
    problems: [
      problem('regressor_dropped', { name: bad, cause: bad }, { file: bad, column: bad, series: bad, model: bad }),
    ],
  })

test('whatever stands in the data is text: no element, attribute or address comes of it (H096)', () => {
  const allowed =
    /^(html|head|meta|title|style|body|main|h[123]|p|dl|div|dt|dd|table|thead|tbody|tr|th|td|strong|br|a|article|svg|line|text|path|circle|ul|li|details|summary|span|i|footer)$/
  const nodes = nodesOf(page(attacks.map(poisoned)))
  for (const { tagName, attrs } of nodes) {
    if (tagName === undefined) continue
    assert.match(tagName, allowed)
    for (const { name, value } of attrs ?? []) {
      assert.doesNotMatch(name, /^on|^style$|^src/)
      if (name === 'href') assert.match(value, /^#s\d+$/)
    }
  }
  const shown = nodes.map(({ value }) => value ?? '').join('\n')
  for (const attack of attacks.filter((each) => !/[\p{Cc}\u202e]/u.test(each) && each.trim() === each))
    assert.ok(shown.includes(attack), attack)
})

test('the page needs nothing else: no script, no address, a policy that forbids them', () => {
  const html = page([result()])
  const nodes = nodesOf(html)
  assert.doesNotMatch(html, /<script|https?:|url\(|@import/)
  const policy = nodes.find(({ attrs }) => attrs?.some(({ value }) => value === 'Content-Security-Policy'))
  assert.match(
    policy!.attrs!.find(({ name }) => name === 'content')!.value,
    /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'$/,
  )
  assert.equal(page([result()]), html)
})

test('a series that failed, one without dates or bands, and none at all', () => {
  const failed = result({
    name: 'lost',
    status: 'failed',
    outcome: null,
    problems: [problem('series_no_values', { observations: 3 }, { series: 'lost' })],
  })
  const bare = result({
    name: 'bare',
    calendar: null,
    dates: [null, null],
    outcome: { forecast: { ...forecast, bands: null } },
  })
  const html = page([failed, bare])
  nodesOf(html)
  assert.match(html, /None of the 3 rows of the series holds a number/)
  assert.doesNotMatch(html, /NaN|undefined|null|Infinity/)
  nodesOf(page([]))
})

test('each picture says in words what it shows', () => {
  const charts = nodesOf(page([result(), result({ name: 'second' })])).filter(({ tagName }) => tagName === 'svg')
  assert.equal(charts.length, 3)
  for (const { attrs } of charts) assert.ok(attrs!.find(({ name }) => name === 'aria-label')!.value.length > 20)
})

test('ticks are round and cover the range', () => {
  assert.deepEqual(niceTicks(0, 93), [0, 25, 50, 75, 100])
  assert.deepEqual(niceTicks(-3, 5), [-4, -2, 0, 2, 4, 6])
  assert.equal(niceTicks(0, 0).length >= 2, true)
})

for (const language of LANGUAGES)
  test(`${language}: the page is whole and in its language`, () => {
    const html = page([result(), result({ name: 'b', status: 'failed', outcome: null })], language)
    nodesOf(html)
    assert.match(html, new RegExp(`<html lang="${language}">`))
    assert.doesNotMatch(html, /\bui\.|\{\w+[,}]/)
  })
