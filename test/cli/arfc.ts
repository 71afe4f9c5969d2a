import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Surroundings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Closes the reading end after the first bytes, as `| head -c 1` does. */
  readonly closeEarly?: boolean
}

/** Runs the command line as a person would, in English, without colours. */
export function arfc(words: readonly string[], { cwd, env, stdin, closeEarly }: Surroundings = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...words], {
    cwd: cwd ?? root,
    env: { PATH: process.env.PATH, TZ: 'UTC', LANG: 'en_GB.UTF-8', NO_COLOR: '1', COLUMNS: '80', ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (closeEarly) child.stdout.destroy()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(stdin ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

const made: string[] = []
process.on('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A folder of its own with a small monthly portfolio in `sales.csv`. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-test-'))
  made.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const SHAPES: Readonly<Record<string, (period: number) => number>> = {
  'Ice cream': (t) => 200 + 80 * Math.sin((t * Math.PI) / 6) + ((t * 7919) % 13),
  Bread: (t) => 500 + t + ((t * 104729) % 17),
  'Spare pump': (t) => (t % 5 === 0 ? 1 + (t % 3) : 0),
}

/** `Broken` has dates and no values: it fails, the others do not. */
export function salesCsv(months: number, withBroken = false): string {
  const lines = ['series_name,date,value,unit']
  for (const [name, shape] of Object.entries(SHAPES))
    for (let t = 0; t < months; t++)
      lines.push(
        `${name},${2020 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01,${Math.round(shape(t))},pieces`,
      )
  if (withBroken) for (let month = 1; month <= 6; month++) lines.push(`Broken,2020-0${month}-01,,pieces`)
  return `${lines.join('\n')}\n`
}
