import { IntlMessageFormat } from 'intl-messageformat'
import type { Params } from '../messages.ts'

/** `{x, number, short}`: three significant digits, for people; `plain`: six, for values of the user's own data. */
const FORMATS = {
  number: { short: { maximumSignificantDigits: 3 }, plain: { maximumSignificantDigits: 6 } },
}

/** A sentence with places for its parameters, ready to be filled. */
export interface Message {
  readonly format: IntlMessageFormat
  readonly params: readonly string[]
  readonly selects: readonly string[]
}

/** Parses a sentence of ICU MessageFormat for a language tag. */
export function messageFor(source: string, tag: string): Message {
  const format = new IntlMessageFormat(source, tag, FORMATS, { ignoreTag: true })
  return { format, ...parametersOf(format) }
}

/**
 * The sentence with its parameters. One that was not given is shown as `?` (`NaN` where a number belongs): a report
 * is never lost for a word, and what is missing is seen. An empty text chooses the branch `none` of a `select`.
 */
export function fill(message: Message, params: Params): string {
  const values: Record<string, string | number> = { ...params }
  for (const name of message.params) values[name] ??= '?'
  for (const name of message.selects) if (values[name] === '') values[name] = 'none'
  return String(message.format.format(values))
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
