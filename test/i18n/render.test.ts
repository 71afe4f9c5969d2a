import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf, render, renderAll, renderPlace, renderRepair, text } from '../../src/i18n/render.ts'
import { code, problem } from '../../src/messages.ts'

test('a problem says what, where and the remedy', () => {
  const bad = problem('row_date_invalid', { value: '31/02/2012' }, { file: 'sales.csv', row: 21400, column: 'Data' })
  assert.equal(
    renderPlace(bad, 'en'),
    'sales.csv, row 21400, column Data: «31/02/2012» is not a date. It was left out; correct it in the file or accept it.',
  )
})

test('what the sentence names is not said twice, and no place is no colon', () => {
  assert.equal(
    renderPlace(problem('file_empty', { file: 'a.csv' }, { file: 'a.csv' }), 'en'),
    'a.csv is empty. Export it again from its source.',
  )
  assert.equal(
    renderPlace(problem('series_empty', {}, { series: 'A, B' }), 'en'),
    'series «A, B»: The series has no rows. Add its observations to the file or remove the series.',
  )
})

test('a row is not left out because a cell holds the same number', () => {
  assert.match(renderPlace(problem('row_date_invalid', { value: '5' }, { row: 5 }), 'en'), /^row 5: «5» is not a date/)
})

test('plurals and numbers follow the language', () => {
  const short = (observations: number) => render(code('pattern_short', { observations }), 'en')
  assert.equal(short(1), 'The history is short: 1 observation.')
  assert.equal(short(1234), 'The history is short: 1,234 observations.')
  assert.equal(
    render(code('risk_missing_values', { percent: 12.3456 }), 'en-GB'),
    '12.3 % of the periods have no value. Fill them in if they are known.',
  )
})

test('words of the data are text: braces, tags and quotes stay as they are', () => {
  for (const value of ["{value}'<b>", '#', '{', "''", '<script>'])
    assert.ok(render(code('row_value_invalid', { value }), 'en').startsWith(`«${value}» is not`))
})

test('models and the months of monthly data are called by their names; what the user wrote is left as it is', () => {
  const peak = code('advice_season_peak', { period: '2018-03', periods: '2018-02, 2018-03', percent: 7.2 })
  assert.match(render(peak, 'en'), /^Raise stock before March 2018: .* High season: February 2018, March 2018\.$/)
  assert.match(render(peak, 'it'), /prima di marzo 2018: .* febbraio 2018, marzo 2018\.$/)
  assert.match(render(peak, 'zh'), /2018年3月/)
  const daily = code('advice_season_peak', { period: '2018-03-05', periods: '2018-03-05', percent: 7.2 })
  assert.match(render(daily, 'en'), /before 2018-03-05:/)
  assert.match(render(code('override_twice', { period: '2018-03' }), 'en'), /2018-03/)
  const rival = (model: string): string => render(code('rival_within_chance', { model, percent: 7.3 }), 'en')
  assert.match(rival('ces'), /^CES had an error 7.3 % smaller/)
  assert.match(rival('seasonally_adjusted_naive'), /^Last value, seasonally adjusted had/)
  assert.match(rival('ensemble'), /^The combination had/)
  assert.match(renderPlace(problem('memory_exhausted', { model: 'none', megabytes: 5 }, { model: 'ets' }), 'en'), /ETS/)
})

test('an empty suggestion is not suggested', () => {
  assert.match(render(code('config_unknown', { field: 'x', closest: '' }), 'en'), /^There is no option x\. Look/)
  assert.match(render(code('config_unknown', { field: 'x', closest: 'y' }), 'en'), /The closest is y\.$/)
})

test('a missing parameter and an unknown key are seen, not thrown', () => {
  assert.ok(render(code('file_empty'), 'en').startsWith('? is empty.'))
  assert.equal(text('ui.cli.no_such_words', {}, 'en'), 'ui.cli.no_such_words')
})

test('a locale is found by its language; what is no locale gets English', () => {
  assert.equal(languageOf('en-GB'), 'en')
  assert.equal(languageOf('xx'), null)
  for (const locale of ['xx', 'not a tag', '', 'en_US', 'constructor'])
    assert.equal(text('ui.place.row', { row: '7' }, locale), 'row 7')
})

test('several sentences become one text', () => {
  assert.equal(renderAll([], 'en'), '')
  assert.equal(
    renderAll([code('advice_stable'), code('advice_constant', { value: 3 })], 'en'),
    'Demand is stable. Keep the present order plan. Demand is 3 in every period. A fixed order is enough.',
  )
})

test('a repair says what stood there and what was used', () => {
  const repair = { file: 's.csv', row: 3, column: 'Data', series: 'A', date: '2024-01-01' } as const
  assert.equal(
    renderRepair({ ...repair, kind: 'date_snapped', before: '2024-01-02', after: '2024-01-01' }, 'en'),
    's.csv, row 3, column Data, series «A», 2024-01-01: The date was moved to the period it belongs to. Read: «2024-01-02»; used: «2024-01-01».',
  )
  assert.equal(
    renderRepair(
      { ...repair, file: null, row: null, column: null, date: null, kind: 'missing_value', before: null, after: null },
      'en',
    ),
    'series «A»: An empty cell was treated as a missing value.',
  )
})
