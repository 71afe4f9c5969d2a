const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits before each attempt (Standard Webhooks), in milliseconds: the first is at once. */
export const WAITS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]
/** A wait is up to this share longer, so that receivers that were away are not met by all at once. */
export const JITTER = 0.1

/** What one attempt came to. */
export interface Reply {
  readonly status: number | null
  readonly error: string | null
  /** What the receiver asked for with `Retry-After`, in milliseconds. */
  readonly retryAfter: number | null
}

export type Verdict = { readonly state: 'delivered' | 'failed' } | { readonly state: 'pending'; readonly at: number }

/** What follows from the reply to attempt number `attempt` (from 1): only 2xx is success, 410 wants no more. */
export function verdictOf(attempt: number, { status, retryAfter }: Reply, now: number, random: number): Verdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' }
  const wait = WAITS[attempt]
  if (status === 410 || wait === undefined) return { state: 'failed' }
  return { state: 'pending', at: now + Math.max(wait * (1 + JITTER * random), Math.min(retryAfter ?? 0, 24 * HOUR)) }
}
