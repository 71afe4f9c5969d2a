/** Edits (insert, delete, replace) that turn one word into the other. Levenshtein 1966, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** The names a person most probably meant: those that contain its words, then those a few letters away. */
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
