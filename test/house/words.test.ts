/** Words for people lie in the files of the languages, not in the code that shows them. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')

/** Texts for machines: a style sheet, the workbook's own format, scripts of shells, a list of keys, labels and schemas of the files. */
const FOR_MACHINES =
  /^src\/(export\/(html\/style\.ts|xlsx\/|(model-label|schemas)\.ts)|cli\/(completion-command|layout)\.ts)/

/** An option, the product's name, a command to type, and code between two texts that the search takes for one. */
const NO_SENTENCE = /--[a-z]+ \w+|ARIMA Forecaster|arfc resume|'finding' in each/g

/** The texts of a source line, without what only a programmer reads: comments, exceptions no input can cause. */
function* literalsOf(source: string): Generator<string> {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/new (Range|Type)?Error\([^)]*\)/g, '')
    .replace(/^import .*$/gm, '')
  for (const [, plain, template] of code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g))
    yield plain ?? template!.replace(/\$\{[^}]*\}/g, '|')
}

/** Text between tags counts, their names and attributes do not. */
const sentenceIn = (literal: string): boolean =>
  /[a-z]{2,} [a-z]{2,}/i.test(literal.replace(NO_SENTENCE, '|').replace(/<[^>]*>?/g, '|'))

const sentencesOf = (source: string): string[] => [...literalsOf(source)].filter(sentenceIn)

test('no sentence for people stands in the code of the command line and the exports', () => {
  assert.deepEqual(sentencesOf("say('a.b'); toStderr('The file is lost') // not this one"), ['The file is lost'])
  const files = globSync(['src/cli/**/*.ts', 'src/export/**/*.ts'], { cwd: root })
  assert.ok(files.length > 50)
  const found = files
    .filter((file) => !FOR_MACHINES.test(file))
    .flatMap((file) => sentencesOf(readFileSync(join(root, file), 'utf8')).map((each) => `${file}: ${each}`))
  assert.deepEqual(found, [])
})
