import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomStream } from '../../src/math/random.ts'
import { judge, type Life, total, type Verdict } from './judge.ts'
import { live } from './nemesis.ts'
import { asCsv, madePortfolio } from './portfolio.ts'

const SERIES = 20
const ASKED = ['--effort', 'fast', '--max-models', '3', '--horizon', '6', '--level', '80', '--workers', '1'] as const
/** The nemesis strikes at any time up to so much of what a calm run takes. */
const REACH = 1.2
const AT_ONCE = 2

/**
 * F01: kills the command line with all its threads at random moments, and has it resumed until it ends, until so many have
 * been killed. The sum of all histories; `onRun` is told it after each, for a soak that does not come to its end.
 */
export async function killOften(
  kills: number,
  seed: string,
  onRun: (soFar: Verdict) => void = () => {},
): Promise<Verdict & { readonly runs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-kill-'))
  const random = randomStream(seed)
  try {
    const portfolio = madePortfolio(SERIES, 24, 'f01')
    writeFileSync(join(folder, 'sales.csv'), asCsv(portfolio))
    const run = (runDir: string): string[] => ['run', 'sales.csv', '--run-dir', runDir, ...ASKED]
    await live(run('warm'), folder, null)
    const begun = performance.now()
    const calm = await live(run('calm'), folder, null)
    const reach = REACH * (performance.now() - begun)
    if (calm.end !== '0') throw new Error(`the calm run ended with ${calm.end}`)
    const names = portfolio.map(([name]) => name)
    const verdicts: Verdict[] = []
    let killed = 0
    const oneRun = async (runDir: string): Promise<void> => {
      const lives: Life[] = []
      for (;;) {
        const spared = killed >= kills
        if (!spared) killed++
        // killed before it had made its folder, it is begun anew
        const words = lives.some(({ acknowledged }) => acknowledged > 0) ? ['resume', runDir] : [...run(runDir)]
        const life = await live(words, folder, spared ? null : random.uniform() * reach)
        lives.push(life)
        if (!spared && life.end !== 'SIGKILL') killed--
        if (life.end === '2' && words[0] === 'run') {
          // it holds a run already
          lives.push(await live(['resume', runDir], folder, null))
        }
        if (lives.at(-1)!.end === '0') break
        if (!['SIGKILL', '2'].includes(life.end)) throw new Error(`${words.join(' ')} ended with ${life.end}`)
      }
      verdicts.push(judge(lives, join(folder, runDir), join(folder, 'calm'), names))
      onRun(total(verdicts))
      rmSync(join(folder, runDir), { recursive: true })
    }
    let runs = 0
    const chain = async (): Promise<void> => {
      while (killed < kills) await oneRun(`run-${++runs}`)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, chain))
    return { ...total(verdicts), runs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
