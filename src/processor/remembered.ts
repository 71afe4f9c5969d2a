/** Enough for the calendars of any portfolio; a few megabytes. */
const MOST = 1000

/** The same function, that gives what it gave before for the same key; it must be pure, and its answers not be changed. */
export function remembered<A extends readonly unknown[], T>(
  keyOf: (...given: A) => string,
  find: (...given: A) => T,
): (...given: A) => T {
  const known = new Map<string, T>()
  return (...given) => {
    const key = keyOf(...given)
    const before = known.get(key)
    if (before !== undefined) return before
    const found = find(...given)
    if (known.size >= MOST) known.clear()
    known.set(key, found)
    return found
  }
}
