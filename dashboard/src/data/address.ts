import { useCallback } from 'react'
import { useLocation, useSearch } from 'wouter'

/** What the address says beside the path, and how to change it: every state of a page can be sent to somebody. */
export function useAddress(): {
  readonly get: (name: string) => string | null
  readonly set: (changes: Readonly<Record<string, string | null>>, mode?: 'replace' | 'push') => void
  readonly search: string
} {
  const search = useSearch()
  const [path, go] = useLocation()
  const get = useCallback((name: string) => new URLSearchParams(search).get(name), [search])
  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>, mode: 'replace' | 'push' = 'replace') => {
      const next = new URLSearchParams(location.search)
      for (const [name, value] of Object.entries(changes))
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
      const text = next.toString()
      go(text === '' ? path : `${path}?${text}`, { replace: mode === 'replace' })
    },
    [path, go],
  )
  return { get, set, search }
}
