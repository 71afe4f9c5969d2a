import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { ApiProblem } from './api.ts'

/** Milliseconds between two knocks at a server that did not answer. */
const KNOCK_MS = 2000

const Context = createContext(true)

/** Whether the server answers; false from the first request that came to nothing until it is back. */
export const useServerAnswers = (): boolean => useContext(Context)

/** Keeps what was read, and reads it anew when a server that was away is back. */
export function ServerProvider({ children }: { readonly children: ReactNode }) {
  const [answers, setAnswers] = useState(true)
  const client = useMemo(
    () =>
      new QueryClient({
        queryCache: new QueryCache({
          onError: (error) => error instanceof ApiProblem && error.status === 0 && setAnswers(false),
        }),
        defaultOptions: {
          queries: { retry: false, staleTime: 2000, networkMode: 'always' },
          mutations: { retry: false, networkMode: 'always' },
        },
      }),
    [],
  )
  useEffect(() => {
    if (answers) return
    const timer = setInterval(async () => {
      const response = await fetch('/livez', { cache: 'no-store' }).catch(() => null)
      if (!response?.ok) return
      setAnswers(true)
      client.invalidateQueries()
    }, KNOCK_MS)
    return () => clearInterval(timer)
  }, [answers, client])
  useEffect(() => {
    const gone = (): void => setAnswers(false)
    addEventListener('arfc:no-answer', gone)
    return () => removeEventListener('arfc:no-answer', gone)
  }, [])
  return (
    <Context value={answers}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </Context>
  )
}

/** For what is no query: a stream that broke, a change that did not arrive. */
export const noteNoAnswer = (): void => {
  dispatchEvent(new Event('arfc:no-answer'))
}
