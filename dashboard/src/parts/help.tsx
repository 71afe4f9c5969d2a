import { useEffect, useRef } from 'react'
import { useWords } from '../words/words.tsx'

const KEYS = [
  ['j, k', 'keys.next'],
  ['Enter', 'keys.open'],
  ['a', 'keys.accept'],
  ['l', 'keys.later'],
  ['e', 'keys.override'],
  ['/', 'keys.search'],
  ['← →', 'keys.point'],
  ['Esc', 'keys.close'],
  ['?', 'keys.help'],
] as const

/** The keys, and how the words and marks are meant. */
export function Help({ close }: { readonly close: () => void }) {
  const { say } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title">
      <div className="stack">
        <h2 id="help-title">{say('help.title')}</h2>
        <table>
          <tbody>
            {KEYS.map(([key, word]) => (
              <tr key={key}>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{say(word)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <h3>{say('help.confidence')}</h3>
        <p>{say('help.confidence_text')}</p>
        <h3>{say('help.bands')}</h3>
        <p>{say('help.bands_text')}</p>
        <form method="dialog">
          <button type="submit" className="button">
            {say('action.close')}
          </button>
        </form>
      </div>
    </dialog>
  )
}
