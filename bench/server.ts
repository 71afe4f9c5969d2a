/**
 * What the server bears: `npm run bench:server -- [--clients 500] [--jobs 20] [--series 500] [--only L01,L04]`.
 * L01 readers of events; L03 jobs at once; L04 reads during full load; L09 uploads at once; L11 cold start, also with a
 * million results kept; screens: what a planner's pages ask of a job with --planned series.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'
import { madePortfolio } from '../test/faults/portfolio.ts'
import { freePort, type ServerProcess, startServerProcess } from '../test/faults/server-process.ts'
import { plannerRoutes } from './server/planner.ts'
import { fillStore } from './server/stored.ts'

const { values: flags } = parseArgs({
  options: {
    clients: { type: 'string', default: '500' },
    jobs: { type: 'string', default: '20' },
    series: { type: 'string', default: '500' },
    planned: { type: 'string', default: '10000' },
    only: { type: 'string', default: 'L11,L01,L04,L09,L03,screens' },
    seconds: { type: 'string', default: '10' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'arfc-bench-'))
const port = await freePort()
const megabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
/** Seconds of processor time, user and system. */
const cpu = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
const quantile = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(p * values.length))] ?? Number.NaN
const print = (goal: string, text: string): void => console.log(`${goal}  ${text}`)

let seed = 0
/** Sparse series, all different: quick to forecast, so that it is the server that is measured. */
const portfolio = (series: number): Record<string, number[]> =>
  Object.fromEntries(
    Array.from({ length: series }, (_, i) => [
      `part ${i}`,
      Array.from({ length: 30 }, (_, t) => ((t * 7 + i + seed++) % 5 === 0 ? 1 + ((t + i) % 4) : 0)),
    ]),
  )
async function begin(server: ServerProcess, series: number, more: object = {}): Promise<string> {
  const response = await fetch(`${server.url}/api/v2/batch-forecast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      portfolio: portfolio(series),
      config: { effort: 'fast', max_models_to_try: 3, workers: 1 },
      forecast_steps: 12,
      ...more,
    }),
  })
  if (response.status !== 202) throw new Error(await response.text())
  return ((await response.json()) as { id: string }).id
}
const job = async (server: ServerProcess, id: string) =>
  (await (await fetch(`${server.url}/api/v2/jobs/${id}`)).json()) as {
    state: string
    progress: { completed: number; elapsed_seconds: number }
  }
const ended = async (server: ServerProcess, id: string): Promise<void> => {
  while (/queued|running/.test((await job(server, id)).state)) await wait(200)
}

/** Readers of one running job: how late each event comes, by the clock of the first reader that has it. */
async function readers(server: ServerProcess, clients: number, seconds: number): Promise<void> {
  // about twenty a second: series that take a while, on one worker
  const slow = { portfolio: Object.fromEntries(madePortfolio(2000, 300, 'l01')), config: { workers: 1 } }
  const id = await begin(server, 0, slow)
  while ((await job(server, id)).progress.completed === 0) await wait(100)
  const pid = server.process.pid!
  const before = megabytes(pid)
  const first = new Map<number, number>()
  const late: number[] = []
  let disorder = 0
  const opened = Array.from({ length: clients }, () => {
    let last = 0
    let text = ''
    const sent = request(`${server.url}/api/v2/jobs/${id}/events`, { headers: { 'last-event-id': '0' } }, (response) =>
      response.setEncoding('utf8').on('data', (chunk: string) => {
        const now = performance.now()
        text += chunk
        const frames = text.split('\n\n')
        text = frames.pop()!
        for (const frame of frames) {
          const event = Number(/^id: (\d+)/m.exec(frame)?.[1] ?? 0)
          if (event === 0) continue
          if (event !== last + 1) disorder++
          last = event
          const seen = first.get(event)
          if (seen === undefined) first.set(event, now)
          else if (live) late.push(now - seen)
        }
      }),
    )
    sent.on('error', () => undefined)
    sent.end()
    return sent
  })
  let live = false
  await wait(3000)
  live = true
  const begun = cpu(pid)
  const events = first.size
  let most = 0
  for (let i = 0; i < seconds * 10; i++) {
    await wait(100)
    most = Math.max(most, megabytes(pid))
  }
  const share = (cpu(pid) - begun) / seconds
  print(
    'L01',
    `${clients} readers, ${((first.size - events) / seconds).toFixed(0)} events/s: behind the first reader p50 ${quantile(late, 0.5).toFixed(0)} p99 ${quantile(late, 0.99).toFixed(0)} ms, out of order ${disorder}, +${(most - before).toFixed(0)} MB, ${(100 * share).toFixed(0)} % of a core`,
  )
  for (const each of opened) each.destroy()
  await fetch(`${server.url}/api/v2/jobs/${id}/cancel`, { method: 'POST' })
}

/** Requests, one after the other, whose processor time is taken. */
const ALONE = 500
const CLIENTS = 64
/** Requests a second that are to be borne. */
const ASKED = 1500
const reader = join(import.meta.dirname, 'server/reader.ts')

/** Reads of job, page and series while the cores are busy. */
async function reads(server: ServerProcess, seconds: number): Promise<void> {
  const small = await begin(server, 200)
  await ended(server, small)
  const base = `${server.url}/api/v2/jobs/${small}`
  const paths = [base, `${base}/results?limit=50`, `${base}/series/part%201`]
  const costs = []
  for (const path of paths) {
    const before = cpu(server.process.pid!)
    for (let i = 0; i < ALONE; i++) await (await fetch(path)).arrayBuffer()
    costs.push((1000 * (cpu(server.process.pid!) - before)) / ALONE)
  }
  print(
    'L04',
    `processor time of the server: job, page of 50, series ${costs.map((ms) => ms.toFixed(2)).join(', ')} ms`,
  )
  const busy = await begin(server, 6000, { config: { effort: 'fast', max_models_to_try: 3 } })
  for (const rate of [0, ASKED]) {
    const words = [
      reader,
      port,
      seconds,
      CLIENTS,
      rate,
      ...paths.map((path) => new URL(path).pathname + new URL(path).search),
    ]
    const before = cpu(server.process.pid!)
    const { stdout } = await promisify(execFile)(process.execPath, words.map(String))
    const share = (cpu(server.process.pid!) - before) / seconds
    const { perSecond, p50, p99, errors, cpu: own } = JSON.parse(stdout) as Record<string, number>
    const state = await job(server, busy)
    print(
      'L04',
      `${CLIENTS} clients${rate === 0 ? '' : ` that ask for ${rate}/s`} while a job runs (${state.state}): ${perSecond!.toFixed(0)} requests/s, p50 ${p50!.toFixed(0)} p99 ${p99!.toFixed(0)} ms, errors ${errors}; server ${(100 * share).toFixed(0)} % of a core, the clients ${(100 * own!).toFixed(0)} %`,
    )
  }
  await fetch(`${server.url}/api/v2/jobs/${busy}/cancel`, { method: 'POST' })
}

async function uploads(server: ServerProcess): Promise<void> {
  const pid = server.process.pid!
  const block = Buffer.alloc(1 << 20, 'series,2024-01-01,1\n')
  const boundary = 'bench'
  let most = 0
  const clock = setInterval(() => {
    most = Math.max(most, megabytes(pid))
  }, 100)
  const begun = performance.now()
  const statuses = await Promise.all(
    Array.from(
      { length: 20 },
      (_, i) =>
        new Promise<number>((resolve, reject) => {
          const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
          const sent = request(`${server.url}/api/v2/uploads`, { method: 'POST', headers }, (response) =>
            response.resume().on('end', () => resolve(response.statusCode!)),
          )
          sent.on('error', reject)
          sent.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f${i}.csv"\r\n\r\n`)
          let left = 95
          const more = (): void => {
            while (left-- > 0) if (!sent.write(block)) return void sent.once('drain', more)
            sent.end(`\r\n--${boundary}--\r\n`)
          }
          more()
        }),
    ),
  )
  clearInterval(clock)
  const seconds = (performance.now() - begun) / 1000
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const lag = /^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]
  print(
    'L09',
    `20 × 100 MB at once: ${statuses.filter((status) => status !== 201).length} failures in ${seconds.toFixed(1)} s, server at most ${most.toFixed(0)} MB, event loop p99 ${(1000 * Number(lag)).toFixed(0)} ms`,
  )
}

async function fairness(server: ServerProcess, jobs: number, series: number): Promise<void> {
  const begun = performance.now()
  const ids = []
  for (let i = 0; i < jobs; i++) ids.push(await begin(server, series))
  const times: number[] = []
  const ends = new Map<string, number>()
  while (ends.size < ids.length) {
    for (const id of ids) {
      if (ends.has(id)) continue
      const asked = performance.now()
      const { state } = await job(server, id)
      times.push(performance.now() - asked)
      if (state.startsWith('completed')) ends.set(id, (performance.now() - begun) / 1000)
    }
    await wait(100)
  }
  const all = [...ends.values()]
  print(
    'L03',
    `${jobs} jobs × ${series} series: all ended in ${Math.max(...all).toFixed(1)} s, the first after ${Math.min(...all).toFixed(1)} s; reads meanwhile p99 ${quantile(times, 0.99).toFixed(0)} ms`,
  )
}

const wanted = flags.only.split(',')
const start = await startServerProcess(folder, port)
let server = start
try {
  if (wanted.includes('L11')) {
    const starts: number[] = []
    for (let i = 0; i < 5; i++) {
      await server.kill()
      server = await startServerProcess(folder, port)
      starts.push(server.readyMs)
    }
    print('L11', `cold start to ready, 5 times: median ${quantile(starts, 0.5).toFixed(0)} ms`)
    await server.kill()
    const full = mkdtempSync(join(tmpdir(), 'arfc-bench-full-'))
    await fillStore(join(full, 'server.sqlite'), 1_000_000)
    const late: number[] = []
    for (let i = 0; i < 5; i++) {
      server = await startServerProcess(full, port)
      late.push(server.readyMs)
      await server.kill()
    }
    rmSync(full, { recursive: true, force: true })
    print('L11', `the same with a million results kept: median ${quantile(late, 0.5).toFixed(0)} ms`)
    server = await startServerProcess(folder, port)
  }
  if (wanted.includes('L01')) await readers(server, Number(flags.clients), Number(flags.seconds))
  if (wanted.includes('L04')) await reads(server, Number(flags.seconds))
  if (wanted.includes('L09')) await uploads(server)
  if (wanted.includes('screens')) {
    const id = await begin(server, Number(flags.planned))
    await ended(server, id)
    const times = await plannerRoutes(`${server.url}/api/v2/jobs/${id}`)
    print('screens', `${flags.planned} series, medians of five in ms: ${times}`)
  }
  if (wanted.includes('L03')) await fairness(server, Number(flags.jobs), Number(flags.series))
} finally {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
}
