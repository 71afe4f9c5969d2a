import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 640px)')

const subscribe = (tell: () => void): (() => void) => {
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

/** Whether the page is as narrow as a telephone. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches)
