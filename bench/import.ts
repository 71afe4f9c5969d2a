/**
 * From bytes to series: a CSV of 100 MB (long; and in European form), a workbook of 200,000 x 5 cells.
 * Usage: `npm run bench:import`. The files are made in the folder for temporary files; each is read three times in a
 * process of its own, the median of processor seconds and the peak of resident memory are printed.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readFiles } from '../src/io/read-portfolio.ts'
import { randomStream } from '../src/math/random.ts'
import { makeWorkbook } from '../test/io/make-workbook.ts'
import { table } from './table.ts'

const BYTES = 100e6
const DAYS = Array.from({ length: 730 }, (_, i) => new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10))
const RUNS = 3

/** Sales of items in stores, day by day, until the file is full. */
function writeCsv(path: string, head: string, line: (item: string, day: string, value: number) => string): void {
  const { uniform } = randomStream('import')
  const file = openSync(path, 'w')
  let bytes = writeSync(file, head)
  for (let s = 0; bytes < BYTES; s++) {
    const item = `ITEM_${String(s).padStart(6, '0')}_STORE_${s % 40}`
    bytes += writeSync(file, DAYS.map((day) => line(item, day, uniform() * 2000)).join(''))
  }
  closeSync(file)
}

const european = (value: number): string =>
  value.toLocaleString('it-IT', { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: 'always' })

function writeWorkbook(path: string): void {
  const shared = `<sst>${Array.from({ length: 500 }, (_, i) => `<si><t>ITEM ${i}</t></si>`).join('')}<si><t>Nord</t></si></sst>`
  const rows = Array.from({ length: 200_000 }, (_, i) => [
    { xml: `<c t="s"><v>${Math.floor(i / 400)}</v></c>` },
    { xml: `<c s="1"><v>${44_562 + (i % 400)}</v></c>` },
    (i * 7919) % 100,
    9.5 + (i % 7) / 10,
    { xml: '<c t="s"><v>500</v></c>' },
  ])
  const head = ['Articolo', 'Data', 'Quantità', 'Prezzo', 'Magazzino']
  writeFileSync(path, makeWorkbook({ sheets: [{ rows: [head, ...rows] }], sharedStrings: shared }))
}

interface Reading {
  readonly cpu: number
  readonly wall: number
  readonly peak: number
  readonly series: number
  readonly rows: number
}

async function measure(path: string): Promise<Reading> {
  const cpu = process.cpuUsage()
  const from = performance.now()
  const { items, totals } = await readFiles([path], { maxFileMb: 200 })
  const { user, system } = process.cpuUsage(cpu)
  const wall = (performance.now() - from) / 1000
  return {
    cpu: (user + system) / 1e6,
    wall,
    peak: process.resourceUsage().maxRSS / 1000,
    series: items.length,
    rows: totals.rowsIn,
  }
}

const [, , given] = process.argv
if (given !== undefined) console.log(JSON.stringify(await measure(given)))
else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'))
  try {
    const at = (name: string): string => join(folder, name)
    writeCsv(at('long.csv'), 'series_name,date,value\n', (item, day, value) => `${item},${day},${value.toFixed(2)}\n`)
    writeCsv(
      at('european.csv'),
      'Articolo;Data;Quantità\r\n',
      (item, day, value) => `${item};${day.split('-').reverse().join('/')};${european(value)}\r\n`,
    )
    writeWorkbook(at('workbook.xlsx'))
    const body = ['long.csv', 'european.csv', 'workbook.xlsx'].map((name) => {
      const runs = Array.from(
        { length: RUNS },
        (): Reading =>
          JSON.parse(spawnSync(process.execPath, [import.meta.filename, at(name)], { encoding: 'utf8' }).stdout),
      )
      const median = runs.toSorted((a, b) => a.cpu - b.cpu)[1]!
      const megabytes = statSync(at(name)).size / 1e6
      return [
        name,
        megabytes.toFixed(0),
        String(median.rows),
        String(median.series),
        median.cpu.toFixed(2),
        median.wall.toFixed(2),
        (megabytes / median.cpu).toFixed(1),
        Math.max(...runs.map(({ peak }) => peak)).toFixed(0),
      ]
    })
    console.log(table(['file', 'MB', 'rows', 'series', 'cpu s', 'wall s', 'MB per cpu s', 'peak MB'], body))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
