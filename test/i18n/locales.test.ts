import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'
import { format, parametersUsed } from '../../src/i18n/format.ts'
import { MESSAGES } from '../../src/messages.ts'

const folder = join(import.meta.dirname, '../../src/i18n/locales')
const wordsOf = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))

test('every file of locales is a language, and every language has its file', () => {
  const files = globSync('*.json', { cwd: folder }).map((path) => basename(path, '.json'))
  assert.deepEqual([...LANGUAGES].sort(), files.sort())
})

for (const language of LANGUAGES) {
  const words = wordsOf(language)
  const codes = Object.keys(words).filter((key) => !key.startsWith('ui.'))

  test(`${language}: the codes of the table, all of them and no others`, () => {
    assert.deepEqual(codes.sort(), Object.keys(MESSAGES).sort())
  })

  test(`${language}: the keys of English, all of them and no others`, () => {
    assert.deepEqual(Object.keys(words).sort(), Object.keys(wordsOf('en')).sort())
  })

  test(`${language}: no key stands twice in the file`, () => {
    const text = readFileSync(join(folder, `${language}.json`), 'utf8')
    const keys = [...text.matchAll(/^\s*"([^"]+)":/gm)].map((match) => match[1])
    assert.deepEqual(
      keys.filter((key, i) => keys.indexOf(key) !== i),
      [],
    )
  })

  test(`${language}: a sentence uses the parameters of its code, all of them and no others`, () => {
    for (const [name, { params }] of Object.entries(MESSAGES))
      assert.deepEqual([...parametersUsed(name, language)].sort(), [...params].sort(), name)
  })

  test(`${language}: interface words use the parameters of English`, () => {
    for (const key of Object.keys(words).filter((each) => each.startsWith('ui.')))
      assert.deepEqual([...parametersUsed(key, language)].sort(), [...parametersUsed(key, 'en')].sort(), key)
  })

  test(`${language}: every message formats, with none, one and many, and leaves nothing open`, () => {
    for (const key of Object.keys(words))
      for (const value of [0, 1, 2, 12345.678, 'text', '']) {
        const params = Object.fromEntries(parametersUsed(key, language).map((name) => [name, value]))
        const sentence = format(key, params, language)
        assert.doesNotMatch(sentence, /[{}]/, key)
        assert.doesNotMatch(sentence, /\b(undefined|null)\b/, key)
        if (typeof value === 'number') assert.doesNotMatch(sentence, /NaN/, key)
      }
  })

  test(`${language}: plain sentences, without exclamation marks or double blanks`, () => {
    // the command line lays its help out with blanks
    for (const [key, sentence] of Object.entries(words).filter(([each]) => !each.startsWith('ui.cli.')))
      assert.doesNotMatch(sentence, /[!！]| {2}|^\s|\s$/, key)
    for (const key of codes) assert.match(words[key]!, /[.。}]$/, key)
  })
}

test('English never begs pardon', () => {
  for (const [key, sentence] of Object.entries(wordsOf('en')))
    assert.doesNotMatch(sentence, /\b(sorry|oops|unfortunately|apolog\w+)\b|!/i, key)
})
