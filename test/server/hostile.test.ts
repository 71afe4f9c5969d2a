import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { API } from '../../src/contract/routes.ts'
import { LIMITS } from '../../src/server/settings.ts'
import { FAST, held, quick, type Serving, serving } from './serving.ts'

let server: Serving
let done: string
/** Names that break programs which use names as keys, paths or text of a page. */
const NAMES = [
  ' x',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(1000),
  '\u202Egnp.exe',
  'a\u200Bb',
  '../../etc/passwd',
  'CON',
  'é',
  'e\u0301',
  'Case',
  'case',
  '<script>alert(1)</script>',
  '=cmd|calc',
  'a\r\nevent: state\ndata: {}',
  '"quoted", \\ and \u001b[31mred',
  '%2e%2e%2f',
  'a/b?c#d&e=f',
  '\ud83d\ude80',
]
const SMALL = 200_000

before(async () => {
  server = await serving({ limits: { ...LIMITS, requestsPerMinute: 0, bodyBytes: SMALL } })
  const portfolio = JSON.stringify(NAMES.map((name) => [name, [5, 5, 5, 5, 5, 5]]))
  const pairs = (JSON.parse(portfolio) as [string, number[]][]).map(
    ([name, values]) => `${JSON.stringify(name)}:${JSON.stringify(values)}`,
  )
  const body = `{"portfolio":{${pairs.join(',')}},"config":${JSON.stringify(FAST)},"forecast_steps":2}`
  const answer = await server.call('createBatchForecast', { body })
  assert.equal(answer.status, 202, answer.text)
  done = answer.body.id
})
after(() => server.close())

const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  server.call('createBatchForecast', { body, headers })
const valid = (more = ''): string => `{"portfolio":{"a":[1,2,3]}${more}}`

test('H020: any name is data: kept to the letter, found again, inert in every answer', async () => {
  const job = await server.finished(done)
  assert.equal(job.progress.completed, NAMES.length)
  const { results } = (await server.call('listResults', { params: { id: done } })).body
  assert.deepEqual(
    results.map(({ name }: { name: string }) => name),
    NAMES,
  )
  for (const name of NAMES) {
    const found = await server.call('getSeries', { params: { id: done, name } })
    assert.deepEqual([found.status, found.body.row.name], [200, name])
  }
  const events = await server.events(done)
  assert.deepEqual(
    events
      .filter(({ kind }) => kind === 'series')
      .map(({ data }) => data.name)
      .sort(),
    [...NAMES].sort(),
  )
  assert.deepEqual(
    events.map(({ id }) => id),
    events.map((_, i) => i + 1),
  )
  const json = JSON.parse((await server.call('exportJob', { params: { id: done, format: 'json' } })).text)
  assert.deepEqual(Object.keys(json).sort(), [...NAMES].sort())
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
})

test('H020: names of nothing, with NUL, or of ten thousand letters are refused, each at its pointer', async () => {
  const { status, body } = await post(
    JSON.stringify({ portfolio: { '': [1], ' ': [1], 'a\u0000b': [1], ['y'.repeat(10_000)]: [1] } }),
  )
  assert.equal(status, 422)
  assert.deepEqual(new Set(body.errors.map(({ code }: { code: string }) => code)), new Set(['name_unusable']))
  assert.equal(body.errors.length, 4)
})

test('H080: what is no JSON is refused with the byte where it ends to be', async () => {
  for (const [text, code, position] of [
    ['nonsense', 'json_invalid', 0],
    ['{"portfolio":{"a":[1,2,]}}', 'json_invalid', 23],
    [`\ufeff${valid()}`, 'json_invalid', 0],
    ['{"portfolio":{"a":[NaN]}}', 'json_invalid', 19],
    [`${valid()}${valid()}`, 'json_invalid', 27],
    ['{"portfolio":{"a":[1],"a":[2]}}', 'json_key_duplicated', 22],
    ['{"portfolio":{"a":[1],"\\u0061":[2]}}', 'json_key_duplicated', 22],
    ['{"portfolio":{"é":[1],"x":}}', 'json_invalid', 27],
    ['{"portfolio":{"a":"', 'json_invalid', 18],
  ] as const) {
    const { status, body } = await post(text)
    assert.deepEqual([status, body.code, body.errors[0].params.position], [400, code, position], text)
  }
  assert.equal((await post(Uint8Array.of(0x7b, 0xff, 0x7d))).status, 400)
  assert.equal((await post('')).status, 422)
})

test('H081: depth, parts and size are bounded before anything is built', async () => {
  for (const [text, status, code] of [
    ['['.repeat(100_000), 413, 'json_too_large'],
    [`{"portfolio":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`, 413, 'json_too_large'],
    ['x'.repeat(SMALL + 1), 413, 'body_too_large'],
  ] as const) {
    const begun = performance.now()
    const answer = await post(text)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
    assert.ok(performance.now() - begun < 10_000, 'a hang guard')
  }
  const { parseJson } = await import('../../src/server/json-text.ts')
  const many = Buffer.from(`[${'[],'.repeat(LIMITS.jsonParts)}[]]`)
  assert.throws(() => parseJson(many, { depth: 32, parts: LIMITS.jsonParts }), /json_too_large/)
})

test('H082: prototypes stay as they are; as fields they are unknown ones', async () => {
  for (const text of [
    valid(',"__proto__":{"polluted":1}'),
    valid(',"config":{"__proto__":{"polluted":1}}'),
    valid(',"config":{"constructor":{"prototype":{"polluted":1}}}'),
    '{"portfolio":{"a":{"values":[1],"__proto__":{"polluted":1}}}}',
  ]) {
    const { status, body } = await post(text)
    assert.deepEqual([status, body.code], [422, 'field_unknown'], text)
    assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  }
})

test('H083, H084: all faults at once, each with its pointer; unknown fields are refused', async () => {
  const { status, body } = await post(
    '{"portfolio":{"a":["1",2],"b":{"values":[1],"lead_time":-1,"x":1},"c":7},"config":{"effort":"Fast","workers":"8","validation_split":1e400,"worker":1},"forecast_steps":1.5,"tenant_id":"x","state":"completed"}',
  )
  assert.equal(status, 422)
  assert.deepEqual(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort(), [
    '/config/effort',
    '/config/validation_split',
    '/config/worker',
    '/config/workers',
    '/forecast_steps',
    '/portfolio/a/0',
    '/portfolio/b/lead_time',
    '/portfolio/b/x',
    '/portfolio/c',
    '/state',
    '/tenant_id',
  ])
  assert.ok(body.errors.every(({ detail }: { detail: string }) => detail.length > 15))
  const { body: missing } = await post('{}')
  assert.deepEqual([missing.code, missing.errors[0].pointer], ['field_missing', '/portfolio'])
  assert.equal((await post('{"portfolio":{}}')).status, 422)
  assert.equal((await post('[]')).status, 422)
})

test('H088: cursors, sizes, orders and filters that nobody gave out are refused or literal', async () => {
  const list = (query: Record<string, string>) => server.call('listResults', { params: { id: done }, query })
  const { next_cursor: cursor } = (await list({ limit: '2', sort: 'name' })).body
  for (const [query, status] of [
    [{ cursor: `${cursor}x`, sort: 'name' }, 400],
    [{ cursor, sort: '-name' }, 400],
    [{ cursor: Buffer.from('["name",{"a":1},3]').toString('base64url'), sort: 'name' }, 400],
    [{ cursor: 'nonsense' }, 400],
    [{ limit: '-1' }, 422],
    [{ limit: '1000000000' }, 422],
    [{ sort: 'password' }, 422],
    [{ unknown: '1' }, 422],
    [{ min_confidence: 'NaN' }, 422],
  ] as const)
    assert.equal((await list(query as Record<string, string>)).status, status, JSON.stringify(query))
  for (const model of ["' or 1=1 --", '%', '.*', '__proto__']) assert.equal((await list({ model })).body.total, 0)
  assert.equal((await list({ q: '%' })).body.total, 1)
})

/** Bytes as they are, over a connection of their own. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes))
    let text = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error('hang')))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (/^HTTP\/1.1 \d+/.test(text) && !text.includes('100 Continue')) socket.end()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })

test('H090: requests that are no HTTP, or two at once, are refused before any route is reached', async () => {
  const { host } = new URL(server.url)
  const head = (path: string, more = '', method = 'GET') => `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`
  const statusOf = async (bytes: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(await raw(bytes))?.[1])
  for (const [bytes, status] of [
    [head('/livez', 'Content-Length: 3\r\nContent-Length: 4\r\n', 'POST'), 400],
    [head('/livez', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n', 'POST'), 400],
    ['GET /livez HTTP/1.1\nHost: x\n\n', 400],
    [head('/livez', `X: ${'y'.repeat(65_536)}\r\n`), 400],
    [head('/livez', 'X: y\r\n'.repeat(10_000)), 400],
    [head('//livez'), 404],
    [head('/livez%00'), 404],
    [head('/%6civez/'), 404],
    [head(`${API}/jobs/..%2f..%2flivez`), 404],
    [head('/LIVEZ'), 404],
    [head('/livez', 'X-HTTP-Method-Override: DELETE\r\n'), 200],
    ['nonsense\r\n\r\n', 400],
  ] as const)
    assert.equal(await statusOf(bytes), status, bytes.slice(0, 80))
  for (const type of ['', 'text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
    const response = await fetch(`${server.url}${API}/batch-forecast`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: valid(),
    })
    assert.equal((await held('createBatchForecast', response)).status, 415, type)
  }
  const wrong = await fetch(`${server.url}${API}/jobs/${done}`, { method: 'PATCH' })
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, DELETE'])
})

test('H091, H092: other hosts and the pages of other sites are refused; forwarded headers are not believed', async () => {
  const { host } = new URL(server.url)
  const get = async (headers: string): Promise<string> => raw(`GET ${API}/jobs HTTP/1.1\r\n${headers}\r\n`)
  assert.match(await get('Host: evil.example\r\n'), /^HTTP\/1.1 421[\s\S]*host_refused/)
  assert.match(await get(`Host: ${host}\r\nX-Forwarded-Host: evil.example\r\n`), /^HTTP\/1.1 200/)
  assert.match(
    await get(`Host: ${host}\r\nOrigin: https://evil.example\r\n`),
    /^HTTP\/1.1 403[\s\S]*cross_site_refused/,
  )
  assert.match(await get(`Host: ${host}\r\nOrigin: null\r\n`), /^HTTP\/1.1 403/)
  assert.match(await get(`Host: ${host}\r\nSec-Fetch-Site: cross-site\r\n`), /^HTTP\/1.1 403/)
  const own = await get(`Host: ${host}\r\nOrigin: http://${host}\r\n`)
  assert.match(own, /^HTTP\/1.1 200/)
  assert.doesNotMatch(own, /access-control-allow/i)
  const preflight = await raw(
    `OPTIONS ${API}/jobs HTTP/1.1\r\nHost: ${host}\r\nOrigin: null\r\nAccess-Control-Request-Method: POST\r\n\r\n`,
  )
  assert.match(preflight, /^HTTP\/1.1 403/)
})

test('H096: every answer forbids to guess its type, to be framed and to run anything', async () => {
  for (const path of ['/docs', '/livez', `${API}/jobs`, '/nothing', `${API}/jobs/${done}/exports/json`]) {
    const { headers } = await fetch(server.url + path)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
    assert.match(headers.get('content-security-policy')!, /default-src 'none'.*frame-ancestors 'none'/, path)
    assert.doesNotMatch(headers.get('content-security-policy')!, /unsafe/)
  }
})

test('H093: who asks too often is told when to go on', async () => {
  const limited = await serving({ limits: { ...LIMITS, requestsPerMinute: 20 } })
  try {
    const answers = await Promise.all(Array.from({ length: 30 }, () => limited.call('listJobs')))
    const refused = answers.filter(({ status }) => status === 429)
    assert.equal(refused.length, 10)
    assert.ok(Number(refused[0]!.headers.get('retry-after')) > 0)
    assert.equal(refused[0]!.headers.get('ratelimit-limit'), '20')
    assert.equal((await limited.call('getLive')).status, 200)
  } finally {
    await limited.close()
  }
})

test('H099: a fault of the program says nothing of its insides', async () => {
  const broken = await serving()
  const { DatabaseSync } = await import('node:sqlite')
  const other = new DatabaseSync(`${broken.dataDir}/server.sqlite`)
  other.exec('alter table job rename to somewhere_else')
  other.close()
  const answer = await broken.call('listJobs')
  assert.deepEqual([answer.status, answer.body.code], [500, 'internal_error'])
  assert.doesNotMatch(answer.text, /somewhere|no such table|select|\.ts|node_modules/)
  await broken.close()
})

test('more jobs than may wait are refused', async () => {
  const small = await serving({ limits: { ...LIMITS, requestsPerMinute: 0, openJobs: 1 }, jobsAtOnce: 1 })
  const body = { portfolio: quick(1), config: FAST }
  assert.equal((await small.call('createBatchForecast', { body })).status, 202)
  const second = await small.call('createBatchForecast', { body })
  assert.deepEqual([second.status, second.body.code], [429, 'jobs_too_many'])
  await small.close()
})

test('H097: whatever callers send is one line of the log, in which nothing acts', async () => {
  const lines: string[] = []
  const logged = await serving({ logLevel: 'trace', logTo: (line) => lines.push(line) })
  const attacks = [
    'a\r\n{"level":30,"msg":"request"}',
    '\u001b[31mred\u001b[0m \u001b]0;title\u0007',
    '\u009b31m \u0085next \u2028line \u2029paragraph',
    '\u202egnp.exe \u2066x\u2069',
    '"}{"level":60,"msg":"forged',
    'tab\tnul%00',
  ]
  try {
    for (const attack of attacks) {
      const portfolio = { [attack]: [5, 5, 5, 5, 5, 5] }
      const body = { portfolio, config: FAST, forecast_steps: 1, name: attack.slice(0, 200) }
      const { id } = (
        await logged.call('createBatchForecast', { body, headers: { 'idempotency-key': encodeURI(attack) } })
      ).body
      await logged.finished(id)
      const params = { id, name: attack }
      await logged.call('putReview', { params, body: { state: 'later', author: attack, note: attack } })
      await logged.call('getSeries', { params })
      await logged.call('getJob', { params: { id: attack } })
      await fetch(`${logged.url}/${encodeURIComponent(attack)}?q=${encodeURIComponent(attack)}`, {
        headers: { 'user-agent': encodeURI(attack), traceparent: encodeURI(attack) },
      })
    }
  } finally {
    await logged.close()
  }
  assert.ok(lines.length > 5 * attacks.length, `${lines.length} lines`)
  for (const line of lines) {
    assert.match(line, /^\{[^\n\r]*\}\n$/)
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}](?!$)/u, JSON.stringify(line))
    const { level, time } = JSON.parse(line) as { level: number; time: number }
    assert.ok(level <= 30 && time > 1e12, line)
  }
  assert.ok(
    lines.some((line) => line.includes('\\u001b[31mred')),
    'what was sent is still told',
  )
})

test('a path of any length is answered as the contract says', async () => {
  for (const length of [8999, 9001, 16_000]) {
    const response = await fetch(`${server.url}${API}/jobs/${done}/series/${'0'.repeat(length)}`)
    assert.ok([404, 400].includes(response.status), `${length}: ${response.status}`)
    assert.match(response.headers.get('content-type')!, /^application\/problem\+json/)
  }
})
