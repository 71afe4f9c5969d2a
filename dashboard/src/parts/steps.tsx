import { Link } from 'wouter'
import type { NewRun } from '../data/new-run.ts'
import { useWords } from '../words/words.tsx'

const STEPS = [
  ['upload', ''],
  ['check', '/check'],
  ['configure', '/configure'],
] as const

/** Where one is on the way to a run; the steps before can be gone back to. */
export function Steps({ at, run, isReady }: { readonly at: string; readonly run: NewRun; readonly isReady: boolean }) {
  const { say } = useWords()
  const here = STEPS.findIndex(([name]) => name === at)
  return (
    <nav aria-label={say('steps.title')}>
      <ol className="row" style={{ gap: 8 }}>
        {STEPS.map(([name, page], i) => (
          <li key={name} className="row" style={{ gap: 8 }}>
            {i > 0 && <span aria-hidden="true">›</span>}
            {i === here ? (
              <strong aria-current="step">{say(`steps.${name}`)}</strong>
            ) : i < here || isReady ? (
              <Link href={run.at(page)}>{say(`steps.${name}`)}</Link>
            ) : (
              <span>{say(`steps.${name}`)}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
