import { useEffect, useState } from 'react'
import { useWords } from '../words/words.tsx'

/** Milliseconds under which waiting shows nothing. */
const PATIENCE_MS = 300

/** The shape of what is to come, once waiting is felt. */
export function Bones({ rows = 6, height = 24 }: { readonly rows?: number; readonly height?: number }) {
  const { say } = useWords()
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="stack" style={{ minHeight: rows * (height + 12) }} aria-busy="true">
      {isLong && (
        <>
          <span className="hush">{say('state.loading')}</span>
          {Array.from({ length: rows }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
            <div key={i} className="bone" style={{ height, width: `${100 - ((i * 7) % 30)}%` }} />
          ))}
        </>
      )}
    </div>
  )
}
