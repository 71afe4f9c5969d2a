import type { Params } from '../messages.ts'
import { type Locale, languageOf, messageOf } from './catalogue.ts'
import { fill, type Message, messageFor } from './message.ts'

const cache = new Map<string, Message>()

/** A sentence without these is as it is written: the help has hundreds, and to read each as a message takes longer than a forecast. */
const SYNTAX = /[{}']/

/** The sentence of a key with its parameters; a key without a sentence is shown as itself. */
export function format(key: string, params: Params, locale: Locale): string {
  const plain = messageOf(key, languageOf(locale) ?? 'en')
  if (plain !== undefined && !SYNTAX.test(plain)) return plain
  const message = messageWith(key, locale)
  return message === null ? key : fill(message, params)
}

function messageWith(key: string, locale: Locale): Message | null {
  const id = `${locale} ${key}`
  const known = cache.get(id)
  if (known !== undefined) return known
  const source = messageOf(key, languageOf(locale) ?? 'en')
  if (source === undefined) return null
  const message = messageFor(source, tagOf(locale))
  cache.set(id, message)
  return message
}

/** What numbers and dates are written by: the tag with its region, the language alone where `Intl` does not know the tag. */
export function tagOf(locale: Locale): string {
  const language = languageOf(locale)
  return language === null ? 'en' : isTag(locale) ? locale : language
}

function isTag(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    // Intl has no other way to ask whether a text is a well-formed tag
    return false
  }
}

/** The parameters the sentence of a key names; empty for an unknown key. */
export const parametersUsed = (key: string, locale: Locale): readonly string[] => messageWith(key, locale)?.params ?? []
