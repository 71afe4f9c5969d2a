import type { z } from 'zod'
import type { ExceptionTotals } from '../contract/exception.ts'
import { basisOf } from '../portfolio/exceptions.ts'
import { stakes } from '../store/queries/series-exception.ts'
import type { Db, Tenant } from '../store/schema.ts'
import { kindOf } from './exception-row.ts'

type Stake = Awaited<ReturnType<typeof stakes>>[number]

/** Counts and stakes of the exceptions of a job. */
export async function exceptionTotals(db: Db, tenant: Tenant, jobId: string): Promise<z.infer<typeof ExceptionTotals>> {
  const all = await stakes(db, tenant, jobId)
  const basis = basisOf(all)
  const size = (one: Stake): number => (basis === 'value' ? one.value! : one.quantity)
  // what is at stake for one reason is at stake for the next one too: the largest counts
  const largest = new Map<number, Stake>()
  for (const one of all) {
    const known = largest.get(one.position)
    if (known === undefined || size(one) > size(known)) largest.set(one.position, one)
  }
  const by_severity = { bad: 0, attention: 0, info: 0 }
  for (const one of all) by_severity[kindOf(one).severity]++
  return {
    count: all.length,
    series: largest.size,
    basis,
    at_risk: sumOf([...largest.values()]),
    by_kind: Object.fromEntries([...Map.groupBy(all, ({ kind }) => kind)].map(([kind, some]) => [kind, sumOf(some)])),
    by_severity,
  }
}

/** In money where all have a value. */
function sumOf(some: readonly Stake[]) {
  const money = some.length > 0 && some.every(({ value }) => value !== null)
  return {
    count: some.length,
    quantity: some.reduce((sum, { quantity }) => sum + quantity, 0),
    value: money ? some.reduce((sum, { value }) => sum + value!, 0) : null,
  }
}
