import { createRequire } from 'node:module'
import type TableOf from 'cli-table3'
import { inert } from './inert.ts'

/** Loaded where they are needed: together they take longer than the rest of the command line. */
const load = createRequire(import.meta.url)
let widthOf: ((text: string) => number) | null = null

/** Columns that a text takes in a terminal. */
function stringWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  widthOf ??= (load('string-width') as typeof import('string-width')).default
  return widthOf(text)
}

/** Columns to write for: the terminal's, at most 100 (long lines are hard to read), 80 when nobody knows. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  const known = stream.columns ?? Number(process.env.COLUMNS)
  return Number.isFinite(known) && known >= 40 ? Math.min(known, 100) : 80
}

/** Cut to a width as a terminal counts it, with an ellipsis where something was lost; made inert, on one line. */
export function fit(raw: string, width: number): string {
  const text = inert(raw)
  if (stringWidth(text) <= width) return text
  let cut = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)))
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - stringWidth(text))) + text
export const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => stringWidth(text)))

/** Text broken at spaces (or anywhere, where a language has none), every line indented; made inert first. */
export function wrap(text: string, width: number, indent = 0): string {
  const lines: string[] = []
  let line = ''
  for (const word of inert(text).split(/(?<= )|(?<=[、。，；：])/u)) {
    let rest = word
    if (line !== '' && stringWidth((line + rest).trimEnd()) > width - indent) {
      lines.push(line.trimEnd())
      line = ''
    }
    while (stringWidth(rest.trimEnd()) > width - indent) {
      const head = fit(rest, width - indent + 1).slice(0, -1)
      lines.push(head)
      rest = rest.slice(head.length)
    }
    line += rest
  }
  lines.push(line.trimEnd())
  return lines.map((each) => ' '.repeat(indent) + each).join('\n')
}

/** A table without rules: columns two spaces apart, two in from the edge. */
export function table(rows: readonly (readonly string[])[], align: readonly ('left' | 'right')[]): string {
  const none = Object.fromEntries(
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left-mid mid mid-mid right right-mid'
      .split(' ')
      .map((name) => [name, '']),
  )
  const made = new (load('cli-table3') as typeof TableOf)({
    chars: { ...none, left: '  ', middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: [...align],
  })
  made.push(...rows.map((row) => [...row]))
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** A share drawn with `width` cells; anything above nothing shows. */
export function bar(share: number, width: number): string {
  const cells = Math.round(share * width)
  return '█'.repeat(share > 0 ? Math.max(1, cells) : 0)
}
