import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { format } from '../../src/i18n/format.ts'
import { ALL } from './words.ts'

type Elements = ReturnType<IntlMessageFormat['getAst']>
const LITERAL = 0
const PLURAL = 6

/** Every plural of a message, also inside others. */
function* pluralsOf(elements: Elements): Generator<Record<string, { value: Elements }>> {
  for (const element of elements) {
    if (!('options' in element)) continue
    if (element.type === PLURAL) yield element.options
    for (const option of Object.values(element.options)) yield* pluralsOf(option.value)
  }
}

const asts = (words: Readonly<Record<string, string>>, language: string): [string, Elements][] =>
  Object.entries(words).map(([key, source]) => [
    key,
    new IntlMessageFormat(source, language, undefined, { ignoreTag: true }).getAst(),
  ])

for (const { file, language, words } of ALL) {
  const rules = new Intl.PluralRules(language)
  const categories = rules.resolvedOptions().pluralCategories

  test(`${file}: a plural has the forms of the language, and one that stands for several numbers names the number`, () => {
    for (const [key, ast] of asts(words, language))
      for (const options of pluralsOf(ast)) {
        const forms = Object.keys(options).filter((form) => !form.startsWith('='))
        for (const form of forms) assert.ok((categories as string[]).includes(form), `${key}: ${form}`)
        if (categories.includes('one')) assert.ok(forms.includes('one') || '=1' in options || forms.length === 1, key)
        // in French zero is singular too: «1 série» would be said of no series
        const one = options.one?.value ?? []
        if (rules.select(0) === 'one' && !('=0' in options))
          for (const element of one)
            assert.ok(element.type !== LITERAL || !/\b1\b/.test(element.value), `${key}: 1 is written out`)
        assert.ok(
          options.other!.value.every((element) => element.type !== LITERAL || !/^1 /.test(element.value)),
          key,
        )
      }
  })
}

const COUNTED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  en: { 0: 'The history is short: 0 observations.', 1: 'The history is short: 1 observation.' },
  it: {
    0: 'Lo storico è breve: 0 osservazioni.',
    1: 'Lo storico è breve: 1 osservazione.',
    2: 'Lo storico è breve: 2 osservazioni.',
    5: 'Lo storico è breve: 5 osservazioni.',
  },
  es: {
    0: 'El historial es corto: 0 observaciones.',
    1: 'El historial es corto: 1 observación.',
    2: 'El historial es corto: 2 observaciones.',
    5: 'El historial es corto: 5 observaciones.',
  },
  fr: {
    0: 'L’historique est court\u00a0: 0 observation.',
    1: 'L’historique est court\u00a0: 1 observation.',
    2: 'L’historique est court\u00a0: 2 observations.',
    5: 'L’historique est court\u00a0: 5 observations.',
  },
  zh: {
    0: '历史较短：0 个观测值。',
    1: '历史较短：1 个观测值。',
    2: '历史较短：2 个观测值。',
    5: '历史较短：5 个观测值。',
  },
}

test('0, 1, 2 and 5 in the five languages', () => {
  assert.deepEqual(Object.keys(COUNTED).sort(), [...LANGUAGES].sort())
  for (const [language, sentences] of Object.entries(COUNTED))
    for (const [count, sentence] of Object.entries(sentences))
      assert.equal(format('pattern_short', { observations: Number(count) }, language), sentence)
  const waiting = (count: number, language: string): string =>
    format('ui.report.headline', { waiting: count, series: 480, done: 470, horizon: 12 }, language).split(/[;；]/)[0]!
  assert.deepEqual(
    [0, 1, 2].map((count) => waiting(count, 'it')),
    ['Nessuna serie richiede attenzione', '1 serie su 480 richiede attenzione', '2 serie su 480 richiedono attenzione'],
  )
  assert.deepEqual(
    [0, 1, 5].map((count) => waiting(count, 'zh')),
    ['没有序列需要处理', '480 个序列中有 1 个需要处理', '480 个序列中有 5 个需要处理'],
  )
})

/** The words of a message without what is filled in: nothing to translate where no letters are left. */
function lettersOf(elements: Elements): string {
  let letters = ''
  for (const element of elements) {
    if (element.type === LITERAL) letters += element.value
    if ('options' in element) for (const option of Object.values(element.options)) letters += lettersOf(option.value)
  }
  return letters.replace(/[^\p{L}]/gu, '')
}

/** Names, units and words that a language writes as English does. */
const TIMES = ['ui.cli.time.seconds', 'ui.cli.time.minutes', 'ui.cli.time.hours']
const SAME_AS_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  all: [
    ...['column.mase', 'column.rmsse', 'column.smape'].map((each) => `ui.report.${each}`),
    ...['ui.cli.doctor.node', 'export.json'],
  ],
  it: [
    ...[...TIMES, 'ui.report.column.file', 'ui.cli.pattern.volatile', 'ui.report.pattern.volatile'],
    ...['settings.server', 'upload.size'],
  ],
  es: [
    ...TIMES,
    ...['error.prefix', 'check.numbers_plain', 'check.role_stock', 'explain.stock'].map((each) => `ui.cli.${each}`),
    ...['ui.report.fact.series', 'check.series', 'export.series', 'runs.series'],
    ...['option.stock', 'series.view.stock', 'upload.size'],
  ],
  fr: [
    ...TIMES,
    ...[
      'sheet.exceptions',
      'column.date',
      'column.note',
      'column.code',
      'severity.attention',
      'severity.bad',
      'reason.promotion',
    ].map((each) => `ui.report.${each}`),
    ...['ui.cli.pattern.volatile', 'ui.report.pattern.volatile', 'ui.cli.explain.stock'],
    ...['example_date', 'dates', 'role_date', 'role_stock', 'role_description'].map((each) => `ui.cli.check.${each}`),
    ...['all.performance', 'candidates.note', 'configure.effort', 'configure.horizon', 'evidence.observations'],
    ...['export.title', 'nav.main', 'option.stock', 'reason.promotion', 'review.view.inbox', 'series.view.stock'],
  ],
  zh: ['upload.size'],
}

for (const language of LANGUAGES.filter((each) => each !== 'en'))
  test(`${language}: nothing is left in English`, () => {
    const allowed = [...SAME_AS_ENGLISH.all!, ...SAME_AS_ENGLISH[language]!]
    const same = ALL.filter((each) => each.language === language).flatMap(({ words, english }) =>
      asts(words, language)
        .filter(([key, ast]) => words[key] === english[key] && lettersOf(ast) !== '')
        .map(([key]) => key),
    )
    assert.deepEqual(same.sort(), [...allowed].sort())
  })

/** One word per thing: what a language once said otherwise, and says no more. */
const GIVEN_UP: Readonly<Record<string, RegExp>> = {
  en: /\bbands?\b/i,
  it: /elaborazion|esecuzion|\bfasc(?:ia|e)\b|\bband[ae]\b|tempo di consegna|rottura di scorta|affidabilità|sostituzion|\bstoria\b/i,
  es: /\bbandas?\b|existencias|reparaci|sobrescri|\bhistoria\b|por defecto|\busted\b/i,
  fr: /\bbandes?\b|réparation|délai de livraison|fourchette/i,
  zh: /频带|覆盖值|商品|时期/,
}

for (const { file, language, words } of ALL)
  test(`${file}: one word per thing`, () => {
    for (const [key, sentence] of Object.entries(words)) assert.doesNotMatch(sentence, GIVEN_UP[language]!, key)
  })

test('the trade says its own words in each language', () => {
  const terms = (key: string): string[] => LANGUAGES.map((language) => format(`ui.report.column.${key}`, {}, language))
  assert.deepEqual([...LANGUAGES], ['it', 'en', 'es', 'fr', 'zh'])
  assert.deepEqual(terms('safety_stock'), [
    'Scorta di sicurezza',
    'Safety stock',
    'Stock de seguridad',
    'Stock de sécurité',
    '安全库存',
  ])
  assert.deepEqual(terms('reorder_point'), [
    'Punto di riordino',
    'Reorder point',
    'Punto de pedido',
    'Point de commande',
    '再订货点',
  ])
})
