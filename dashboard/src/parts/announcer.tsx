import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

const Context = createContext<(text: string) => void>(() => {})

/** Says something to those who do not see the page change. */
export const useAnnounce = (): ((text: string) => void) => useContext(Context)

export function AnnouncerProvider({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState('')
  const announce = useCallback((next: string) => setText(next), [])
  return (
    <Context value={announce}>
      {children}
      <div className="hush" aria-live="polite" data-testid="announcer">
        {text}
      </div>
    </Context>
  )
}
