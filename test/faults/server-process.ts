import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const main = join(import.meta.dirname, '../../src/cli/main.ts')
/** Milliseconds before a server that does not come is a hang. */
const HANG_MS = 120_000

/** A server as its operator starts it: a process of its own, with its children in its group. */
export interface ServerProcess {
  readonly url: string
  /** Milliseconds from the start of the process until `/readyz` answered. */
  readonly readyMs: number
  readonly process: ChildProcess
  /** Ends it with all its children, as a power cut would. */
  kill(): Promise<void>
}

export async function startServerProcess(
  dataDir: string,
  port: number,
  more: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const begun = performance.now()
  const words = [main, 'serve', '--port', String(port), '--data-dir', dataDir, '--rate-limit', '0', ...more]
  const child = spawn(process.execPath, words, {
    detached: true,
    stdio: ['ignore', 'ignore', process.env.SERVER_LOG ? 'inherit' : 'ignore'],
    env: { ...process.env, LANG: 'en_GB.UTF-8', ...env },
  })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) break
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    if (performance.now() - begun > HANG_MS) throw new Error('the server does not get ready')
    await wait(50)
  }
  return {
    url,
    readyMs: performance.now() - begun,
    process: child,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL')
      await ended
    },
  }
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
