import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Override, SeriesResult } from '../batch/run-result.ts'
import { resultsOfJson } from '../export/read-json.ts'
import type { FileReport, Portfolio } from '../io/portfolio.ts'
import type { Code, LocatedProblem } from '../messages.ts'
import type { Exception } from '../portfolio/exceptions.ts'
import { finishedFolder } from './finished-run.ts'
import type { Say } from './words.ts'

/** A finished run, as its folder holds it. */
export interface FinishedFolder {
  readonly folder: string
  readonly results: readonly SeriesResult[]
  readonly exceptions: readonly Exception[]
  readonly read: Pick<Portfolio, 'files' | 'problems' | 'totals'>
  readonly engineVersion: string
}

export const OVERRIDES = 'overrides.json'

interface RunJson {
  readonly engine: { readonly version: string }
  readonly inputs: readonly Record<string, unknown>[]
  readonly rows: {
    readonly rows_in: number
    readonly used: number
    readonly repaired: number
    readonly rejected: number
  }
  readonly problems: readonly (LocatedProblem & { readonly text: string })[]
  readonly exceptions: readonly (Omit<Exception, 'series' | 'position' | 'because'> &
    Code & { readonly series_name: string })[]
}

/** Throws a `UsageError` where the folder holds no finished run. */
export function readRun(given: string, say: Say): FinishedFolder {
  const folder = finishedFolder(given, say, ['forecasts.json', 'run.json'])
  const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunJson
  const overrides = overridesOf(folder)
  const results = resultsOfJson(entriesOf(readFileSync(join(folder, 'forecasts.json'), 'utf8'))).map((result) => {
    const own = overrides.get(result.name)
    return own === undefined ? result : { ...result, overrides: own }
  })
  const { rows_in: rowsIn, used, repaired, rejected } = run.rows
  return {
    folder,
    results,
    exceptions: exceptionsIn(run, results),
    read: {
      files: run.inputs.map((input) => ({ ...input, rowsIn: input.rows_in }) as unknown as FileReport),
      totals: { rowsIn, used, repaired, rejected },
      problems: run.problems.map(({ text: _, ...problem }) => problem),
    },
    engineVersion: run.engine.version,
  }
}

function exceptionsIn(run: RunJson, results: readonly SeriesResult[]): Exception[] {
  const positions = new Map(results.map(({ name }, position) => [name, position]))
  return run.exceptions.map(({ series_name: series, kind, severity, quantity, value, advice, code, params }) => ({
    ...{ series, position: positions.get(series)!, kind, severity, quantity, value, advice },
    because: { code, params },
  }))
}

/** One line a series, so that the order of the file stays: an object would put names that are numbers first. */
function* entriesOf(text: string): Generator<readonly [string, unknown]> {
  for (const line of text.split('\n')) {
    if (!line.startsWith('"')) continue
    yield* Object.entries(JSON.parse(`{${line.replace(/,$/, '')}}`) as Record<string, unknown>)
  }
}

function overridesOf(folder: string): Map<string, readonly Override[]> {
  const file = join(folder, OVERRIDES)
  if (!existsSync(file)) return new Map()
  const { overrides } = JSON.parse(readFileSync(file, 'utf8')) as {
    overrides: readonly (Override & { readonly series: string })[]
  }
  return Map.groupBy(overrides, ({ series }) => series)
}
