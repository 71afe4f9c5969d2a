import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeAnswer, encodeAnswer, labelOf, stateOf, usedOf } from '../../src/batch/answer-bytes.ts'
import { listOf } from '../../src/batch/outcome-list.ts'
import { taskKey } from '../../src/batch/task-key.ts'
import { UnopenedResult } from '../../src/batch/unopened-result.ts'
import { code, problem } from '../../src/messages.ts'
import { outcome } from './engines/fake.ts'
import { tasksOf } from './tasks.ts'

const [task] = tasksOf(['a'])
const said = outcome(Float64Array.of(1, 2, 3), 4)
const late = code('time_limit_reached', { model: 'theta', seconds: 1 })
const cut = problem('search_cut_short', { model: 'theta', seconds: 1 }, { series: 'a' })
const failed = problem('internal_error', { cause: 'x' }, { series: 'a' })

test('the label says of an answer what its inside says', () => {
  for (const [answer, cutShort] of [
    [{ status: 'success', outcome: said, problems: [] }, false],
    [{ status: 'success', outcome: { ...said, used: 'modèle' }, problems: [] }, false],
    [{ status: 'success', outcome: said, problems: [cut] }, true],
    [{ status: 'fallback', outcome: { ...said, because: late }, problems: [] }, true],
    [{ status: 'failed', outcome: null, problems: [failed] }, false],
  ] as const) {
    const state = Uint8Array.of(1, 2, 3)
    const body = encodeAnswer(answer, state)
    assert.deepEqual(labelOf(body), { status: answer.status, cutShort, hasProblems: answer.problems.length > 0 })
    assert.equal(usedOf(body), answer.outcome?.used ?? '')
    assert.deepEqual([...stateOf(body)!], [...state])
    assert.deepEqual(decodeAnswer(body, task!), { index: 0, ...answer })
  }
})

test('an answer of an earlier version, with names in place of a list, is read as it was', () => {
  const answer = { status: 'success', outcome: said, problems: [cut] } as const
  const body = Buffer.from(encodeAnswer(answer))
  const list = Buffer.from(JSON.stringify(['success', listOf(said), [cut]]))
  const named = JSON.stringify({ ...answer, outcome: { ...said, forecast: null } })
  const at = body.indexOf(list)
  assert.ok(at > 0)
  const earlier = Buffer.concat([body.subarray(0, at), Buffer.from(named)])
  assert.deepEqual(decodeAnswer(earlier, task!), { index: 0, ...answer })
})

test('a result that is opened late is the one that was kept, with the problems of its task, and can be written', () => {
  const known = problem('name_unusable', { name: 'a' })
  const body = encodeAnswer({ status: 'success', outcome: said, problems: [cut] })
  const result = new UnopenedResult({ ...task!, problems: [known] }, body, 'key')
  assert.deepEqual([result.index, result.status, result.used, result.key], [0, 'success', said.used, 'key'])
  assert.deepEqual(result.outcome, said)
  assert.deepEqual(result.problems, [known, cut])
  const written = JSON.parse(JSON.stringify(result)) as { outcome: unknown; problems: readonly unknown[] }
  assert.equal(written.problems.length, 2)
  assert.notEqual(written.outcome, undefined)
})

test('a key stands for all that an answer depends on, and for nothing else', () => {
  const { series, options } = task!
  const month = { frequency: { unit: 'month', step: 1 }, start: '2020-01-01', monthEnd: false } as const
  const key = (change: object = {}, asked = options, engine = 'v1'): string =>
    taskKey({ series: { ...series, ...change }, options: asked }, engine)
  const same = key()
  assert.match(same, /^[0-9a-f]{32}$/)
  assert.equal(key({ name: 'b' }), same)
  assert.equal(key({ furtherSeasons: [] }), same)
  assert.equal(key({ values: series.values.map((value) => (value === 0 ? -0 : value)) }), same)
  const missing = new Float64Array(new BigUint64Array([0x7ff8000000000001n, 1n]).buffer)
  assert.equal(key({ values: missing.with(1, 5) }), key({ values: Float64Array.of(Number.NaN, 5) }))
  const column = { names: ['price'], columns: [series.values] }
  const others = [
    key({ values: series.values.with(3, 0.5) }),
    key({ values: series.values.subarray(1) }),
    key({ seasonLength: 7 }),
    key({ furtherSeasons: [365.25] }),
    key({ furtherSeasons: [365] }),
    key({ calendar: month }),
    key({ calendar: { ...month, start: '2020-02-01' } }),
    key({ calendar: { ...month, monthEnd: true } }),
    key({ regressors: column }),
    key({ regressors: { ...column, names: ['cost'] } }),
    key({}, { ...options, horizon: 4 }),
    key({}, options, 'v2'),
  ]
  assert.equal(new Set([same, ...others]).size, others.length + 1)
  // whatever was asked in between
  assert.equal(key(), same)
  assert.equal(key({ calendar: { ...month } }), others[5])
})
