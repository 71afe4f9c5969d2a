import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Series } from '../src/series/series.ts'

/** A series of a benchmark set, with the horizon that follows it. */
export interface BenchSeries {
  /** File of the set, `m4/weekly` say: tells the frequency. */
  readonly set: string
  readonly id: string
  /** The m of the source competition, for MASE and Naive2. */
  readonly seasonLength: number
  readonly train: Float64Array
  readonly test: Float64Array
}

/** Where the benchmark data lie (format: README.md there) unless `--data` says otherwise. */
export const defaultData = join(import.meta.dirname, '../../shared/data')

const parse = (text: string): Float64Array =>
  Float64Array.from(text.split(';'), (part) => (part === '' ? Number.NaN : Number(part)))

/** Lines of a gzip file after its header, each cut at its first `columns − 1` commas. */
function rows(path: string, columns: number): string[][] {
  if (!existsSync(path)) throw new Error(`no benchmark file ${path}; give the folder of the data with --data`)
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
  return lines.slice(1).flatMap((line) => {
    if (line === '') return []
    const cells = line.split(',')
    return [[...cells.slice(0, columns - 1), cells.slice(columns - 1).join(',')]]
  })
}

/** Reads a set, `m3/monthly` say; with a limit, that many series spread evenly over the file. */
export function readSet(data: string, set: string, limit = Number.POSITIVE_INFINITY): BenchSeries[] {
  const test = new Map(rows(join(data, `${set}.test.csv.gz`), 4).map((cells) => [cells[0]!, cells[3]!]))
  const train = rows(join(data, `${set}.train.csv.gz`), 4)
  const every = Math.max(1, train.length / limit)
  const chosen = train.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every))
  return chosen.map((cells) => {
    const id = cells[0]!
    const after = test.get(id)
    if (after === undefined) throw new Error(`${set}: ${id} has no test line`)
    return { set, id, seasonLength: Number(cells[1]), train: parse(cells[3]!), test: parse(after) }
  })
}

/** Stored forecasts of one method in a `ref_*.csv.gz` file, by series. */
export function readReference(data: string, file: string, method: string): Map<string, Float64Array> {
  const found = rows(join(data, file), 3).filter((cells) => cells[1] === method)
  return new Map(found.map((cells) => [cells[0]!, parse(cells[2]!)]))
}

const SEASONS: readonly (readonly [word: string, seasonLength: number, further: readonly number[]])[] = [
  ['weekly', 52, []],
  ['daily', 7, [365.25]],
  ['hourly', 24, [168]],
]

/** The seasons that the product gives a history by its frequency; M4 counts one week as a season of one. */
export function seasonsOf(set: string, seasonLength: number, train: Float64Array) {
  const [, main = seasonLength, furtherSeasons = []] = SEASONS.find(([word]) => set.includes(word)) ?? []
  return { seasonLength: main > 1 && main > train.length / 2 ? 1 : main, furtherSeasons }
}

export const asSeries = ({ set, id, seasonLength, train }: BenchSeries): Series => ({
  ...{ name: id, values: train, calendar: null },
  ...seasonsOf(set, seasonLength, train),
})
