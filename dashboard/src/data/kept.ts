/** What the reader chose, kept by the browser; nothing is lost where it keeps nothing. */
const PREFIX = 'arfc.'

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    // a browser may forbid storage: then each visit starts anew
    return null
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // as above
  }
}

/** What was kept as JSON; what an older version kept otherwise is not ours to read. */
export function keptJson<T>(name: string, otherwise: T): T {
  const text = kept(name)
  try {
    return text === null ? otherwise : (JSON.parse(text) as T)
  } catch {
    return otherwise
  }
}
