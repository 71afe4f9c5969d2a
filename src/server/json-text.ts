import { type ParseError, parseTree } from 'jsonc-parser'
import { Problem, problem } from '../messages.ts'

const QUOTE = 34
const BACKSLASH = 92
const COLON = 58
const COMMA = 44
/** `ParseErrorCode.EndOfFileExpected`: an enum that type stripping cannot read. */
const END_EXPECTED = 9

/**
 * The value of a JSON text (RFC 8259), stricter than `JSON.parse`: a key that stands twice, deep nesting and very many
 * parts are refused before anything is built. Throws `json_invalid`, `json_key_duplicated`, `json_too_large`.
 */
export function parseJson(bytes: Buffer, most: { readonly depth: number; readonly parts: number }): unknown {
  if (bytes[0] === 0xef && bytes[1] === 0xbb) refuse(0, 'mark')
  checkShape(bytes, most)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new Problem(problem('json_invalid', { position: 0, cause: 'encoding' }), undefined, error)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // V8 says where only now and then
    const errors: ParseError[] = []
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
    const first = errors[0]
    const position = Buffer.byteLength(text.slice(0, first?.offset ?? text.length))
    return refuse(position, first?.error === END_EXPECTED ? 'second' : 'syntax')
  }
}

function refuse(position: number, cause: string): never {
  throw new Problem(problem('json_invalid', { position, cause }))
}

/** One pass over the bytes: levels, parts, and the keys of each open object. What is no JSON is left to the parser. */
function checkShape(bytes: Buffer, most: { readonly depth: number; readonly parts: number }): void {
  const keys: (Set<string> | null)[] = []
  let parts = 0
  let isKey = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) {
      const start = i
      i = endOfText(bytes, i)
      const open = keys.at(-1)
      if (!isKey || open == null) continue
      isKey = false
      const key = keyOf(bytes, start, i)
      if (open.has(key)) throw new Problem(problem('json_key_duplicated', { key: key.slice(0, 80), position: start }))
      open.add(key)
    } else if (byte === 0x7b || byte === 0x5b) {
      keys.push(byte === 0x7b ? new Set() : null)
      isKey = byte === 0x7b
      if (keys.length > most.depth) throw new Problem(problem('json_too_large', { cause: 'depth', limit: most.depth }))
      if (++parts > most.parts) throw new Problem(problem('json_too_large', { cause: 'parts', limit: most.parts }))
    } else if (byte === 0x7d || byte === 0x5d) {
      keys.pop()
      isKey = false
    } else if (byte === COMMA) isKey = keys.at(-1) != null
    else if (byte === COLON) isKey = false
  }
}

/** Place of the quotation mark that closes the text begun at `from`. */
function endOfText(bytes: Buffer, from: number): number {
  let i = from + 1
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1
  return i
}

/** A key with its escapes resolved: `"\u0061"` is `a`. */
function keyOf(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('utf8', start + 1, end)
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return raw
  }
}
