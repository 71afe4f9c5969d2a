import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a client saw of one life of a process: how many series it was told are finished, and how it ended. */
export interface Life {
  /** Series that the process said it found finished when it began; null where it did not come to say it. */
  readonly before: number | null
  /** The most that it said were finished. */
  readonly acknowledged: number
  readonly end: string
}

export interface Verdict {
  readonly kills: number
  /** Series that were acknowledged once and not there later, or never came. */
  readonly lost: number
  /** Series, or periods of one, that are in the results more than once. */
  readonly doubled: number
  /** Files that differ from those of an undisturbed run. */
  readonly wrong: readonly string[]
}

/** Files of a run that are a function of input, configuration and version. */
const SAME = ['forecasts.csv', 'forecasts.json', 'run.json']

/**
 * Judges a history by what a client can see, with nothing of the program's own code: its lives, the files of its last one,
 * and the files of a run that nobody disturbed.
 */
export function judge(lives: readonly Life[], folder: string, calm: string, names: readonly string[]): Verdict {
  let lost = 0
  let acknowledged = 0
  for (const life of lives) {
    if (life.before !== null && life.before < acknowledged) lost += acknowledged - life.before
    acknowledged = Math.max(acknowledged, life.acknowledged, life.before ?? 0)
  }
  const counts = new Map<string, number>()
  const rows = new Set<string>()
  let doubled = 0
  for (const line of readFileSync(join(folder, 'forecasts.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [name = '', , period = ''] = line.split(',')
    if (rows.has(`${name},${period}`)) doubled++
    rows.add(`${name},${period}`)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  lost += names.filter((name) => !counts.has(name)).length
  const bytes = (where: string, file: string): string => readFileSync(join(where, file), 'latin1')
  const wrong = SAME.filter((file) => bytes(folder, file) !== bytes(calm, file))
  return { kills: lives.filter(({ end }) => end === 'SIGKILL').length, lost, doubled, wrong }
}

/** Puts verdicts together. */
export const total = (verdicts: readonly Verdict[]): Verdict => ({
  kills: verdicts.reduce((sum, { kills }) => sum + kills, 0),
  lost: verdicts.reduce((sum, { lost }) => sum + lost, 0),
  doubled: verdicts.reduce((sum, { doubled }) => sum + doubled, 0),
  wrong: verdicts.flatMap(({ wrong }) => wrong),
})

/** The counts in one line. */
export const inOneLine = ({ kills, lost, doubled, wrong }: Verdict): string =>
  `kills ${kills} lost ${lost} doubled ${doubled} wrong ${wrong.length}`
