import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Newest first: Debian's, else what is on the path. */
const BINARIES = globSync('/usr/lib/postgresql/*/bin').sort().reverse()
const tool = (name: string): string | null => {
  const found = BINARIES.map((folder) => join(folder, name)).find(existsSync)
  return found ?? (spawnSync('which', [name]).status === 0 ? name : null)
}

export interface PostgresServer {
  readonly url: string
  /** As a power cut to the database would: nothing is flushed in order. */
  restart(): void
  stop(): void
}

/** Why no server can be started here; null where one can. */
export const withoutPostgres = (): string | null => {
  if (tool('initdb') === null || tool('pg_ctl') === null) return 'no PostgreSQL server is installed'
  if (process.getuid?.() === 0 && spawnSync('id', ['postgres']).status !== 0)
    return 'PostgreSQL does not run as root, and there is no user postgres'
  return null
}

/** A server of its own on loopback, in a folder of its own, gone with `stop`. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-pg-'))
  const asRoot = process.getuid?.() === 0
  if (asRoot) execFileSync('chown', ['postgres', folder])
  const run = (name: string, args: readonly string[]): void => {
    const words = [tool(name)!, ...args]
    const [program, ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...words] : words
    execFileSync(program!, rest, { stdio: 'ignore', cwd: folder })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  run('initdb', ['-D', data, '-U', 'arfc', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'])
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder}`
  const start = (): void => run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'])
  start()
  return {
    url: `postgres://arfc@127.0.0.1:${port}/postgres`,
    restart() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      start()
    },
    stop() {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
