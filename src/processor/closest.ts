import { distance } from 'fastest-levenshtein'

/** The names a person most probably meant: those that contain its words, then those a few letters away (Levenshtein 1966). */
export function closestNames(wanted: string, names: readonly string[], count = 3): string[] {
  const word = wanted.toLowerCase()
  const parts = word.split(/[\s,]+/).filter((part) => part !== '')
  return names
    .map((name, position) => {
      const lower = name.toLowerCase()
      const contained = parts.length > 0 && (parts.every((part) => lower.includes(part)) || word.includes(lower))
      return { name, position, edits: contained ? 0 : distance(word, lower), length: name.length }
    })
    .filter(({ edits, length }) => edits <= Math.max(3, length * 0.6))
    .sort((a, b) => a.edits - b.edits || a.length - b.length || a.position - b.position)
    .slice(0, count)
    .map(({ name }) => name)
}

/** The option a person probably meant, '' where none is near; `max-workers` is as good as `maxWorkers`. */
export const closestName = (wanted: string, names: readonly string[]): string =>
  closestNames(wanted.replaceAll(/[_-]/g, ''), names, 1)[0] ?? ''
