import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { get, send, type Upload } from '../data/api.ts'
import { useCheck, useNewRun } from '../data/new-run.ts'
import { upload } from '../data/uploads.ts'
import { useAnnounce } from '../parts/announcer.tsx'
import { Bones } from '../parts/bones.tsx'
import { DropZone } from '../parts/drop-zone.tsx'
import { Refusal } from '../parts/notice.tsx'
import { Page } from '../parts/page.tsx'
import { Steps } from '../parts/steps.tsx'
import { Understood } from '../parts/understood.tsx'
import { useWords } from '../words/words.tsx'

interface Sending {
  readonly name: string
  readonly share: number
  readonly error: unknown
}

/** Did it understand my file? */
export function UploadPage() {
  const { say } = useWords()
  const run = useNewRun()
  const [, go] = useLocation()
  const announce = useAnnounce()
  const [sending, setSending] = useState<readonly Sending[]>([])
  const [pasted, setPasted] = useState('')
  const abort = useRef(new AbortController())
  const known = useRef(run.uploads)
  known.current = run.uploads
  useEffect(() => () => abort.current.abort(), [])
  const check = useCheck(run)
  const sample = useMutation({
    mutationFn: () => send<Upload>('POST', '/uploads/sample'),
    onSuccess: ({ id }) => run.change({ uploads: [...known.current, id] }),
  })

  const take = async (files: readonly File[]): Promise<void> => {
    setSending(files.map(({ name }) => ({ name, share: 0, error: null })))
    const done: string[] = []
    for (const [i, file] of files.entries()) {
      const note = (change: Partial<Sending>): void =>
        setSending((all) => all.map((each, j) => (i === j ? { ...each, ...change } : each)))
      try {
        const { id } = await upload(file, (share) => note({ share }), abort.current.signal)
        done.push(id)
        note({ share: 1 })
      } catch (error) {
        if (abort.current.signal.aborted) return
        note({ error })
      }
    }
    setSending((all) => all.filter(({ error }) => error !== null))
    if (done.length > 0) {
      run.change({ uploads: [...known.current, ...done] })
      announce(say('upload.taken', { count: done.length }))
    }
  }

  const paste = (): void => {
    const name = pasted.includes('\t') ? 'pasted.tsv' : 'pasted.csv'
    setPasted('')
    take([new File([pasted], name, { type: 'text/plain' })])
  }

  const hasFiles = run.uploads.length > 0
  const isReady = check.data !== undefined && check.data.refused === null && !check.isPlaceholderData
  return (
    <Page
      title={say('upload.title')}
      lead={<Steps at="upload" run={run} isReady={isReady} />}
      actions={
        <button
          type="button"
          className="button primary"
          disabled={!isReady}
          onClick={() => go(run.at('/check'))}
          data-testid="continue"
        >
          {say('action.continue')}
        </button>
      }
    >
      <DropZone isSmall={hasFiles} onFiles={take} />
      {!hasFiles && (
        <div className="columns">
          <details className="stack">
            <summary>{say('upload.paste')}</summary>
            <div className="field" style={{ marginTop: 8 }}>
              <label htmlFor="paste">{say('upload.paste_label')}</label>
              <textarea id="paste" rows={6} value={pasted} onChange={(event) => setPasted(event.target.value)} />
              <div>
                <button type="button" className="button" disabled={pasted.trim() === ''} onClick={paste}>
                  {say('upload.paste_use')}
                </button>
              </div>
            </div>
          </details>
          <div className="stack" style={{ gap: 4 }}>
            <div>
              <button type="button" className="button" disabled={sample.isPending} onClick={() => sample.mutate()}>
                {say('runs.sample')}
              </button>
            </div>
            <p className="small muted">{say('upload.sample_text')}</p>
          </div>
        </div>
      )}
      {sample.isError && <Refusal error={sample.error} />}
      {sending.map(({ name, share, error }) =>
        error === null ? (
          <div key={name} className="stack" style={{ gap: 4 }}>
            <span>{say('upload.sending', { file: name })}</span>
            <div className="bar" role="progressbar" aria-label={name} aria-valuenow={Math.round(100 * share)}>
              <div style={{ transform: `scaleX(${share})` }} />
            </div>
          </div>
        ) : (
          <Refusal key={name} error={error} />
        ),
      )}
      {hasFiles && (
        <Files ids={run.uploads} remove={(id) => run.change({ uploads: run.uploads.filter((each) => each !== id) })} />
      )}
      {check.isError && !check.isFetching && <Refusal error={check.error} again={() => check.refetch()} />}
      {hasFiles && check.isPending && !check.isError && <Bones rows={5} />}
      {check.data !== undefined && hasFiles && (
        <div aria-busy={check.isPlaceholderData} style={{ opacity: check.isPlaceholderData ? 0.6 : 1 }}>
          <Understood check={check.data} read={run.read} change={(read) => run.change({ read })} />
        </div>
      )}
      {hasFiles && !isReady && check.data?.refused === null && <p className="muted">{say('upload.reading')}</p>}
      <p className="small">
        <Link href="/">{say('nav.runs')}</Link>
      </p>
    </Page>
  )
}

function Files({ ids, remove }: { readonly ids: readonly string[]; readonly remove: (id: string) => void }) {
  const { say, number } = useWords()
  const files = useQuery({
    queryKey: ['uploads', ids],
    queryFn: ({ signal }) => Promise.all(ids.map((id) => get<Upload>(`/uploads/${id}`, {}, signal))),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before?.filter(({ id }) => ids.includes(id)),
  })
  if (files.isError) return <Refusal error={files.error} again={() => files.refetch()} />
  return (
    <ul className="stack" style={{ gap: 4 }} aria-label={say('upload.files')}>
      {(files.data ?? []).map(({ id, filename, bytes }) => (
        <li key={id} className="row">
          <strong className="name">{filename}</strong>
          <span className="muted">{say('upload.size', { kilobytes: number(bytes / 1000) })}</span>
          <button
            type="button"
            className="button plain"
            aria-label={say('upload.remove_this', { file: filename })}
            onClick={() => remove(id)}
          >
            {say('upload.remove')}
          </button>
        </li>
      ))}
    </ul>
  )
}
