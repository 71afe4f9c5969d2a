import type { Change } from '../../contract/result.ts'
import { modelLabel } from '../../export/model-label.ts'
import { codeJson } from '../../export/problem-json.ts'
import { type Code, code } from '../../messages.ts'
import { sides } from '../../store/queries/series-result.ts'
import { cursorOf, readCursor } from '../cursor.ts'
import type { Handlers } from '../handler.ts'
import { jobRow } from './jobs.ts'

type Side = Awaited<ReturnType<typeof sides>>[number]

const DEFAULT_LIMIT = 100

/** Why a series has another forecast, as far as what was kept tells. */
function causes(mine: Side | undefined, other: Side | undefined): Code[] {
  if (mine === undefined) return [code('compare_vanished')]
  if (other === undefined) return [code('compare_appeared')]
  if (mine.digest === other.digest) return []
  const found: Code[] = []
  if (mine.history_digest !== other.history_digest) found.push(code('compare_history_changed'))
  if (mine.status !== other.status)
    found.push(code('compare_status_changed', { before: other.status, after: mine.status }))
  if (mine.model !== other.model && mine.model !== null && other.model !== null)
    found.push(code('compare_model_changed', { before: modelLabel(other.model), after: modelLabel(mine.model) }))
  return found
}

const shown = (side: Side | undefined) =>
  side === undefined ? null : { model: side.model, status: side.status, total: side.total, confidence: side.confidence }

function change(name: string, mine: Side | undefined, other: Side | undefined, locale: string): Change {
  const before = other?.total ?? null
  const now = mine?.total ?? null
  return {
    name,
    this: shown(mine),
    other: shown(other),
    total_change: before === null || now === null || before === 0 ? null : now / before - 1,
    causes: causes(mine, other).map((each) => ({ ...codeJson(each, locale), params: { ...each.params } })),
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
    await jobRow(services, tenant, params.id)
    await jobRow(services, tenant, params.other)
    const { cursor, limit = DEFAULT_LIMIT, locale = 'en' } = query
    const after = cursor === undefined ? null : String(readCursor(cursor, ['text'])[0])
    const { db } = services.store
    const mine = byName(await sides(db, tenant, params.id, after, limit))
    const other = byName(await sides(db, tenant, params.other, after, limit))
    // two lists in order of names, each cut at `limit`: beyond the shorter cut nothing is known of the other
    const names = [...new Set([...mine.keys(), ...other.keys()])].sort(byBytes).slice(0, limit)
    const changes = names.map((name) => change(name, mine.get(name), other.get(name), locale))
    return { status: 200, body: { changes, next_cursor: names.length < limit ? null : cursorOf(names.at(-1)!) } }
  },
} satisfies Partial<Handlers>

/** As both stores sort. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
