/** The listed name a person probably meant: fewest edits (Levenshtein 1966), '' where nothing is near. */
export function closestName(wanted: string, names: readonly string[]): string {
  const word = wanted.toLowerCase().replaceAll(/[_-]/g, '')
  let best = ''
  let fewest = Math.max(2, Math.ceil(word.length / 2))
  for (const name of names) {
    const edits = distance(word, name.toLowerCase())
    if (edits < fewest) {
      best = name
      fewest = edits
    }
  }
  return best
}

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
