import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { KeptAnswers } from '../../src/server/kept-answers.ts'
import { FAST, quick, type Serving, serving } from './serving.ts'

const given = (body: string) => ({ status: 200, body })

test('an answer is kept for what its job was like; one of another stamp is forgotten', () => {
  const answers = new KeptAnswers()
  answers.keep('a', '1', given('one'), 3)
  assert.equal(answers.get('a', '1')?.body, 'one')
  assert.equal(answers.get('b', '1'), undefined)
  assert.equal(answers.get('a', '2'), undefined)
  assert.equal(answers.get('a', '1'), undefined)
})

test('what was not asked for longest makes room, and nothing takes it all', () => {
  const answers = new KeptAnswers(10_000)
  for (const key of ['a', 'b', 'c', 'd']) answers.keep(key, '1', given(key), 1900)
  assert.equal(answers.get('a', '1')?.body, 'a')
  answers.keep('e', '1', given('e'), 1900)
  const kept = () => ['a', 'b', 'c', 'd', 'e'].filter((key) => answers.get(key, '1') !== undefined)
  assert.deepEqual(kept(), ['a', 'c', 'd', 'e'])
  answers.keep('large', '1', given('large'), 9000)
  assert.equal(answers.get('large', '1'), undefined)
  assert.deepEqual(kept(), ['a', 'c', 'd', 'e'])
  // the same again counts once
  for (let i = 0; i < 20; i++) answers.keep('e', '1', given('e'), 1900)
  assert.deepEqual(kept(), ['a', 'c', 'd', 'e'])
})

let server: Serving
before(async () => {
  server = await serving()
})
after(() => server.close())

test('of a job that has ended the second answer is the first, until somebody says something or it is another job', async () => {
  const portfolio = { ...quick(4), 'never enough': [1] }
  const sent = await server.call('createBatchForecast', { body: { portfolio, config: FAST, forecast_steps: 3 } })
  const { id } = sent.body
  await server.finished(id)
  const params = { id, name: 'part 0' }
  const look = async () => {
    const all = []
    for (const name of ['listResults', 'listExceptions', 'getSeries', 'listTotals'] as const)
      for (let i = 0; i < 2; i++) all.push((await server.call(name, { params })).text)
    return all
  }
  const seen = await look()
  for (let i = 0; i < seen.length; i += 2) assert.equal(seen[i], seen[i + 1])
  assert.notEqual(
    (await server.call('listResults', { params, query: { limit: '1' } })).text,
    (await server.call('listResults', { params, query: { limit: '2' } })).text,
  )
  const row = async () => {
    const { results } = (await server.call('listResults', { params })).body
    return results.find(({ name }: { name: string }) => name === 'part 0')
  }
  const review = { state: 'accepted', author: 'Anna' }
  assert.equal((await server.call('putReview', { params, body: review })).status, 200)
  assert.equal((await row()).review.state, 'accepted')
  assert.equal((await server.call('getSeries', { params })).body.row.review.author, 'Anna')

  const overrides = { values: [{ period: 1, value: 7 }], reason: 'promotion', author: 'Bruno' }
  const put = await server.call('putOverrides', { params, body: overrides, headers: { 'if-match': '"0"' } })
  assert.equal(put.status, 200)
  assert.equal((await row()).overridden, true)
  const series = await server.call('getSeries', { params })
  assert.deepEqual([series.body.forecast.published[0], series.headers.get('etag')], [7, '"1"'])
  // one that came too late changes nothing
  assert.equal(
    (await server.call('putOverrides', { params, body: overrides, headers: { 'if-match': '"0"' } })).status,
    412,
  )
  assert.equal((await server.call('getSeries', { params })).text, series.text)

  await server.call('retryJob', { params })
  await server.finished(id)
  assert.equal((await row()).overridden, true)
  assert.equal((await server.call('deleteJob', { params })).status, 204)
  for (const name of ['listResults', 'listExceptions', 'getSeries', 'listTotals'] as const)
    assert.equal((await server.call(name, { params })).status, 404)
})
