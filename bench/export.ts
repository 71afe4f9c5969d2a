/**
 * A workbook of 200,000 forecast rows: 16,667 series of 60 months, twelve ahead, every reason and repair said.
 * Usage: `npm run bench:export`. Written three times in a process of its own; the median of processor seconds and the
 * peak of resident memory are printed.
 */
import { spawnSync } from 'node:child_process'
import { forecastXlsx } from '../src/export/xlsx/workbook.ts'
import { code } from '../src/messages.ts'
import { exceptionsOf } from '../src/portfolio/exceptions.ts'
import { result } from '../test/export/results.ts'
import { table } from './table.ts'

const SERIES = 16_667
const HORIZON = 12
const RUNS = 3
const DATES = Array.from({ length: HORIZON }, (_, h) => new Date(Date.UTC(2025, h, 31)).toISOString().slice(0, 10))

async function measure() {
  const one = result()
  const results = Array.from({ length: SERIES }, (_, s) => {
    const mean = Float64Array.from({ length: HORIZON }, (_, h) => 1000 + (s % 97) + h / 7)
    const values = Float64Array.from({ length: 5 * HORIZON }, (_, i) => 900 + (i % 5) * 50 + (s % 89))
    const bands = { ...one.outcome!.forecast!.bands!, values }
    return result({
      name: `ITEM_${String(s).padStart(6, '0')}`,
      horizon: HORIZON,
      dates: DATES,
      history: Float64Array.from({ length: 60 }, (_, t) => 1000 + ((t * 7919 + s) % 211)),
      outcome: {
        forecast: { mean, bands },
        risk: [code('risk_wide_bands', { percent: 20 + (s % 70) })],
        confidenceScore: (s % 100) / 100,
        confidenceGrade: s % 100 >= 80 ? 'high' : s % 100 >= 60 ? 'fair' : 'low',
      },
    })
  })
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  const exceptions = exceptionsOf(results.map((result) => ({ result, supply: {} })))
  const report = { results, exceptions, locale: 'it', read: null, engineVersion: '0.1.0' }
  const cpu = process.cpuUsage()
  const from = performance.now()
  let bytes = 0
  for await (const piece of forecastXlsx(report)) bytes += piece.length
  clearInterval(timer)
  const { user, system } = process.cpuUsage(cpu)
  const wall = (performance.now() - from) / 1000
  return {
    mb: bytes / 1e6,
    cpu: (user + system) / 1e6,
    wall,
    peak: process.resourceUsage().maxRSS / 1e3,
    before: before / 1e6,
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

if (process.argv[2] === '--one') console.log(JSON.stringify(await measure()))
else {
  const runs = Array.from({ length: RUNS }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, '--one'], { encoding: 'utf8' })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as Awaited<ReturnType<typeof measure>>
  })
  const of = (key: keyof (typeof runs)[number], digits: number): string =>
    median(runs.map((run) => run[key])).toFixed(digits)
  console.log(
    table(
      ['rows', 'series', 'MB', 'cpu s', 'wall s', 'peak MB', 'before MB'],
      [
        [
          String(SERIES * HORIZON),
          String(SERIES),
          of('mb', 1),
          of('cpu', 2),
          of('wall', 2),
          of('peak', 0),
          of('before', 0),
        ],
      ],
    ),
  )
}
