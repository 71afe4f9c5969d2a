import { type ReactNode, useEffect, useRef } from 'react'

/** A page with its one heading, which gets the focus when the page comes. */
export function Page({
  title,
  lead,
  actions,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – ARIMA Forecaster`
  }, [title])
  useEffect(() => {
    // not on the first page of a visit: there the browser's own order begins at the top
    if (history.state !== null || document.activeElement !== document.body) heading.current?.focus()
  }, [])
  return (
    <div className="page">
      <header className="head">
        <div className="grow stack" style={{ gap: 4 }}>
          <h1 ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </h1>
          {lead !== undefined && <div className="muted">{lead}</div>}
        </div>
        {actions !== undefined && <div className="actions primary-bar">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
