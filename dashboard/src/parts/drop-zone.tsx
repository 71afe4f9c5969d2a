import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { aboutQuery } from '../data/about.ts'
import { useWords } from '../words/words.tsx'

/** Where files are dropped or chosen; the limits are said before, not after. */
export function DropZone({
  onFiles,
  isSmall,
}: {
  readonly onFiles: (files: readonly File[]) => void
  readonly isSmall: boolean
}) {
  const { say, number } = useWords()
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const limits = useQuery(aboutQuery).data?.limits
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      className={`drop${isOver ? ' over' : ''}`}
      style={isSmall ? { padding: 12 } : {}}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files])
      }}
    >
      {!isSmall && <p style={{ fontSize: 16 }}>{say('upload.drop')}</p>}
      <input
        ref={input}
        id="files"
        type="file"
        multiple
        hidden
        accept=".csv,.tsv,.txt,.xlsx,.parquet,.gz,.zip"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
      <button
        type="button"
        className={isSmall ? 'button' : 'button primary'}
        onClick={() => input.current?.click()}
        data-testid="choose"
      >
        {say(isSmall ? 'upload.more' : 'upload.choose')}
      </button>
      {!isSmall && (
        <p className="small muted reading">
          {say('upload.kinds')}{' '}
          {limits !== undefined &&
            say('upload.limits', { megabytes: number(limits.uploadBytes! / 1e6), files: limits.filesPerUpload! })}
        </p>
      )}
    </div>
  )
}
