import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deserialize, serialize } from 'node:v8'
import { decodeOutcome, encodeAnswer } from '../../src/batch/answer-bytes.ts'
import type { SeriesResult } from '../../src/batch/run-result.ts'
import { encodeResult, NO_ITEM } from '../../src/server/stored-result.ts'
import { result } from '../export/results.ts'

const digestOf = (one: SeriesResult): string => encodeResult({ result: one, item: NO_ITEM }, 0, '').digest

/** As it comes when it was found on disk instead of computed. */
function found(one: SeriesResult): SeriesResult {
  const { status, outcome, problems } = one
  return { ...one, outcome: decodeOutcome(encodeAnswer({ status, outcome, problems }), one.name) }
}

test('a result that was computed and the same one found again have one digest, however they lie in memory', () => {
  const shared = ['ets', 'theta']
  // an array that two fields share, and a whole number that came out of a division
  const evidence = { observations: 7, halves: 3.5 * 2, names: shared, again: shared }
  const computed = result({ outcome: { patternEvidence: evidence as never } })
  assert.notDeepEqual(serialize(computed), serialize(found(computed)))
  assert.equal(digestOf(found(computed)), digestOf(computed))
  assert.equal(digestOf(deserialize(serialize(computed)) as SeriesResult), digestOf(computed))
})

test('whatever is told of a series is in its digest', () => {
  const one = result()
  const mean = one.outcome!.forecast!.mean.slice()
  mean[0]! += 1e-9
  const others: SeriesResult[] = [
    result({ status: 'fallback' }),
    result({ unit: 'boxes' }),
    result({ history: one.history.map((value) => value + 1e-9) }),
    result({ outcome: { forecast: { ...one.outcome!.forecast!, mean } } }),
    result({ outcome: null }),
  ]
  const digests = [one, ...others].map(digestOf)
  assert.equal(new Set(digests).size, digests.length)
})
