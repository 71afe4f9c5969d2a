import { type RequestProblem, refusal } from './request-problem.ts'

/** Codes of SQLite: full, input and output, busy. */
const FULL = 13
const IO = 10
const BUSY = 5
const RETRY = { 'retry-after': '5' }

/** What a store throws where it is the surroundings that fail, not the program; null for anything else. */
export function storeProblem(error: unknown): RequestProblem | null {
  if (!(error instanceof Error)) return null
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO') return refusal('storage_full', { cause: code })
  if (typeof errcode === 'number') {
    const primary = errcode & 0xff
    if (primary === FULL || primary === IO) return refusal('storage_full', { cause: error.message })
    if (primary === BUSY) return refusal('store_unavailable', { cause: 'busy' }, '', RETRY)
  }
  // PostgreSQL: connection lost or refused (08), no resources (53), being shut down or started (57P)
  if (typeof code === 'string' && /^(08|53|57P|ECONN|ENOENT$|ETIMEDOUT|EPIPE)/.test(code))
    return refusal('store_unavailable', { cause: code }, '', RETRY)
  return /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
    ? refusal('store_unavailable', { cause: 'timeout' }, '', RETRY)
    : null
}
