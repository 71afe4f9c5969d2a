import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import type { Exception } from '../../src/contract/exception.ts'
import type { ExportProfile } from '../../src/contract/export.ts'
import type { ResultRow } from '../../src/contract/result.ts'
import { arfc, folderWith } from '../cli/arfc.ts'
import { type Serving, serving } from './serving.ts'

let server: Serving
/** A job over the older file, and one over the newer, held against it. */
let first: string
let second: string
before(async () => {
  server = await serving()
  first = await forecast(OLD)
  second = await forecast(NEW, { against: 'latest' })
})
after(() => server.close())

/** Four items in two places; the newer file holds three months more, in which one item triples. */
const lines = (months: number): string =>
  ['Milano_A', 'Milano_B', 'Roma_A', 'Roma_B']
    .flatMap((name, k) =>
      Array.from({ length: months }, (_, t) => {
        const date = `${2022 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01`
        const season = 1 + 0.3 * Math.sin((2 * Math.PI * t) / 12)
        const level = Math.round((k + 1) * (40 + ((t * 7) % 5)) * season * (t > 35 && k === 0 ? 3 : 1))
        return `${name},${date},${level},${10 + k},${k === 3 ? 20 : 900},pcs`
      }),
    )
    .join('\n')
const HEAD = 'series_name,date,quantity,price,stock,unit\n'
const OLD = `${HEAD}${lines(36)}\nEmpty,2022-01-01,,5,1,pcs\n`
const NEW = HEAD + lines(39)
const CONFIG = { effort: 'fast', max_models_to_try: 3, workers: 1, hierarchy: 'names', lead_time: 2 } as const

async function upload(text: string, filename = 'sales.csv'): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([text]), filename)
  return (await server.call('createUpload', { body: form })).body.uploads[0].id
}

async function forecast(text: string, more: object = {}): Promise<string> {
  const body = { uploads: [await upload(text)], config: CONFIG, forecast_steps: 6, ...more }
  const { status, body: job } = await server.call('createJob', { body })
  assert.equal(status, 202, JSON.stringify(job))
  const ended = await server.finished(job.id)
  assert.match(ended.state, /^completed/, JSON.stringify(ended.problems))
  return job.id
}

const get = async (name: Parameters<Serving['call']>[0], id: string, query: Record<string, string> = {}) => {
  const { status, body } = await server.call(name, { params: { id }, query })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

test('the same file gives the same bytes as the command line, totals apart', async () => {
  const cwd = folderWith({ 'sales.csv': OLD })
  const flags = ['--effort', 'fast', '--max-models', '3', '--workers', '1', '--hierarchy', 'names', '--lead-time', '2']
  const run = await arfc(['run', 'sales.csv', '--horizon', '6', '--run-dir', 'run', ...flags, '--quiet'], { cwd })
  assert.equal(run.code, 3, run.stderr)
  const { text } = await server.call('exportJob', { params: { id: first, format: 'csv' } })
  assert.equal(text, readFileSync(join(cwd, 'run/forecasts.csv'), 'utf8'))
  const told = JSON.parse(readFileSync(join(cwd, 'run/run.json'), 'utf8')) as {
    exceptions: { series_name: string; kind: string; severity: string; quantity: number; value: number; text: string }[]
  }
  const { exceptions } = await get('listExceptions', first)
  assert.deepEqual(
    exceptions.map(({ series, kind, severity, quantity, value, because }: Exception) => ({
      ...{ series, kind, severity, quantity, value, text: because.text },
    })),
    told.exceptions.map(({ series_name: series, kind, severity, quantity, value, text }) => ({
      ...{ series, kind, severity, quantity, value, text },
    })),
  )
})

test('totals of a hierarchy add up, stand apart, and are series of their own', async () => {
  const { totals, total, next_cursor } = await get('listTotals', first, { limit: '2' })
  const rest = await get('listTotals', first, { cursor: next_cursor })
  const all = [...totals, ...rest.totals]
  assert.deepEqual([all.length, total], [5, 5])
  const { results } = await get('listResults', first)
  assert.ok(results.every(({ name }: ResultRow) => !name.includes('*')))
  const sum = results.reduce((whole: number, row: ResultRow) => whole + (row.total ?? 0), 0)
  const grand = all.find(({ level }) => level.length === 0)
  assert.ok(Math.abs(grand.row.total - sum) < 1e-9 * sum, `${grand.row.total} is not ${sum}`)
  assert.equal(grand.parts, 4)
  const series = await server.call('getSeries', { params: { id: first, name: grand.row.name } })
  assert.equal(series.body.hierarchy.parts.length, 4)
  assert.equal(series.body.reconciliation.base.length, 6)
  const job = (await server.call('getJob', { params: { id: first } })).body
  assert.deepEqual([job.progress.total, job.progress.completed, job.progress.failed], [5, 5, 1])
})

test('the inbox is in one order, can be filtered and read by page, and says what is at stake', async () => {
  const { exceptions, total, totals, by_state: states } = await get('listExceptions', second)
  assert.equal(exceptions.length, total)
  const rank = ({ severity }: Exception): number => ['bad', 'attention', 'info'].indexOf(severity)
  for (const [i, one] of exceptions.entries()) {
    const next = exceptions[i + 1]
    if (next !== undefined) assert.ok(rank(one) < rank(next) || (rank(one) === rank(next) && one.value >= next.value))
  }
  assert.equal(totals.basis, 'value')
  assert.deepEqual(
    exceptions.filter(({ kind }: Exception) => kind === 'outside_band').map(({ series }: Exception) => series),
    ['Milano_A'],
    'what came is held against the job before',
  )
  assert.ok(exceptions.some(({ kind, series }: Exception) => kind === 'stock_out' && series === 'Roma_B'))
  assert.deepEqual([states.open, states.accepted, states.later], [total, 0, 0])
  const [kind] = Object.keys(totals.by_kind)
  const some = await get('listExceptions', second, { kind: kind! })
  assert.equal(some.total, totals.by_kind[kind!].count)
  const paged: Exception[] = []
  let query: Record<string, string> = { limit: '2' }
  for (;;) {
    const page = await get('listExceptions', second, query)
    paged.push(...page.exceptions)
    if (page.next_cursor === null) break
    query = { limit: '2', cursor: page.next_cursor }
  }
  assert.deepEqual(paged, exceptions)
  const largest = Math.max(...exceptions.map(({ value }: Exception) => value ?? 0))
  assert.ok(totals.at_risk.value >= largest && totals.at_risk.count === totals.series)
  const italian = await get('listExceptions', second, { locale: 'it' })
  assert.notEqual(italian.exceptions[0].because.text, exceptions[0].because.text)
})

test('a series is accepted, put off and opened again; the newest word counts unless a version is named', async () => {
  const params = { id: second, name: 'Milano_A' }
  const put = (body: object, headers: Record<string, string> = {}) =>
    server.call('putReview', { params, body: { author: 'Anna', ...body }, headers })
  const accepted = await put({ state: 'accepted', note: 'a new shop' })
  assert.deepEqual([accepted.status, accepted.headers.get('etag'), accepted.body.version], [200, '"1"', 1])
  assert.equal((await put({ state: 'later' }, { 'if-match': '"7"' })).status, 412)
  assert.equal((await put({ state: 'later' }, { 'if-match': '"1"' })).body.version, 2)
  const { exceptions, by_state: states } = await get('listExceptions', second, { state: 'later' })
  assert.ok(exceptions.length > 0 && exceptions.every(({ series }: Exception) => series === 'Milano_A'))
  assert.equal(states.later, exceptions.length)
  assert.equal(exceptions[0].review.author, 'Anna')
  assert.equal((await get('listResults', second, { review: 'later' })).total, 1)
  assert.equal((await get('listResults', second, { review: 'open' })).total, 3)
  assert.equal((await get('getSummary', second)).reviews.later, 1)
  assert.equal((await server.call('getSeries', { params })).body.row.review.state, 'later')
  assert.equal((await put({ state: 'open' })).body.version, 3)
  assert.equal((await get('listResults', second, { review: 'later' })).total, 0)
  const nobody = await server.call('putReview', {
    params: { id: second, name: 'nobody' },
    body: { state: 'open', author: 'A' },
  })
  assert.equal(nobody.status, 404)
})

test('a job in numbers agrees with its rows, and with the job before', async () => {
  const summary = await get('getSummary', second)
  const { results } = await get('listResults', second)
  const sum = (of: (row: ResultRow) => number | null): number =>
    results.reduce((whole: number, row: ResultRow) => whole + (of(row) ?? 0), 0)
  assert.deepEqual([summary.series, summary.horizon], [4, 6])
  const [unit] = summary.totals
  assert.deepEqual([unit.unit, unit.series], ['pcs', 4])
  assert.ok(Math.abs(unit.forecast - sum(({ total }) => total)) < 1e-6)
  assert.ok(Math.abs(unit.before - sum(({ before }) => before)) < 1e-6)
  assert.ok(Math.abs(summary.value - sum(({ value }) => value)) < 1e-6)
  assert.ok(Math.abs(unit.change - (unit.forecast / unit.before - 1)) < 1e-12)
  const count = (list: { count: number }[]): number => list.reduce((whole, each) => whole + each.count, 0)
  assert.deepEqual([summary.classes.basis, count(summary.classes.cells)], ['value', 4])
  assert.equal(
    summary.confidence.reduce((a: number, b: number) => a + b, 0),
    4,
  )
  assert.deepEqual(summary.exceptions, (await get('listExceptions', second)).totals)
  const { against } = summary
  assert.deepEqual([against.job_id, against.both, against.changed, against.added, against.gone], [first, 4, 4, 0, 1])
  const same = await get('getSummary', second, { against: second })
  assert.deepEqual([same.against.changed, same.against.change], [0, 0])
  assert.equal((await get('getSummary', first)).against, null)
  assert.equal((await get('getSummary', first)).status.failed, 1)

  for (const [query, wanted] of [
    [{ abc: 'A' }, ({ abc }: ResultRow) => abc === 'A'],
    [{ grade: 'high' }, ({ confidence_grade: grade }: ResultRow) => grade === 'high'],
    [{ max_skill: '-0.05' }, ({ skill }: ResultRow) => skill !== null && skill <= -0.05],
    [{ exception: 'stock_out' }, ({ name }: ResultRow) => name === 'Roma_B'],
  ] as const)
    assert.equal((await get('listResults', second, query)).total, results.filter(wanted).length, JSON.stringify(query))
  const byValue = (await get('listResults', second, { sort: '-value' })).results.map(({ value }: ResultRow) => value)
  assert.deepEqual(
    byValue,
    [...byValue].sort((a, b) => b - a),
  )
})

test('a series whole: its trials by origin, its parts, its stock with what it is made of', async () => {
  const { body } = await server.call('getSeries', { params: { id: second, name: 'Roma_B' } })
  const { values, dates } = body.history
  assert.equal(body.item.unit_price, 13)
  assert.deepEqual([body.item.stock_on_hand, body.item.unit, body.item.abc !== null], [20, 'pcs', true])
  const { trend, season, remainder } = body.decomposition
  for (const [t, value] of values.entries())
    assert.ok(Math.abs(trend[t] + season[t] + remainder[t] - value) < 1e-9 * value)
  const { origins } = body.backtest
  assert.ok(origins.length > 0)
  for (const { origin_date: origin, dates: days, actual, forecast: said } of origins) {
    const at = dates.indexOf(days[0])
    assert.equal(dates[at - 1], origin)
    assert.deepEqual(actual, values.slice(at, at + actual.length))
    assert.ok(said.every((value: number) => Number.isFinite(value)))
  }
  const { supply } = body
  const { mean } = supply.demand_over_protection
  assert.ok(Math.abs(supply.reorder_point - mean - supply.safety_stock) < 1e-6)
  assert.deepEqual([supply.lead_time, supply.lead_time_assumed, supply.stock.on_hand], [2, false, 20])
  assert.equal(supply.probabilities.length, supply.demand_over_lead_time.quantiles.length)
  assert.ok(supply.stock.order_proposal > 0)
  assert.equal(body.exceptions[0].kind, 'stock_out')
  const lost = await server.call('getSeries', { params: { id: first, name: 'Empty' } })
  assert.deepEqual([lost.body.decomposition, lost.body.supply, lost.body.backtest.origins], [null, null, []])
})

test('every format and profile, with what people have put in place of the forecast', async () => {
  const params = { id: second, name: 'Roma_A' }
  const etag = (await server.call('getSeries', { params })).headers.get('etag')!
  const body = { values: [{ period: 1, value: 12345 }], reason: 'opening of a shop', author: 'Anna' }
  assert.equal((await server.call('putOverrides', { params, body, headers: { 'if-match': etag } })).status, 200)
  const take = (format: string, query: Record<string, string> = {}) =>
    server.call('exportJob', { params: { id: second, format }, query })
  assert.match((await take('csv')).text, /^Roma_A,2025-04-01,1,12345,.*,Override,/m)
  const excel = await fetch(`${server.url}/api/v2/jobs/${second}/exports/csv?profile=excel&file_locale=it`)
  assert.match(Buffer.from(await excel.arrayBuffer()).toString(), /^\ufeffseries_name;date;[\s\S]*;12345;/)
  const json = JSON.parse((await take('json')).text)
  assert.deepEqual(json.Roma_A.overrides[0], {
    period: 1,
    value: 12345,
    reason: 'other',
    note: body.reason,
    author: 'Anna',
  })
  const page = (await take('html', { locale: 'it' })).text
  assert.match(page, /^<!doctype html>\n<html lang="it">/)
  assert.ok(page.includes('Milano_A') && page.endsWith('</html>\n'))
  const response = await fetch(`${server.url}/api/v2/jobs/${second}/exports/xlsx?locale=en`)
  assert.match(response.headers.get('content-type')!, /spreadsheetml/)
  const book = await readXlsx(Buffer.from(await response.arrayBuffer()))
  const rows = new Map(book.sheets.map((sheet) => [sheet.name, sheet.rows as unknown[][]]))
  const { exceptions } = await get('listExceptions', second)
  assert.deepEqual(
    rows
      .get('Exceptions')!
      .slice(1)
      .map((row) => row[1]),
    exceptions.map(({ series }: Exception) => series),
  )
  assert.ok(rows.get('Overrides')!.some((row) => row.includes(12345) && row.includes(body.reason)))
  assert.ok(rows.get('Read me')!.some((row) => row[0] === 'sales.csv'))

  const { profiles } = await get('listProfiles', second)
  const names = profiles.map(({ name }: ExportProfile) => name)
  assert.deepEqual(names.slice(0, 3), ['dated', 'excel', 'legacy-v1'])
  assert.ok(names.includes('sap-pir') && names.length >= 10)
  for (const { name, ok, totals, settings, problems } of profiles as ExportProfile[]) {
    const set = settings.map((each) => `${each.name}=${each.value ?? '1000'}`)
    const query = new URLSearchParams([['profile', name], ...set.map((each): [string, string] => ['set', each])])
    const file = await fetch(`${server.url}/api/v2/jobs/${second}/exports/csv?${query}`)
    const text = await file.text()
    if (!ok) assert.ok(problems.some(({ severity }) => severity === 'error'))
    if (file.status !== 200) {
      assert.equal(file.status, 422, `${name}: ${text}`)
      continue
    }
    const written = text.trim().split(/\r?\n/).length
    assert.ok(written === totals.rows || written === totals.rows + 1, `${name}: ${written}, not ${totals.rows}`)
  }
  const one = await server.call('listProfiles', { params: { id: second }, query: { profile: 'sap-pir' } })
  assert.deepEqual(
    one.body.profiles,
    profiles.filter(({ name }: ExportProfile) => name === 'sap-pir'),
    'one by itself says what it says among all',
  )
  const none = await server.call('listProfiles', { params: { id: second }, query: { profile: 'nobody' } })
  assert.deepEqual([none.status, none.body.code], [422, 'profile_unknown'])
  const dated = profiles[0].totals
  assert.deepEqual([dated.rows, dated.series, dated.first_date], [24, 4, '2025-04-01'])
  const unset = profiles.find(({ settings }: ExportProfile) => settings.some(({ value }) => value === null))
  assert.equal(unset.ok, false, 'a setting that must be given is missing')
  const refused = await take('csv', { profile: unset.name })
  assert.deepEqual([refused.status, refused.body.code], [422, 'erp_setting_missing'])
  const path = await take('csv', { profile: '../profiles/generic' })
  assert.deepEqual([path.status, path.body.code], [422, 'profile_unknown'])
  const delta = await take('csv', { profile: 'generic', previous: second })
  assert.equal(delta.text.trim().split('\n').length, 1, 'nothing differs from itself')
})

test('the repairs and problems of files, by code, with the option that changes them and a picture', async () => {
  const rows = lines(24).split('\n')
  const gap = rows.filter((row) => !row.startsWith('Roma_A,2022-06'))
  const id = await upload(`${HEAD}${[...gap, rows[0], 'Roma_B,31/02/2024,3,1,1,pcs'].join('\n')}\n`)
  const { body: check } = await server.call('checkUpload', { params: { id }, body: {} })
  const of = (code: string) => check.groups.find((group: { code: string }) => group.code === code)
  assert.equal(check.groups[0].severity, 'error')
  const missing = of('gap_left_missing')
  assert.deepEqual(
    [missing.count, missing.series_count, missing.fix],
    [1, 1, { option: 'gaps', values: ['zero', 'interpolate', 'keep'], value: 'keep' }],
  )
  const at = missing.picture.dates.indexOf('2022-06-01')
  assert.deepEqual(
    [missing.picture.series, missing.picture.before[at], missing.picture.after[at]],
    ['Roma_A', null, null],
  )
  const bad = of('row_date_invalid')
  assert.deepEqual([bad.fix.option, bad.examples[0].row, bad.count], ['date_order', rows.length + 2, 1])
  const filled = await server.call('checkUpload', { params: { id }, body: { read: { gaps: 'zero' } } })
  const zero = filled.body.groups.find((group: { code: string }) => group.code === 'gap_filled_zero')
  assert.deepEqual([zero.fix.value, zero.picture.after[zero.picture.dates.indexOf('2022-06-01')]], ['zero', 0])

  const report = await server.call('getCheckReport', { params: { id }, query: { read: '{"gaps":"zero"}' } })
  const listed = report.text.trim().split('\n').slice(1)
  assert.equal(
    listed.length,
    filled.body.groups.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
  )
  assert.ok(
    listed.some((line) => line.startsWith('repair,gap_filled_zero,sales.csv,,quantity,Roma_A,2022-06-01,')),
    report.text,
  )
  const wrong = await server.call('getCheckReport', { params: { id }, query: { read: '{"gaps":"none","x":1}' } })
  assert.deepEqual(
    [wrong.status, wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()],
    [422, ['?read/gaps', '?read/x']],
  )
})

test('several files of one run are checked together; how long a job takes is told before it runs; the sample', async () => {
  const one = await upload('date,value\n2024-01-01,3\n2024-02-01,4\n2024-03-01,5\n', 'north.csv')
  const two = await upload('date,value\n2024-01-01,3\n2024-02-01,4\n2024-03-01,5\n', 'south.csv')
  const { body: check } = await server.call('checkUploads', { body: { uploads: [one, two] } })
  assert.deepEqual(
    check.series.map(({ name }: { name: string }) => name),
    ['north', 'south'],
  )
  const unknown = await server.call('checkUploads', { body: { uploads: [one, second] } })
  assert.deepEqual([unknown.status, unknown.body.errors[0].pointer], [404, '/uploads/1'])

  const sample = await server.call('createSample')
  assert.deepEqual([sample.status, sample.body.filename], [201, 'portfolio.csv'])
  const estimate = (config: object) =>
    server.call('createEstimate', { body: { uploads: [sample.body.id], config, forecast_steps: 12 } })
  const fast = (await estimate({ effort: 'fast', workers: 1 })).body
  const thorough = (await estimate({ effort: 'thorough', workers: 1 })).body
  assert.deepEqual([fast.series, fast.workers, fast.measured], [82, 1, true])
  assert.ok(thorough.seconds > fast.seconds && fast.seconds_range[0] <= fast.seconds)
  assert.ok(fast.seconds_range[1] >= fast.seconds)
  const faulty = await estimate({ hierarchy: 'nonsense' })
  assert.deepEqual([faulty.status, faulty.body.code], [422, 'config_invalid'])
})

test('what is known of items comes with a portfolio in the request: prices, stock, predecessors, groups', async () => {
  const season = Array.from({ length: 24 }, (_, t) => 40 + 10 * Math.round(Math.sin((2 * Math.PI * t) / 12)))
  const known = { start: '2023-01-01', frequency: 'monthly' }
  const portfolio = {
    old: { ...known, values: season, unit_price: 2, stock_on_hand: 10, group: { place: 'N', kind: 'x' } },
    new: {
      ...{ start: '2025-01-01', frequency: 'monthly', values: [50, 60, 55] },
      ...{ unit_price: 3, predecessor: 'old', end_of_life: '2025-05-31', group: { place: 'S', kind: 'x' } },
    },
  }
  const config = { ...CONFIG, hierarchy: undefined }
  const { status, body } = await server.call('createBatchForecast', { body: { portfolio, config, forecast_steps: 6 } })
  assert.equal(status, 202, JSON.stringify(body))
  const job = await server.finished(body.id)
  assert.equal(job.state, 'completed')
  const item = async (name: string) => (await server.call('getSeries', { params: { id: job.id, name } })).body
  const joined = await item('new')
  assert.equal(joined.history.values.length, 27)
  assert.deepEqual([joined.item.predecessor, joined.item.end_of_life], ['old', '2025-05-31'])
  assert.deepEqual(joined.forecast.mean.slice(2), [0, 0, 0, 0])
  assert.equal((await item('old')).item.successor, 'new')
  const none = await server.call('createBatchForecast', {
    body: { portfolio: { a: [1, 2, 3] }, against: '00000000-0000-7000-8000-000000000000' },
  })
  assert.deepEqual([none.status, none.body.errors[0].pointer], [404, '/against'])
  const bad = await server.call('createBatchForecast', { body: { portfolio, config: { hierarchy: '{' } } })
  assert.deepEqual([bad.status, bad.body.code], [422, 'config_invalid'])
})
