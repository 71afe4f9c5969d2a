/** What we write fits the schemas we publish, by another's reading of them. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { forecastJson } from '../../src/export/json.ts'
import { jsonSchemaOf, schemaNames } from '../../src/export/schemas.ts'
import { problem } from '../../src/messages.ts'
import { arfc, folderWith, salesCsv } from '../cli/arfc.ts'
import { EVIL_NAMES, result } from './results.ts'

const root = join(import.meta.dirname, '../..')
/** Closed: a property that the schema does not know is a fault. */
const validators = Object.fromEntries(
  schemaNames.map((name) => [
    name,
    new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(jsonSchemaOf(name, { closed: true })),
  ]),
)
function fits(name: (typeof schemaNames)[number], value: unknown): void {
  const validate = validators[name]!
  validate(value)
  assert.deepEqual(validate.errors ?? [], [])
}
const parsed = (text: string): unknown => JSON.parse(text)
const read = (path: string): unknown => parsed(readFileSync(path, 'utf8'))

test('the schemas are what scripts/make-schemas.ts makes, and stay open for what comes', () => {
  for (const name of schemaNames) {
    const published = read(join(root, 'schemas', `${name}.schema.json`))
    assert.deepEqual(published, jsonSchemaOf(name), 'run: node scripts/make-schemas.ts')
    assert.doesNotMatch(JSON.stringify(published), /"additionalProperties":false/)
  }
})

test('a schema refuses what it should', () => {
  const [whole] = Object.values(parsed([...forecastJson([result()], { locale: 'en' })].join('')) as object)
  const spoilt = [{ status: 'fine' }, { forecast: ['1'] }, { dates: ['soon'] }, { novel: 1 }, { confidence: 2 }]
  for (const change of spoilt) assert.equal(validators.forecasts!({ a: { ...whole, ...change } }), false)
})

test('the JSON export fits its schema: whole, failed, undated, with any name and level', () => {
  const results = [
    result(),
    result({ name: 'undated', calendar: null, levels: [0.995] }),
    result({ name: 'failed', status: 'failed', outcome: null, problems: [problem('series_empty', {}, { row: 3 })] }),
    ...EVIL_NAMES.map((name) => result({ name })),
  ]
  fits('forecasts', parsed([...forecastJson(results, { locale: 'zh' })].join('')))
})

test('what a run and check write fits too', async () => {
  const cwd = folderWith({ 'sales.csv': `${salesCsv(30, true)}Bread,2022-13-01,4,pieces\n` })
  const run = ['run', 'sales.csv', '--effort', 'fast', '--max-models', '3', '--horizon', '3', '--run-dir', 'run']
  const ended = await arfc(run, { cwd })
  assert.equal(ended.code, 3, ended.stderr)
  fits('forecasts', read(join(cwd, 'run/forecasts.json')))
  fits('run', read(join(cwd, 'run/run.json')))
  fits('check', parsed((await arfc(['check', 'sales.csv', '--json'], { cwd })).stdout))
})

const business = join(root, '../shared/data/business')
const skip = existsSync(business) ? false : 'the business files of ../shared are not on this machine'
test('check of messy files fits', { skip }, async () => {
  for (const name of ['06_messy_eu', '04_storeitem_wide_iso', '09_synthetic_moretti_like_wide'])
    fits('check', parsed((await arfc(['check', join(business, `${name}.csv.gz`), '--json'])).stdout))
})
