/** Enough for the calendars of any portfolio; a few megabytes. */
const MOST = 1000

/** The same function, that gives what it gave before for the same key; it must be pure, and its answers not be changed. */
export function remembered<A extends readonly unknown[], T>(
  keyOf: (...given: A) => string,
  find: (...given: A) => T,
): (...given: A) => T {
  const known = new Map<string, T>()
  let last: { readonly given: A; readonly found: T } | null = null
  return (...given) => {
    // mostly it is what was asked for before, and needs no key
    if (last !== null && areSame(last.given, given)) return last.found
    const key = keyOf(...given)
    let found = known.get(key)
    if (found === undefined) {
      found = find(...given)
      if (known.size >= MOST) known.clear()
      known.set(key, found)
    }
    last = { given, found }
    return found
  }
}

const areSame = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false
  return a.length === b.length
}
