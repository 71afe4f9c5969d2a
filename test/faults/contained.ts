import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asCsv, madePortfolio } from './portfolio.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')
const FILES = ['forecasts.csv', 'forecasts.json', 'run.json']

export interface Contained {
  readonly status: number | null
  /** Processes that the system ended for want of memory. */
  readonly oomKills: number
  readonly peakMb: number
  readonly wrong: readonly string[]
}

/** F08: a run of the command line in a container of so much memory; null where none can be made (cgroups of version 1, root). */
export function runContained(megabytes: number, series: number): Contained | null {
  const memory = '/sys/fs/cgroup/memory'
  if (process.getuid?.() !== 0 || !existsSync(join(memory, 'memory.limit_in_bytes'))) return null
  const group = join(memory, `arfc-f08-${process.pid}`)
  const folder = mkdtempSync(join(tmpdir(), 'arfc-f08-'))
  try {
    mkdirSync(group)
    writeFileSync(join(group, 'memory.limit_in_bytes'), `${megabytes * 2 ** 20}`)
    writeFileSync(join(folder, 'sales.csv'), asCsv(madePortfolio(series, 48, 'f08')))
    const asked = (runDir: string): string[] => [
      ...[
        'run',
        'sales.csv',
        '--run-dir',
        runDir,
        '--effort',
        'fast',
        '--max-models',
        '3',
        '--horizon',
        '6',
        '--quiet',
      ],
    ]
    spawnSync(process.execPath, [main, ...asked('calm')], { cwd: folder })
    const shell = 'echo $$ > "$GROUP/tasks" && exec "$@"'
    const { status } = spawnSync('sh', ['-c', shell, 'sh', process.execPath, main, ...asked('contained')], {
      cwd: folder,
      env: { ...process.env, GROUP: group },
    })
    const control = readFileSync(join(group, 'memory.oom_control'), 'utf8')
    return {
      status,
      oomKills: Number(/^oom_kill (\d+)$/m.exec(control)?.[1] ?? 0),
      peakMb: Number(readFileSync(join(group, 'memory.max_usage_in_bytes'), 'utf8')) / 2 ** 20,
      wrong: FILES.filter((file) => {
        const [calm, contained] = ['calm', 'contained'].map((runDir) => join(folder, runDir, file))
        return !existsSync(contained!) || readFileSync(calm!, 'utf8') !== readFileSync(contained!, 'utf8')
      }),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    if (existsSync(group)) rmdirSync(group)
  }
}
