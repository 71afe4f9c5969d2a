import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { arfc, folderWith } from './arfc.ts'

type Shown = Record<string, { value: unknown; origin: string }>
const config = async (cwd: string, words: string[] = [], env: Record<string, string> = {}): Promise<Shown> =>
  JSON.parse((await arfc(['config', '--json', ...words], { cwd, env })).stdout) as Shown

test('a flag goes before the environment, that before the project, that before preset and default', async () => {
  const cwd = folderWith({
    'arfc.config.json': JSON.stringify({
      effort: 'thorough',
      seed: 5,
      level: [50, 90],
      max_models: 4,
      preset: 'retail',
      no_such: undefined,
    }),
  })
  const shown = await config(cwd, ['--seed', '7'], { ARFC_EFFORT: 'fast' })
  assert.deepEqual(shown.seed, { value: 7, origin: '--seed' })
  assert.deepEqual(shown.effort, { value: 'fast', origin: 'ARFC_EFFORT' })
  assert.deepEqual(shown.level, { value: [0.5, 0.9], origin: 'arfc.config.json' })
  assert.deepEqual(shown.max_models, { value: 4, origin: 'arfc.config.json' })
  assert.deepEqual(shown.timeout_per_model, { value: 90, origin: 'preset retail' })
  assert.deepEqual(shown.review_period, { value: 0, origin: 'default' })
})

test('the settings reach the run, and its record says where they came from', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, i) => `a,${new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)},${5 + (i % 7)}`,
  )
  const cwd = folderWith({
    'sales.csv': `series_name,date,value\n${rows.join('\n')}\n`,
    'arfc.config.json': '{ "horizon": 3, "effort": "fast" }',
  })
  const { code, stderr } = await arfc(['run', 'sales.csv', '--run-dir', 'out', '--no-input'], { cwd })
  assert.equal(code, 0, stderr)
  const run = JSON.parse(readFileSync(join(cwd, 'out/run.json'), 'utf8')) as { config: Shown }
  assert.deepEqual(run.config.horizon, { value: 3, origin: 'arfc.config.json' })
  assert.deepEqual(run.config.effort, { value: 'fast', origin: 'arfc.config.json' })
})

test('faults of the settings are told together, with the file and what was meant', async () => {
  const cwd = folderWith({ 'arfc.config.json': '{ "effort": "fsat", "levle": [80], "horizon": "x", "seed": {} }' })
  const { code, stderr } = await arfc(['config'], { cwd })
  assert.equal(code, 2)
  const text = stderr.replace(/\s+/g, ' ')
  for (const words of [
    'arfc.config.json: effort is «"fsat"»',
    'There is no option arfc.config.json: levle. The closest is level',
    'horizon is «"x"»',
    'seed is',
  ])
    assert.ok(text.includes(words), `${words} in ${text}`)
  writeFileSync(join(cwd, 'broken.json'), '{')
  assert.equal((await arfc(['config', '--config', 'broken.json'], { cwd })).code, 2)
  assert.equal((await arfc(['config', '--config', 'none.json'], { cwd })).code, 4)
})

test('init writes settings and a schema that knows every one of them, and overwrites nothing', async () => {
  const cwd = folderWith({})
  assert.equal((await arfc(['init'], { cwd })).code, 0)
  const schema = JSON.parse(readFileSync(join(cwd, 'arfc.schema.json'), 'utf8')) as {
    properties: Record<string, { enum?: string[] }>
  }
  const settings = Object.keys(await config(cwd))
  assert.deepEqual(Object.keys(schema.properties).sort(), ['$schema', ...settings].sort())
  assert.deepEqual(schema.properties.effort?.enum, ['fast', 'balanced', 'thorough'])
  assert.equal((await arfc(['init'], { cwd })).code, 2)
  assert.ok(existsSync(join(cwd, 'arfc.config.json')))
})

test('completion names every command in each shell; another shell is no word', async () => {
  const shells = await Promise.all(['bash', 'zsh', 'fish', 'csh'].map((shell) => arfc(['completion', shell])))
  for (const { stdout, code } of shells.slice(0, 3)) {
    assert.equal(code, 0)
    for (const word of ['run', 'export', 'import-overrides', 'effort', 'balanced'])
      assert.ok(stdout.includes(word), word)
  }
  assert.equal(shells[3]!.code, 2)
  assert.match(shells[3]!.stderr, /csh/)
})
