/**
 * The faults at full length:
 *
 *   npm run soak -- [--kills 1000] [--thread-kills 500] [--overruns 100] [--memory 300] [--calls 200] [--power 2000]
 *     [--server-kills 200]
 *
 * F01: kills of the whole run. F03: workers ended in one long batch. F07: how exactly a model that ignores its time is ended.
 * F08: a container of so many megabytes. F21: each of the first so many calls to the disk fails once, by two errors.
 * F22: states of the disk after the power has gone. F02: kills of the server with three jobs.
 * Each prints its counts in one line; the process ends with 1 where a count is not what it must be.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BatchEvent } from '../../src/batch/events.ts'
import { milliseconds } from '../../src/batch/hands.ts'
import { failCall, shim } from './calls.ts'
import { runContained } from './contained.ts'
import { inOneLine } from './judge.ts'
import { killOften } from './kill.ts'
import { losePower } from './power-loss.ts'
import { killServerOften, type ServerVerdict } from './server-kill.ts'
import { bytesOf, namedTasks, results, threadNemesis } from './workers.ts'

const { values: flags } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    'thread-kills': { type: 'string', default: '500' },
    overruns: { type: 'string', default: '100' },
    memory: { type: 'string', default: '300' },
    calls: { type: 'string', default: '200' },
    power: { type: 'string', default: '2000' },
    'server-kills': { type: 'string', default: '200' },
  },
})
let wrong = 0
const say = (fault: string, counts: string, holds: boolean): void => {
  if (!holds) wrong++
  console.log(`${fault} ${counts} ${holds ? 'holds' : 'BROKEN'}`)
}
let since = performance.now()
/** Since it was asked last. */
function timeOf(kills: number): string {
  const seconds = (performance.now() - since) / 1000
  since = performance.now()
  return `in ${seconds.toFixed(0)} s, ${(seconds / kills).toFixed(2)} s each`
}

if (Number(flags.kills) > 0) {
  const verdict = await killOften(Number(flags.kills), 'soak', (soFar) => console.error(inOneLine(soFar)))
  say(
    'F01',
    `${inOneLine(verdict)} ${timeOf(verdict.kills)}`,
    verdict.lost + verdict.doubled + verdict.wrong.length === 0,
  )
}

if (Number(flags['server-kills']) > 0) {
  const counts = ({ kills, lost, doubled, wrong, worstReady }: ServerVerdict): string =>
    `kills ${kills} lost ${lost} doubled ${doubled} wrong ${wrong} worst start ${Math.round(worstReady)} ms`
  const verdict = await killServerOften(Number(flags['server-kills']), 'soak', (soFar) => console.error(counts(soFar)))
  say('F02', counts(verdict), verdict.lost + verdict.doubled + verdict.wrong === 0)
}

const wanted = Number(flags['thread-kills'])
since = performance.now()
if (wanted > 0) {
  let kills = 0
  let lost = 0
  let doubled = 0
  let changed = 0
  let twice = 0
  const tasks = namedTasks(
    Array.from({ length: 2000 }, (_, i) => `good ${i}`),
    'soak',
  )
  // what nobody disturbs is the same each time
  const calm = (await results(tasks, { workers: 2 })).map(bytesOf)
  for (let round = 0; kills < wanted; round++) {
    const nemesis = threadNemesis(`soak ${round}`, [100, 400])
    const all = await results(tasks, { workers: 2 })
    nemesis.stop()
    kills += nemesis.kills()
    const seen = new Set(all.map(({ index }) => index))
    lost += tasks.length - seen.size
    doubled += all.length - seen.size
    for (const result of all) {
      if (bytesOf(result) === calm[result.index]) continue
      // ended twice with the same series in hand, which is then said
      if ((result.outcome?.because ?? result.problems[0])?.code === 'worker_crashed') twice++
      else changed++
    }
  }
  const counts = `kills ${kills} lost ${lost} doubled ${doubled} wrong ${changed} hit-twice ${twice}`
  say('F03', `${counts} ${timeOf(kills)}`, lost + doubled + changed === 0)
}

const overruns = Number(flags.overruns)
if (overruns > 0) {
  const seconds = 0.5
  const deeds = join(mkdtempSync(join(tmpdir(), 'arfc-f07-')), 'deeds')
  process.env.FAULTS_DEEDS = deeds
  const off: number[] = []
  let unnamed = 0
  for (let i = 0; i < overruns; i++) {
    const tasks = namedTasks(['spins in theta'], `f07 ${i}`)
    const onEvent = (event: BatchEvent): void => {
      if (event.kind !== 'problem') return
      off.push(milliseconds() - Number(readFileSync(deeds, 'utf8')) - (seconds + 1) * 1000)
    }
    const [result] = await results(tasks, { workers: 1, secondsPerModel: seconds, onEvent })
    if (result!.outcome?.because?.code !== 'time_limit_reached') unnamed++
  }
  rmSync(join(deeds, '..'), { recursive: true })
  const most = Math.max(...off.map(Math.abs))
  const counts = `overruns ${off.length} unnamed ${unnamed}, ended at their time and a second, ${most.toFixed(0)} ms off at most`
  say('F07', counts, off.length === overruns && unnamed === 0 && most <= 250)
}

const megabytes = Number(flags.memory)
if (megabytes > 0) {
  const outcome = runContained(megabytes, 300)
  if (outcome === null) console.log('F08 skipped: no container can be made here')
  else {
    const { status, oomKills, peakMb, wrong: files } = outcome
    const counts = `exit ${status} oom-kills ${oomKills} wrong ${files.length}, ${peakMb.toFixed(0)} of ${megabytes} MB`
    say('F08', counts, status === 0 && oomKills === 0 && files.length === 0)
  }
}

const calls = Number(flags.calls)
const power = Number(flags.power)
const library = calls + power > 0 ? shim() : null
if (calls + power > 0 && library === null) console.log('F21, F22 skipped: no compiler, or not Linux')
if (library !== null && power > 0) {
  const { states, lost, wrong: believed, closed } = await losePower(library.path, power)
  say('F22', `states ${states} lost ${lost} wrong ${believed} closed ${closed}`, lost + believed + closed === 0)
}
if (library !== null && calls > 0) {
  let failed = 0
  let lost = 0
  let unlisted = 0
  for (const errno of [constants.errno.EIO, constants.errno.ENOSPC])
    for (let nth = 1; nth <= calls; nth++) {
      const outcome = await failCall(library.path, nth, errno)
      if (!outcome.failed) break
      failed++
      lost += outcome.lost
      if (outcome.unlisted !== null) unlisted++
    }
  say('F21', `calls ${failed} lost ${lost} unlisted ${unlisted}`, failed > 0 && lost + unlisted === 0)
}
library?.remove()
process.exitCode = wrong > 0 ? 1 : 0
