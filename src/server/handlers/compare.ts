import type { Change } from '../../contract/result.ts'
import { problemsOf } from '../../export/forecast-of.ts'
import { code } from '../../messages.ts'
import { causesOf, type Otherwise, relativeOf, type Told, totalsOf } from '../../portfolio/changes.ts'
import type { JobRow } from '../../store/queries/job.ts'
import { sides } from '../../store/queries/series-result.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import type { Handlers } from '../handler.ts'
import { decodeResult } from '../stored-result.ts'
import { wireCode } from '../wire-code.ts'
import { reportOf, requestOf } from '../wire-job.ts'
import { jobRow } from './jobs.ts'

type Side = Awaited<ReturnType<typeof sides>>[number]

const DEFAULT_LIMIT = 100

function toldBy({ body, history_digest: history }: Side): Told {
  const { result } = decodeResult(body)
  const { status, outcome, observations, dates } = result
  return {
    ...{ status, label: outcome?.label ?? null, observations, dates, mean: outcome?.forecast?.mean ?? null, history },
    updated: problemsOf(result).some((problem) => problem.code === 'updated_without_refit'),
  }
}

/** How two jobs differ beside their series. */
function otherwiseOf(mine: JobRow, other: JobRow): Otherwise {
  const settings = (job: JobRow): string => {
    const { parallel: _, workers: __, memory_budget_mb: ___, ...meaning } = requestOf(job).config
    return JSON.stringify([Object.entries(meaning).sort(), job.forecast_steps])
  }
  const versions = [mine, other].map((job) => reportOf(job).whole?.version)
  return { settings: settings(mine) !== settings(other), version: versions[0] !== versions[1] }
}

const shown = (side: Side | undefined) =>
  side === undefined ? null : { model: side.model, status: side.status, total: side.total, confidence: side.confidence }

function change(
  name: string,
  mine: Side | undefined,
  other: Side | undefined,
  otherwise: Otherwise,
  locale: string,
): Change {
  const sides = { name, this: shown(mine), other: shown(other) }
  if (mine === undefined || other === undefined) {
    const because = code(mine === undefined ? 'compare_vanished' : 'compare_appeared')
    return { ...sides, before: null, after: null, periods: 0, total_change: null, causes: [wireCode(because, locale)] }
  }
  const [was, is] = [toldBy(other), toldBy(mine)]
  const totals = totalsOf(was, is)
  return {
    ...sides,
    ...totals,
    total_change: relativeOf(totals),
    causes: causesOf(was, is, otherwise).map((each) => wireCode(each, locale)),
  }
}

/** The first of each name. */
const byName = (found: readonly Side[]): Map<string, Side> => {
  const names = new Map<string, Side>()
  for (const side of found) if (!names.has(side.name)) names.set(side.name, side)
  return names
}

export const compareHandlers = {
  async compareJobs({ tenant, params, query }, services) {
    const otherwise = otherwiseOf(
      await jobRow(services, tenant, params.id),
      await jobRow(services, tenant, params.other),
    )
    const { cursor, limit = DEFAULT_LIMIT, locale = 'en' } = query
    const after = cursor === undefined ? null : String(readCursor(cursor, ['text'])[0])
    const { db } = services.store
    const mine = byName(await sides(db, tenant, params.id, after, limit))
    const other = byName(await sides(db, tenant, params.other, after, limit))
    // two lists in order of names, each cut at `limit`: beyond the shorter cut nothing is known of the other
    const names = [...new Set([...mine.keys(), ...other.keys()])].sort(byBytes).slice(0, limit)
    const changes = names.map((name) => change(name, mine.get(name), other.get(name), otherwise, locale))
    return { status: 200, body: { changes, next_cursor: names.length < limit ? null : cursorOf(names.at(-1)!) } }
  },
} satisfies Partial<Handlers>

/** As both stores sort. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
