import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface SourceFile {
  /** Path from the root, with `/`. */
  readonly path: string
  readonly text: string
  readonly lines: number
}

export const sourceFiles: readonly SourceFile[] = globSync('src/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, lines: text.split('\n').length - 1 }
  })

export interface Import {
  readonly from: string
  readonly target: string
  readonly typeOnly: boolean
}

/** Imports and re-exports of a file: `import x from '…'`, `export … from '…'`, `import('…')`. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  const statement =
    /^\s*(import|export)(\s+type)?\b[^'"`;]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm
  for (const match of file.text.matchAll(statement)) {
    const target = match[3] ?? match[4] ?? match[5]!
    found.push({ from: file.path, target, typeOnly: match[2] !== undefined })
  }
  return found
}
