import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CheckpointFile } from '../../src/store/checkpoint-file.ts'
import { answersOf, COMMITS } from './kept-answers.ts'

/** What came of a child whose n-th call failed. */
export interface FailedCall {
  /** False where there is no n-th call: all went well. */
  readonly failed: boolean
  /** Acknowledged, and not there afterwards. */
  readonly lost: number
  /** Ended otherwise than by itself, with a listed problem or none. */
  readonly unlisted: string | null
}

/** A source beside this file, compiled to be loaded before everything else; null where there is no compiler, or no way to load it. */
export function shim(file = 'shim.c'): { readonly path: string; remove(): void } | null {
  if (process.platform !== 'linux') return null
  const folder = mkdtempSync(join(tmpdir(), 'arfc-shim-'))
  const path = join(folder, 'shim.so')
  const source = join(import.meta.dirname, file)
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-o', path, source, '-ldl']).status === 0
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  if (compiled) return { path, remove }
  remove()
  return null
}

/** F21: writes with the n-th call failing by this error, then opens what is there without faults. */
export async function failCall(library: string, nth: number, errno: number): Promise<FailedCall> {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-call-'))
  try {
    const child = spawnSync(process.execPath, [join(import.meta.dirname, 'keep-answers.ts'), folder], {
      encoding: 'utf8',
      env: {
        ...{ PATH: process.env.PATH, LD_PRELOAD: library, FAULT_PATH: 'checkpoint.sqlite' },
        ...{ FAULT_NTH: `${nth}`, FAULT_ERRNO: `${errno}` },
      },
    })
    const acknowledged = [...child.stdout.matchAll(/^kept (\d+)$/gm)].map(([, commit]) => Number(commit))
    const ended =
      child.status === 0 && (acknowledged.length === COMMITS || /^problem (disk_full|checkpoint_)/m.test(child.stdout))
    const store = new CheckpointFile(join(folder, 'checkpoint.sqlite'), () => {})
    let lost = 0
    for (const commit of acknowledged) {
      const answers = answersOf(commit)
      const found = store.find(answers.map(({ key }) => key))
      lost += answers.filter(({ body }, i) => Buffer.compare(found[i] ?? new Uint8Array(), body) !== 0).length
    }
    await store.keep(answersOf(COMMITS))
    await store.close()
    return { failed: child.stderr.includes('fault'), lost, unlisted: ended ? null : child.stdout + child.stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
