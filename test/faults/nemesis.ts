import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Life } from './judge.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

/** Starts the command line in a process group of its own, so that all of it can be killed at once. */
export function start(words: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [main, ...words], {
    cwd,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, TZ: 'UTC', LANG: 'en_GB.UTF-8', NO_COLOR: '1' },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise<string>((resolve) => child.on('close', (code, signal) => resolve(signal ?? String(code))))
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-child.pid!, signal)
    } catch (error) {
      // it has ended by itself
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  return { ended, send, pid: child.pid!, said: () => said }
}

/** Lets a command live so long; null: to its end. */
export async function live(words: readonly string[], cwd: string, milliseconds: number | null): Promise<Life> {
  const { ended, send, said } = start(words, cwd)
  const timer = milliseconds === null ? null : setTimeout(() => send('SIGKILL'), milliseconds)
  const end = await ended
  if (timer !== null) clearTimeout(timer)
  const told = [...said().matchAll(/(\d+) of \d+ series$/gm)].map(([, count]) => Number(count))
  const before = /(\d+) of \d+ series were finished before/.exec(said())
  return { before: before === null ? null : Number(before[1]), acknowledged: Math.max(0, ...told), end }
}
