import type { LocatedProblem } from '../messages.ts'
import type { ReadFlags } from './options.ts'
import { toStderr } from './output.ts'
import type { Say } from './words.ts'

/** True where a person sits at both ends and has not forbidden questions. */
export const mayAsk = (flags: ReadFlags): boolean =>
  flags.input && flags.json !== true && process.stdin.isTTY === true && process.stderr.isTTY === true

const ANSWERS: Readonly<Record<string, Readonly<Record<string, Partial<ReadFlags>>>>> = {
  date_order_ambiguous: { d: { dateOrder: 'dmy' }, m: { dateOrder: 'mdy' } },
  number_format_ambiguous: { ',': { decimal: ',' }, '.': { decimal: '.' } },
}
const QUESTIONS: Readonly<Record<string, string>> = {
  date_order_ambiguous: 'ask.date_order',
  number_format_ambiguous: 'ask.number_format',
}

/** Asks what only a person knows, and gives the flag that says it. */
export async function ask(problem: LocatedProblem, say: Say): Promise<Partial<ReadFlags>> {
  const { createInterface } = await import('node:readline/promises')
  const answers = ANSWERS[problem.code]!
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    for (;;) {
      const answer = (await terminal.question(say(QUESTIONS[problem.code]!, { ...problem.params })))
        .trim()
        .toLowerCase()
      const chosen = answers[answer]
      if (chosen !== undefined) return chosen
      toStderr(say('ask.again'))
    }
  } finally {
    terminal.close()
  }
}
