import { refusal } from './request-problem.ts'

type Part = string | number | null

/** The place after which a page begins, as callers hand it back: opaque to them. */
export const cursorOf = (...parts: readonly Part[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url')

/** What `cursorOf` was given, `kinds` part by part; throws `cursor_invalid` for anything else. */
export function readCursor(cursor: string, kinds: readonly ('text' | 'number' | 'value')[]): readonly Part[] {
  const refused = refusal('cursor_invalid', {}, '?cursor')
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refused
  }
  if (!Array.isArray(parts) || parts.length !== kinds.length) throw refused
  for (const [i, kind] of kinds.entries()) {
    const part: unknown = parts[i]
    const isText = typeof part === 'string' && !part.includes('\u0000')
    if (
      kind === 'text'
        ? !isText
        : kind === 'number'
          ? !Number.isSafeInteger(part)
          : !isText && typeof part !== 'number' && part !== null
    )
      throw refused
  }
  return parts as Part[]
}
