import { constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, platform, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { EXIT } from './exit-codes.ts'
import { padEnd, widest, wrap } from './layout.ts'
import { paintFor, toStdout } from './output.ts'
import { callerFolder } from './paths.ts'
import type { Say } from './words.ts'

interface Finding {
  readonly key: string
  readonly value: string | number
  readonly good: boolean
}

const MINIMUM_NODE = [22, 18] as const
const MINIMUM_MB = 512
const MEGABYTE = 1024 * 1024

function temporaryFolderWorks(): boolean {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'arfc-'))
    writeFileSync(join(folder, 'written'), '')
    rmSync(folder, { recursive: true })
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

async function findings(): Promise<Finding[]> {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
  const writable = await access(callerFolder(), constants.W_OK).then(
    () => true,
    () => false,
  )
  const total = Math.round(totalmem() / MEGABYTE)
  const constrained = process.constrainedMemory()
  const limit = constrained > 0 && constrained < totalmem() ? Math.round(constrained / MEGABYTE) : total
  return [
    {
      key: 'node',
      value: process.versions.node,
      good: major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1]),
    },
    { key: 'typescript', value: String(process.features.typescript), good: process.features.typescript !== false },
    { key: 'platform', value: `${platform()} ${release()} ${process.arch}`, good: true },
    { key: 'cores', value: `${availableParallelism()} (${cpus()[0]?.model.trim() ?? '?'})`, good: true },
    { key: 'memory_mb', value: limit, good: limit >= MINIMUM_MB },
    { key: 'free_memory_mb', value: Math.round(freemem() / MEGABYTE), good: freemem() / MEGABYTE >= MINIMUM_MB / 2 },
    { key: 'temporary_folder', value: tmpdir(), good: temporaryFolderWorks() },
    { key: 'working_folder', value: callerFolder(), good: writable },
    { key: 'file_limit_mb', value: 100, good: true },
    { key: 'locale', value: Intl.DateTimeFormat().resolvedOptions().locale, good: true },
  ]
}

/** Says what this machine offers and whether that is enough. */
export async function doctor(flags: { readonly json?: boolean }, say: Say): Promise<number> {
  const found = await findings()
  const bad = found.filter((each) => !each.good)
  if (flags.json) {
    toStdout(JSON.stringify({ ok: bad.length === 0, findings: found }, null, 2))
  } else {
    const paint = paintFor(process.stdout)
    const names = found.map((each) => say(`doctor.${each.key}`))
    const room = widest(names)
    const marks = [say('doctor.good'), say('doctor.bad')] as const
    found.forEach((each, i) => {
      const mark = padEnd(each.good ? marks[0] : marks[1], widest(marks))
      toStdout(`  ${paint(each.good ? 'green' : 'red', mark)}  ${padEnd(names[i]!, room)}  ${each.value}`)
    })
    toStdout('')
    toStdout(bad.length === 0 ? say('doctor.all_good') : wrap(say('doctor.some_bad'), 80))
    for (const each of bad) toStdout(wrap(say(`doctor.remedy_${each.key}`), 80, 2))
  }
  return bad.length === 0 ? EXIT.done : EXIT.internal
}
