import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { fill, messageFor } from '../../src/i18n/message.ts'
import { MESSAGES } from '../../src/messages.ts'
import { ALL, folder, PLACES, textOf, wordsOf } from './words.ts'

const parametersIn = (source: string, language: string): readonly string[] =>
  [...messageFor(source, language).params].sort()

for (const place of PLACES)
  test(`every file of locales/${place} is a language, and every language has its file`, () => {
    const files = globSync('*.json', { cwd: join(folder, place) }).map((path) => basename(path, '.json'))
    assert.deepEqual([...LANGUAGES].sort(), files.sort())
  })

for (const { file, language, words, english } of ALL) {
  test(`${file}: the keys of English, all of them and no others`, () => {
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort())
  })

  test(`${file}: no key stands twice in the file`, () => {
    const keys = [...textOf(file).matchAll(/^\s*"([^"]+)":/gm)].map((match) => match[1])
    assert.deepEqual(
      keys.filter((key, i) => keys.indexOf(key) !== i),
      [],
    )
  })

  test(`${file}: every message uses the parameters of English`, () => {
    for (const [key, source] of Object.entries(words))
      assert.deepEqual(parametersIn(source, language), parametersIn(english[key]!, 'en'), key)
  })

  test(`${file}: every message formats, with none, one and many, and leaves nothing open`, () => {
    for (const [key, source] of Object.entries(words)) {
      const message = messageFor(source, language)
      for (const value of [0, 1, 2, 12345.678, 'text', '']) {
        const sentence = fill(message, Object.fromEntries(message.params.map((name) => [name, value])))
        assert.doesNotMatch(sentence, /[{}]/, key)
        assert.doesNotMatch(sentence, /\b(undefined|null)\b/, key)
        if (typeof value === 'number') assert.doesNotMatch(sentence, /NaN/, key)
      }
    }
  })

  test(`${file}: plain sentences, without exclamation marks or double blanks`, () => {
    // the command line lays its help out with blanks
    for (const [key, sentence] of Object.entries(words).filter(([each]) => !each.startsWith('ui.cli.')))
      assert.doesNotMatch(sentence, /[!！]| {2}|^\s|\s$/, key)
  })
}

for (const language of LANGUAGES) {
  const words = wordsOf(language)
  const codes = Object.keys(words).filter((key) => !key.startsWith('ui.'))

  test(`${language}: the codes of the table, all of them and no others, each a sentence with its parameters`, () => {
    assert.deepEqual(codes.sort(), Object.keys(MESSAGES).sort())
    for (const [name, { params }] of Object.entries(MESSAGES)) {
      assert.deepEqual(parametersIn(words[name]!, language), [...params].sort(), name)
      assert.match(words[name]!, /[.。}]$/, name)
    }
  })
}

test('English never begs pardon', () => {
  for (const [key, sentence] of [...Object.entries(wordsOf('en')), ...Object.entries(wordsOf('dashboard/en'))])
    assert.doesNotMatch(sentence, /\b(sorry|oops|unfortunately|apolog\w+)\b|!/i, key)
})
