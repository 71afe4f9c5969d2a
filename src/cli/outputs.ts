import { extname } from 'node:path'
import { UsageError } from './errors.ts'
import { fromCaller } from './paths.ts'
import type { Say } from './words.ts'

export type Format = 'csv' | 'json' | 'xlsx' | 'html'

/** A file asked for with `--output`; its ending picks the format. */
export interface Output {
  readonly path: string
  readonly format: Format
}

const FORMATS: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.xlsx': 'xlsx',
  '.html': 'html',
  '.htm': 'html',
}

export const outputsOf = (files: readonly string[], say: Say): Output[] =>
  files.map((file) => {
    const format = FORMATS[extname(file).toLowerCase()]
    if (format === undefined) throw new UsageError(say('usage.output_ending', { file }))
    return { path: fromCaller(file), format }
  })
