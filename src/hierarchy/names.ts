import type { Keys } from './levels.ts'

const SEPARATORS = ['_', ' / ', ' - ', '|', '/', ':', '.', '-'] as const

/**
 * Keys from names like `Milano_A`: the first separator by which all names fall into equally many pieces, two or more, one
 * of which at least comes again; null where there is none. Columns are called `1`, `2`, ….
 */
export function keysOfNames(names: readonly string[]): Keys | null {
  for (const separator of SEPARATORS) {
    const rows = names.map((name) => name.split(separator).map((piece) => piece.trim()))
    const count = rows[0]?.length ?? 0
    if (count < 2 || rows.some((row) => row.length !== count || row.includes(''))) continue
    const columns = Array.from({ length: count }, (_, k) => k)
    // a prefix that all have groups nothing
    const useful = columns.filter((k) => new Set(rows.map((row) => row[k])).size > 1)
    const groups = useful.some((k) => new Set(rows.map((row) => row[k])).size < names.length)
    if (useful.length < 2 || !groups) continue
    return { columns: useful.map((k) => String(k + 1)), rows: rows.map((row) => useful.map((k) => row[k]!)) }
  }
  return null
}

const FIELD = /\{([^{}:]+)(?::([^{}]+))?\}/g

/** A template has fields in braces, each with a name of its own. */
export function isTemplate(text: string): boolean {
  const fields = [...text.matchAll(FIELD)].map(([, name]) => name)
  return fields.length > 0 && new Set(fields).size === fields.length
}

/**
 * Keys by a template: `{location}_{product}`, or with the values that a field may have where a separator stands inside
 * them: `{region}_{state:New_South_Wales|Victoria}_{purpose}`. Fields take as little as they can, the last one the rest.
 * For each name its pieces, null where the template does not fit.
 */
export function keysByTemplate(
  names: readonly string[],
  template: string,
): { readonly columns: readonly string[]; readonly rows: readonly (readonly string[] | null)[] } {
  const columns: string[] = []
  let pattern = ''
  let at = 0
  for (const { 0: field, 1: name, 2: values, index } of template.matchAll(FIELD)) {
    pattern += literal(template.slice(at, index))
    pattern += values === undefined ? '(.+?)' : `(${values.split('|').map(literal).join('|')})`
    columns.push(name!)
    at = index + field.length
  }
  const whole = new RegExp(`^${pattern}${literal(template.slice(at))}$`, 'u')
  return { columns, rows: names.map((name) => whole.exec(name)?.slice(1) ?? null) }
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\${sign}`)
