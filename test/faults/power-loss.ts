import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Random, randomStream } from '../../src/math/random.ts'
import { CheckpointFile } from '../../src/store/checkpoint-file.ts'
import { answersOf, COMMITS } from './kept-answers.ts'

/** What a process did to the disk, in its order; `told`: what it said on standard output. */
interface Call {
  readonly what: 'write' | 'cut' | 'begun' | 'sync' | 'gone' | 'told'
  readonly file: string
  readonly at: number
  readonly bytes: Buffer
}

/** What came of the disk states that were tried. */
export interface PowerLoss {
  readonly states: number
  /** Acknowledged before the power went, and not there. */
  readonly lost: number
  /** Found, and not what was kept. */
  readonly wrong: number
  /** States that could not be opened. */
  readonly closed: number
}

/** A disk writes so much at once, or nothing of it. */
const SECTOR = 512

/** F22: what is written before the power goes may be there in part, in any order, unless it was synchronised. */
export async function losePower(library: string, states: number): Promise<PowerLoss> {
  const folder = mkdtempSync(join(tmpdir(), 'arfc-power-'))
  try {
    const log = join(folder, 'log')
    const home = join(folder, 'home')
    spawnSync(process.execPath, [join(import.meta.dirname, 'keep-answers.ts'), home], {
      env: { PATH: process.env.PATH, LD_PRELOAD: library, FAULT_PATH: 'checkpoint.sqlite', FAULT_LOG: log },
    })
    const calls = callsIn(readFileSync(log))
    const random = randomStream('power loss')
    let [lost, wrong, closed] = [0, 0, 0]
    for (let state = 0; state < states; state++) {
      const before = calls.slice(0, 1 + Math.floor(random.uniform() * calls.length))
      const disk = join(folder, `state-${state}`)
      mkdirSync(disk)
      for (const [file, bytes] of stateAfter(before, random)) writeFileSync(join(disk, file), bytes)
      const told = before.filter(({ what }) => what === 'told').map(({ bytes }) => bytes.toString())
      const acknowledged = new Set([...told.join('').matchAll(/^kept (\d+)$/gm)].map(([, commit]) => Number(commit)))
      try {
        const store = new CheckpointFile(join(disk, 'checkpoint.sqlite'), () => {})
        for (let commit = 0; commit < COMMITS; commit++) {
          const answers = answersOf(commit)
          const found = store.find(answers.map(({ key }) => key))
          for (const [i, { body }] of answers.entries()) {
            const there = found[i]
            if (there == null) lost += Number(acknowledged.has(commit))
            else if (Buffer.compare(there, body) !== 0) wrong++
          }
        }
        await store.close()
      } catch {
        closed++
      }
      rmSync(disk, { recursive: true })
    }
    return { states, lost, wrong, closed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function callsIn(log: Buffer): Call[] {
  const calls: Call[] = []
  for (let from = 0; from < log.length; ) {
    const end = log.indexOf(10, from)
    const [what, at, count, ...path] = log.toString('utf8', from, end).split(' ')
    const next = end + 1 + Number(count)
    calls.push({
      ...{ what: what as Call['what'], file: basename(path.join(' ')), at: Number(at) },
      bytes: log.subarray(end + 1, next),
    })
    from = next
  }
  return calls
}

/** The files as they may be: all that was synchronised, and of the rest sectors by chance, in any order. */
function stateAfter(calls: readonly Call[], random: Random): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const [file, all] of Map.groupBy(calls, (call) => call.file)) {
    if (file === '-') continue
    // SQLite synchronises the folder when it has deleted a file
    const own = all.slice(all.findLastIndex(({ what }) => what === 'gone') + 1)
    if (own.length === 0) continue
    // what is written while it is synchronised may be there or not
    const synced = own.findLastIndex(({ what }) => what === 'sync')
    const begun = own.slice(0, Math.max(0, synced)).findLastIndex(({ what }) => what === 'begun')
    const kept: Call[] = own.slice(0, Math.max(0, begun))
    const open = own.slice(begun + 1).flatMap((call) => (call.what === 'write' ? sectors(call) : [call]))
    const chance = random.uniform()
    const some = open.filter(() => random.uniform() < chance)
    for (let i = some.length - 1; i > 0; i--) {
      const j = Math.floor(random.uniform() * (i + 1))
      ;[some[i], some[j]] = [some[j]!, some[i]!]
    }
    files.set(file, [...kept, ...some].reduce(applied, Buffer.alloc(0)))
  }
  return files
}

const sectors = (call: Call): Call[] =>
  Array.from({ length: Math.ceil(call.bytes.length / SECTOR) }, (_, i) => ({
    ...call,
    at: call.at + i * SECTOR,
    bytes: call.bytes.subarray(i * SECTOR, (i + 1) * SECTOR),
  }))

function applied(file: Buffer, { what, at, bytes }: Call): Buffer {
  if (what === 'sync' || what === 'begun') return file
  const length = what === 'cut' ? at : Math.max(file.length, at + bytes.length)
  const changed = Buffer.alloc(length)
  file.copy(changed, 0, 0, Math.min(file.length, length))
  if (what === 'write') bytes.copy(changed, at)
  return changed
}
