import { IntlMessageFormat } from 'intl-messageformat'
import type { Params } from '../messages.ts'
import { type Locale, languageOf, messageOf } from './catalogue.ts'

/** `{x, number, short}`: three significant digits, for people; `plain`: six, for values of the user's own data. */
const FORMATS = {
  number: { short: { maximumSignificantDigits: 3 }, plain: { maximumSignificantDigits: 6 } },
}

interface Formatter {
  readonly message: IntlMessageFormat
  readonly params: readonly string[]
  readonly selects: readonly string[]
}

/** A sentence without these is as it is written: the help has hundreds, and to read each as a message takes longer than a forecast. */
const SYNTAX = /[{}']/

const cache = new Map<string, Formatter>()

/**
 * The sentence of a key with its parameters. A parameter that was not given is shown as `?` (`NaN` where a number
 * belongs), a key without a sentence as itself: a report is never lost for a word, and what is missing is seen.
 * An empty text chooses the branch `none` of a `select`.
 */
export function format(key: string, params: Params, locale: Locale): string {
  const plain = messageOf(key, languageOf(locale) ?? 'en')
  if (plain !== undefined && !SYNTAX.test(plain)) return plain
  const formatter = formatterOf(key, locale)
  if (formatter === null) return key
  const values: Record<string, string | number> = { ...params }
  for (const name of formatter.params) values[name] ??= '?'
  for (const name of formatter.selects) if (values[name] === '') values[name] = 'none'
  return String(formatter.message.format(values))
}

function formatterOf(key: string, locale: Locale): Formatter | null {
  const id = `${locale} ${key}`
  const known = cache.get(id)
  if (known !== undefined) return known
  const language = languageOf(locale) ?? 'en'
  const source = messageOf(key, language)
  if (source === undefined) return null
  const tag = languageOf(locale) === null || !isTag(locale) ? language : locale
  const message = new IntlMessageFormat(source, tag, FORMATS, { ignoreTag: true })
  const formatter = { message, ...parametersOf(message) }
  cache.set(id, formatter)
  return formatter
}

function isTag(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    // Intl has no other way to ask whether a text is a well-formed tag
    return false
  }
}

/** What the elements of a parsed message are (`TYPE` of @formatjs/icu-messageformat-parser). */
const LITERAL = 0
const SELECT = 5
const POUND = 7

/** The parameters a message names, also inside its plurals, and those among them that choose a branch by a word. */
function parametersOf(message: IntlMessageFormat): { params: string[]; selects: string[] } {
  const params = new Set<string>()
  const selects = new Set<string>()
  const visit = (elements: ReturnType<IntlMessageFormat['getAst']>): void => {
    for (const element of elements) {
      if (element.type === LITERAL || element.type === POUND) continue
      params.add(element.value)
      if (element.type === SELECT) selects.add(element.value)
      if ('options' in element) for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  visit(message.getAst())
  return { params: [...params], selects: [...selects] }
}

/** The parameters the sentence of a key names; empty for an unknown key. */
export const parametersUsed = (key: string, locale: Locale): readonly string[] => formatterOf(key, locale)?.params ?? []
