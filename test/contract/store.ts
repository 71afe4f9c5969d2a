import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Store } from '../../src/store/open-store.ts'
import {
  attemptsOf,
  changeDelivery,
  dueDeliveries,
  findDelivery,
  insertAttempt,
  insertDelivery,
  listDeliveries,
  nextDue,
} from '../../src/store/queries/delivery.ts'
import { forgetRequests, noteRequest } from '../../src/store/queries/idempotency.ts'
import {
  changeJob,
  claimJob,
  countJobs,
  deleteJob,
  findJob,
  inputOf,
  insertJob,
  type JobRow,
  jobsBefore,
  jobsIn,
  listJobs,
  paceOf,
} from '../../src/store/queries/job.ts'
import { appendEvents, eventsAfter } from '../../src/store/queries/job-event.ts'
import {
  allExceptions,
  exceptionPage,
  exceptionStates,
  exceptionsAt,
  keepExceptions,
  stakes,
} from '../../src/store/queries/series-exception.ts'
import { addOverride, newestOverride, newestOverrides } from '../../src/store/queries/series-override.ts'
import {
  changesBetween,
  countMatching,
  countNamed,
  countsOf,
  everyResult,
  figuresOf,
  keepResults,
  type NewResult,
  resultNamed,
  resultPage,
  sides,
  totalsPage,
} from '../../src/store/queries/series-result.ts'
import { keepReview, reviewsAt } from '../../src/store/queries/series-review.ts'
import { deleteUpload, findUploads, insertUpload } from '../../src/store/queries/upload.ts'
import type { Tenant } from '../../src/store/schema.ts'

const OURS = 'ours' as Tenant
const THEIRS = 'theirs' as Tenant
let count = 0
const newId = (): string => `00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`

const jobRow = (id: string, tenant: Tenant = OURS, state = 'queued'): JobRow => ({
  ...{ tenant_id: tenant, id, owner: 'me', name: 'Ünïcode 🚀', state, source: 'portfolio', request: '{}' },
  ...{ forecast_steps: 3, webhook_url: null, webhook_secret: null, total: null, tallies: '{}', report: '{}' },
  ...{ outlook: '{}', elapsed_ms: 1.5, last_event: 0, epoch: 0, retrying: 0, created_at: 1_795_660_463_995 },
  ...{ cost: 0, work_seconds: 0, revision: 0, queued_at: count, started_at: null, finished_at: null },
})

const result = (job: string, position: number, more: Partial<NewResult> = {}, tenant: Tenant = OURS): NewResult => ({
  ...{ tenant_id: tenant, job_id: job, position, name: `s${position}`, name_folded: `s${position}`, status: 'success' },
  ...{ model: 'ets', pattern: 'smooth', grade: 'high', confidence: position / 100, mase: 1, skill: null, total: null },
  ...{
    digest: `d${position}`,
    history_digest: 'h',
    answer_digest: `a${position}`,
    is_total: 0,
    row: '{}',
    body: Uint8Array.of(1, 2, 0, 255),
  },
  ...more,
})

/** What every store must do; `open` gives an empty one. */
export function storeContract(name: string, skip: string | false, open: () => Promise<Store>): void {
  const run = (title: string, body: (store: Store) => Promise<void>): void => {
    test(`${name}: ${title}`, { skip }, async () => {
      const store = await open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    })
  }

  run('a job is kept as it was, with its input to the byte', async ({ db }) => {
    const row = jobRow(newId())
    const input = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256)
    await insertJob(db, row, input)
    assert.deepEqual({ ...(await findJob(db, OURS, row.id)) }, row)
    assert.deepEqual(new Uint8Array((await inputOf(db, OURS, row.id))!), input)
    assert.equal(await findJob(db, THEIRS, row.id), undefined)
    assert.equal(await inputOf(db, THEIRS, row.id), null)
  })

  run('what fails within a transaction leaves nothing', async (store) => {
    const row = jobRow(newId())
    const failing = store.atomically(async (db) => {
      await insertJob(db, row, null)
      await appendEvents(db, OURS, row.id, [{ kind: 'state', body: '{}' }])
      throw new Error('on purpose')
    })
    await assert.rejects(failing, /on purpose/)
    assert.equal(await findJob(store.db, OURS, row.id), undefined)
    assert.deepEqual(await eventsAfter(store.db, OURS, row.id, 0, 10), [])
  })

  run('of many that claim a job, one gets it', async (store) => {
    const row = jobRow(newId())
    await insertJob(store.db, row, null)
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => store.atomically((db) => claimJob(db, OURS, row.id, 5))),
    )
    const [won, ...others] = claims.filter((claim) => claim !== undefined)
    assert.equal(others.length, 0)
    assert.deepEqual([won!.state, won!.epoch, won!.started_at], ['running', 1, 5])
  })

  run('who writes with an older epoch writes nothing', async ({ db }) => {
    const row = jobRow(newId())
    await insertJob(db, row, null)
    await claimJob(db, OURS, row.id, 1)
    await changeJob(db, OURS, row.id, { states: ['running'] }, { state: 'queued' })
    const again = await claimJob(db, OURS, row.id, 2)
    assert.deepEqual([again!.epoch, again!.started_at], [2, 1])
    assert.equal(await changeJob(db, OURS, row.id, { states: ['running'], epoch: 1 }, { total: 9 }), undefined)
    assert.equal((await changeJob(db, OURS, row.id, { states: ['running'], epoch: 2 }, { total: 9 }))!.total, 9)
  })

  run('events get ids without a gap, also when many write', async (store) => {
    const row = jobRow(newId())
    await insertJob(store.db, row, null)
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        store.atomically((db) =>
          appendEvents(
            db,
            OURS,
            row.id,
            Array.from({ length: 1 + (i % 3) * 300 }, () => ({ kind: 'series', body: `{"n":${i}}` })),
          ),
        ),
      ),
    )
    const all = await eventsAfter(store.db, OURS, row.id, 0, 10_000)
    assert.deepEqual(
      all.map(({ id }) => id),
      Array.from({ length: 12 + 12 * 300 }, (_, i) => i + 1),
    )
    assert.equal((await eventsAfter(store.db, OURS, row.id, 100, 2))[0]!.id, 101)
    assert.equal((await findJob(store.db, OURS, row.id))!.last_event, all.length)
  })

  run(
    'a result that is there already is told once; another in its place is told with what stood there',
    async ({ db }) => {
      const job = newId()
      const rows = [0, 1, 2].map((position) => result(job, position))
      assert.deepEqual([...(await keepResults(db, OURS, job, rows)).changed], [0, 1, 2])
      assert.deepEqual([...(await keepResults(db, OURS, job, rows)).changed], [])
      const other = result(job, 1, { status: 'failed', model: null, digest: 'new' })
      const { changed, before } = await keepResults(db, OURS, job, [rows[0]!, other])
      assert.deepEqual([...changed], [1])
      assert.equal(before.get(1)!.status, 'success')
      assert.deepEqual((await countsOf(db, OURS, job)).map((row) => [row.status, row.count]).sort(), [
        ['failed', 1],
        ['success', 2],
      ])
      assert.deepEqual(new Uint8Array((await resultNamed(db, OURS, job, 's2'))!.body), Uint8Array.of(1, 2, 0, 255))
    },
  )

  run('more results than one statement takes are kept', async ({ db }) => {
    const job = newId()
    await keepResults(
      db,
      OURS,
      job,
      Array.from({ length: 1003 }, (_, i) => result(job, i)),
    )
    let position = 0
    for await (const row of everyResult(db, OURS, job)) assert.equal(row.position, position++)
    assert.equal(position, 1003)
  })

  run('pages by any order give every result once, what has no value last', async ({ db }) => {
    const job = newId()
    const names = ['b', 'a', 'Ä', 'z', 'é', '🚀', 'B', 'ﬀ']
    const rows = names.map((name, i) =>
      result(job, i, { name, confidence: i % 3 === 0 ? null : (i % 2) / 2, total: -i }),
    )
    await keepResults(db, OURS, job, rows)
    for (const sort of ['position', 'name', 'confidence', 'total', 'skill'] as const)
      for (const descending of [false, true]) {
        const seen: number[] = []
        let after: { value: string | number | null; position: number } | null = null
        for (;;) {
          const page = await resultPage(db, OURS, job, {}, { sort, descending, after, limit: 3 })
          seen.push(...page.map(({ position }) => position))
          if (page.length < 3) break
          const last = page.at(-1)!
          after = { value: last[sort] as string | number | null, position: last.position }
        }
        assert.deepEqual(
          [...seen].sort((a, b) => a - b),
          names.map((_, i) => i),
          `${sort} ${descending}`,
        )
        if (sort === 'confidence') assert.deepEqual(seen.slice(-3), [0, 3, 6])
        const byBytes = names.map((name) => Buffer.from(name)).sort(Buffer.compare)
        if (sort === 'name' && !descending)
          assert.deepEqual(
            seen.map((i) => names[i]),
            byBytes.map(String),
          )
      }
    assert.equal((await sides(db, OURS, job, 'a', 100)).length, 6)
  })

  run('filters are exact; a part of a name is taken literally', async ({ db }) => {
    const job = newId()
    const folded = ['100% wool', '100x wool', 'a_b', 'aXb', 'back\\slash', "quote'"]
    await keepResults(
      db,
      OURS,
      job,
      folded.map((name_folded, i) => result(job, i, { name_folded, model: i < 2 ? 'ets' : 'arima' })),
    )
    const matching = (part: string) => countMatching(db, OURS, job, { part })
    assert.deepEqual(await Promise.all(['100%', 'a_b', '\\', "'", '%', 'nothing'].map(matching)), [1, 1, 1, 1, 1, 0])
    assert.equal(await countMatching(db, OURS, job, { model: 'ets', minConfidence: 0.005 }), 1)
    assert.equal(await countMatching(db, OURS, job, { model: "' or 1=1 --" }), 0)
    assert.equal(await countMatching(db, THEIRS, job, {}), 0)
  })

  run('overrides are versions: of two editors of one, the second hears of it', async (store) => {
    const job = newId()
    await keepResults(store.db, OURS, job, [result(job, 0)])
    const add = (version: number) =>
      store.atomically((db) => addOverride(db, OURS, job, 0, { version, body: `{"version":${version}}` }, true))
    assert.deepEqual((await Promise.all([add(1), add(1), add(1)])).sort(), [false, false, true])
    assert.equal(await add(2), true)
    assert.equal((await newestOverride(store.db, OURS, job, 0))!.version, 2)
    assert.equal(await newestOverride(store.db, THEIRS, job, 0), undefined)
    // a result that is computed anew keeps what a person said of it
    await keepResults(store.db, OURS, job, [result(job, 0, { digest: 'new' })])
    assert.equal((await resultNamed(store.db, OURS, job, 's0'))!.overridden, 1)
  })

  run('a key stands for one request, however many ask at once', async (store) => {
    const key = newId()
    const ask = (job_id: string) => ({ tenant_id: OURS, key, fingerprint: 'f', job_id, created_at: 10 })
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => store.atomically((db) => noteRequest(db, ask(`job ${i}`)))),
    )
    assert.equal(answers.filter((answer) => answer === null).length, 1)
    assert.equal(new Set(answers.filter((answer) => answer !== null).map(({ job_id }) => job_id)).size, 1)
    assert.equal(await noteRequest(store.db, { ...ask('x'), tenant_id: THEIRS }), null)
    await forgetRequests(store.db, OURS, 11)
    assert.equal(await noteRequest(store.db, ask('again')), null)
  })

  run('deliveries are due by time, and each attempt has its number', async ({ db }) => {
    const row = (next_at: number | null) => ({
      ...{ tenant_id: OURS, id: newId(), owner: 'me', job_id: newId(), url: 'https://a.example/', secret: null },
      ...{ type: 'job.finished', body: '{}', state: 'pending', attempts: 0, next_at, created_at: 1 },
    })
    const [late, early, done] = [row(200), row(100), row(null)]
    for (const each of [late, early, done]) await insertDelivery(db, each)
    assert.deepEqual(
      (await dueDeliveries(db, OURS, 'me', 150, [], 9)).map(({ id }) => id),
      [early.id],
    )
    assert.deepEqual(await dueDeliveries(db, OURS, 'me', 150, [early.id], 9), [])
    assert.deepEqual(await dueDeliveries(db, OURS, 'another server', 999, [], 9), [])
    assert.equal(await nextDue(db, OURS, 'me', []), 100)
    assert.equal(await nextDue(db, OURS, 'me', [early.id]), 200)
    await changeDelivery(db, OURS, early.id, { state: 'delivered', next_at: null, attempts: 1 })
    for (const status of [500, 200])
      await insertAttempt(db, OURS, { delivery_id: early.id, at: 1, status, error: null, seconds: 0.5, response: 'ok' })
    assert.deepEqual(
      (await attemptsOf(db, OURS, [early.id])).map(({ number, status }) => [number, status]),
      [
        [1, 500],
        [2, 200],
      ],
    )
    const list = (state: string | undefined) =>
      listDeliveries(db, OURS, { before: null, jobId: undefined, state, limit: 9 })
    assert.deepEqual(
      (await list(undefined)).map(({ id }) => id),
      [done.id, early.id, late.id],
    )
    assert.deepEqual(
      (await list('delivered')).map(({ id }) => id),
      [early.id],
    )
    assert.equal(await findDelivery(db, THEIRS, early.id), undefined)
  })

  run('jobs are listed, queued and counted by tenant; one that is removed leaves nothing', async ({ db }) => {
    const ids = [newId(), newId(), newId()]
    for (const id of ids) await insertJob(db, jobRow(id), Uint8Array.of(1))
    await insertJob(db, jobRow(newId(), THEIRS), null)
    const list = (before: string | null) => listJobs(db, OURS, { before, state: 'queued', limit: 2 })
    assert.deepEqual(
      (await list(null)).map(({ id }) => id),
      [ids[2], ids[1]],
    )
    assert.deepEqual(
      (await list(ids[1]!)).map(({ id }) => id),
      [ids[0]],
    )
    assert.equal(await countJobs(db, OURS, ['queued']), 3)
    assert.deepEqual(
      (await jobsIn(db, OURS, 'me', ['queued'])).map(({ id }) => id),
      ids,
    )
    const [id] = ids
    await appendEvents(db, OURS, id!, [{ kind: 'state', body: '{}' }])
    await keepResults(db, OURS, id!, [result(id!, 0)])
    await deleteJob(db, OURS, id!)
    assert.equal(await findJob(db, OURS, id!), undefined)
    assert.equal(await inputOf(db, OURS, id!), null)
    assert.deepEqual(await eventsAfter(db, OURS, id!, 0, 9), [])
    assert.equal(await countMatching(db, OURS, id!, {}), 0)
  })

  run('what the portfolio makes of answers is kept beside them, told apart from another answer', async ({ db }) => {
    const job = newId()
    const final = (position: number, more: Partial<NewResult> = {}) =>
      result(job, position, { final_digest: `f${position}`, abc: 'A', value: 10 * position, ...more })
    const answers = [0, 1].map((position) => result(job, position))
    await keepResults(db, OURS, job, answers)
    const all = [...[0, 1].map((position) => final(position)), final(2, { is_total: 1, digest: 'f2' })]
    const kept = await keepResults(db, OURS, job, all, 'final_digest')
    assert.deepEqual(
      [[...kept.changed], [...kept.before.keys()]],
      [
        [0, 1, 2],
        [0, 1],
      ],
    )
    assert.deepEqual([...(await keepResults(db, OURS, job, all, 'final_digest')).changed], [])
    // an answer that comes once more does not take away what was made of it; another one does
    assert.deepEqual([...(await keepResults(db, OURS, job, answers)).changed], [])
    assert.equal((await resultNamed(db, OURS, job, 's0'))!.abc, 'A')
    assert.deepEqual([...(await keepResults(db, OURS, job, [result(job, 0, { digest: 'new' })])).changed], [0])
    assert.equal((await resultNamed(db, OURS, job, 's0'))!.abc, null)
    assert.deepEqual([...(await keepResults(db, OURS, job, [final(0)], 'final_digest')).changed], [0])
    assert.equal(await countMatching(db, OURS, job, {}), 2)
    assert.deepEqual(
      (await totalsPage(db, OURS, job, -1, 9)).map(({ position }) => position),
      [2],
    )
    assert.equal(
      (await countsOf(db, OURS, job)).reduce((sum, { count }) => sum + count, 0),
      2,
    )
    assert.deepEqual(
      (await figuresOf(db, OURS, job)).map(({ value }) => value),
      [0, 10],
    )
    assert.equal(await countMatching(db, OURS, job, { abc: 'A', minSkill: -1 }), 0)
    assert.equal(await countNamed(db, OURS, job, ['s0', 's1', 'nobody', "'"]), 2)
    assert.equal(await countNamed(db, OURS, job, []), 0)
  })

  run('two jobs are held against each other by name', async ({ db }) => {
    const [one, two] = [newId(), newId()]
    const rows = (job: string, from: number, more: Partial<NewResult>) =>
      [0, 1, 2].map((i) => result(job, i, { name: `s${from + i}`, answer_digest: 'same', total: 10 * i, ...more }))
    await keepResults(db, OURS, one, [...rows(one, 0, {}), result(one, 3, { name: 'all', is_total: 1 })])
    await keepResults(db, OURS, two, [...rows(two, 1, { total: 7 }), result(two, 3, { name: 'all', is_total: 1 })])
    assert.deepEqual(await changesBetween(db, OURS, two, one), { both: 2, changed: 0, before: 30, after: 14 })
    await keepResults(db, OURS, two, [
      result(two, 0, { name: 's1', answer_digest: 'other', total: null, digest: 'new' }),
    ])
    assert.deepEqual(await changesBetween(db, OURS, two, one), { both: 2, changed: 1, before: 20, after: 7 })
    assert.deepEqual(await changesBetween(db, THEIRS, two, one), { both: 0, changed: 0, before: 0, after: 0 })
  })

  run('exceptions keep their order, by page and by what people have said of their series', async (store) => {
    const { db } = store
    const job = newId()
    await keepResults(
      db,
      OURS,
      job,
      [0, 1, 2].map((position) => result(job, position)),
    )
    const exception = (rank: number, position: number, kind: string) => ({
      ...{ rank, position, kind, severity: 'bad', quantity: 9 - rank, value: null, body: '{}' },
    })
    const all = [exception(0, 2, 'failed'), exception(1, 0, 'bias'), exception(2, 2, 'outlier')]
    await keepExceptions(db, OURS, job, [exception(0, 1, 'bias')])
    await keepExceptions(db, OURS, job, all)
    const page = async (wanted: object, after = -1, limit = 9) =>
      (await exceptionPage(db, OURS, job, wanted, after, limit)).map(({ rank }) => rank)
    assert.deepEqual([await page({}), await page({}, 0, 1), await page({ kind: 'bias' })], [[0, 1, 2], [1], [1]])
    assert.deepEqual(
      (await exceptionsAt(db, OURS, job, [2])).map(({ kind }) => kind),
      ['failed', 'outlier'],
    )
    assert.equal(await countMatching(db, OURS, job, { exception: 'outlier' }), 1)
    const say = (state: string, version: number | null = null) =>
      keepReview(
        db,
        { ...{ tenant_id: OURS, job_id: job, position: 2, state, note: null, author: 'Anna' }, changed_at: 5 },
        version,
      )
    assert.equal((await say('accepted'))!.version, 1)
    assert.equal(await say('later', 9), undefined)
    assert.deepEqual([(await say('later', 1))!.version, (await say('later'))!.version], [2, 3])
    assert.deepEqual([await page({ state: 'open' }), await page({ state: 'later' })], [[1], [0, 2]])
    assert.deepEqual(
      (await exceptionStates(db, OURS, job)).sort((a, b) => (a.state < b.state ? -1 : 1)),
      [
        { state: 'later', count: 2, series: 1 },
        { state: 'open', count: 1, series: 1 },
      ],
    )
    assert.deepEqual(
      await Promise.all(['open', 'later', 'accepted'].map((review) => countMatching(db, OURS, job, { review }))),
      [2, 1, 0],
    )
    assert.equal((await reviewsAt(db, OURS, job, [0, 2]))[0]!.author, 'Anna')
    assert.deepEqual(await reviewsAt(db, THEIRS, job, [0, 2]), [])
    assert.equal((await stakes(db, OURS, job)).length, 3)
    assert.equal((await allExceptions(db, THEIRS, job)).length, 0)
    await insertJob(db, jobRow(job), null)
    await deleteJob(db, OURS, job)
    assert.deepEqual([await page({}), await reviewsAt(db, OURS, job, [2])], [[], []])
  })

  run('the newest overrides of all series at once', async ({ db }) => {
    const job = newId()
    for (const [position, version] of [
      [0, 1],
      [0, 2],
      [4, 1],
    ] as const)
      await addOverride(db, OURS, job, position, { version, body: `${position}/${version}` }, true)
    assert.deepEqual((await newestOverrides(db, OURS, job)).map(({ body }) => body).sort(), ['0/2', '4/1'])
  })

  run('jobs that ended before another, the newest first, and how fast they were', async ({ db }) => {
    const [old, failed, done, later] = [newId(), newId(), newId(), newId()]
    await insertJob(db, { ...jobRow(old, OURS, 'completed'), cost: 100, work_seconds: 2 }, null)
    await insertJob(db, jobRow(failed, OURS, 'failed'), null)
    await insertJob(db, jobRow(done, OURS, 'completed_with_failures'), null)
    await insertJob(db, jobRow(later, OURS, 'completed'), null)
    assert.deepEqual((await jobsBefore(db, OURS, later, 9)).map(({ id }) => id).slice(0, 2), [done, old])
    const [pace] = await paceOf(db, OURS, 'me', 9)
    assert.deepEqual([pace!.cost, pace!.work_seconds], [100, 2])
    assert.deepEqual(await paceOf(db, OURS, 'another server', 9), [])
  })

  run('uploads belong to a tenant', async ({ db }) => {
    const row = {
      ...{ tenant_id: OURS, id: newId(), owner: 'me', filename: 'Verkäufe.csv', bytes: 100_000_001 },
      ...{ sha256: 'ab', created_at: 1 },
    }
    await insertUpload(db, row)
    assert.deepEqual({ ...(await findUploads(db, OURS, [row.id, newId()]))[0] }, row)
    assert.deepEqual(await findUploads(db, THEIRS, [row.id]), [])
    await deleteUpload(db, OURS, row.id)
    assert.deepEqual(await findUploads(db, OURS, [row.id]), [])
  })
}
