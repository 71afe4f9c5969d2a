import type { ReactNode } from 'react'
import { ApiProblem } from '../data/api.ts'
import { useWords } from '../words/words.tsx'

export type Mark = 'good' | 'attention' | 'bad' | 'info'

/** Something to know, with what can be done about it. */
export function Notice({ mark, title, children }: { mark: Mark; title: ReactNode; children?: ReactNode }) {
  return (
    <div className={`notice ${mark}`} role={mark === 'bad' ? 'alert' : 'note'}>
      <p>
        <strong className={`mark ${mark}`} style={{ whiteSpace: 'normal' }}>
          {title}
        </strong>
      </p>
      {children}
    </div>
  )
}

/** Why the server said no: every fault with where and how to mend it, the code to copy, and a way on. */
export function Refusal({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const { say, told } = useWords()
  const body = error instanceof ApiProblem ? error.body : null
  const isAway = error instanceof ApiProblem && error.status === 0
  const title = isAway ? say('server.away') : body === null ? say('server.unexpected') : told(body.detail)
  const faults = body?.errors.filter(({ detail }) => detail !== body.detail) ?? []
  return (
    <Notice mark="bad" title={title}>
      {isAway && <p>{say('server.away_help')}</p>}
      {faults.length > 0 && (
        <ul className="stack">
          {faults.map((fault) => (
            <li key={`${fault.pointer} ${fault.code} ${fault.detail}`}>
              {fault.pointer !== '' && <code>{fault.pointer} </code>}
              {told(fault.detail)}
            </li>
          ))}
        </ul>
      )}
      <div className="row">
        {again && (
          <button type="button" className="button" onClick={again}>
            {say('action.try_again')}
          </button>
        )}
        {body !== null && (
          <span className="small muted">
            {say('server.code', { code: body.code })} · <code>{body.request_id}</code>
          </span>
        )}
      </div>
    </Notice>
  )
}
