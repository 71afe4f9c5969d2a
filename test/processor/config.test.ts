import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../src/messages.ts'
import { DEFAULT_CONFIG, type ProcessorConfig, resolveConfig } from '../../src/processor/config.ts'
import { optionsFor } from '../../src/processor/options-for.ts'

function faultsOf(config: Record<string, unknown>): Problem {
  try {
    resolveConfig(config as Partial<ProcessorConfig>)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new assert.AssertionError({ message: 'accepted' })
}

test('nothing given is the defaults of the guide', () => {
  assert.deepEqual(resolveConfig(), DEFAULT_CONFIG)
  assert.deepEqual(resolveConfig({ effort: undefined }), DEFAULT_CONFIG)
})

test('every fault is named at once, with its field, value and what was expected', () => {
  const { all, code } = faultsOf({
    validationSplit: 0.5,
    maxModelsToTry: 2.5,
    maxWorkers: 0,
    levels: [0.8, 95],
    leadTime: '10 days',
    seed: Number.NaN,
    effort: 'lazy',
    enableParallel: 'yes',
    preset: 'constructor',
    timeoutPerModels: 3,
    __proto___: 1,
    toString: 1,
  })
  assert.equal(code, 'config_invalid')
  assert.equal(all.length, 12)
  assert.deepEqual(all[0]!.params, { field: 'validationSplit', value: '0.5', expected: '0.1 – 0.4' })
  const unknown = all.filter((each) => each.code === 'config_unknown')
  assert.deepEqual(
    unknown.map(({ params }) => params.closest),
    ['timeoutPerModel', '', ''],
  )
})

test('a field of the processor is no option; snake_case finds its twin', () => {
  assert.equal(faultsOf({ enableCheckpoint: 1 }).code, 'config_unknown')
  assert.equal(faultsOf({ max_workers: 1 }).params.closest, 'maxWorkers')
})

test('the edges of every range are accepted', () => {
  for (const validationSplit of [0.1, 0.4])
    assert.equal(resolveConfig({ validationSplit }).validationSplit, validationSplit)
  for (const maxModelsToTry of [3, 10]) assert.equal(resolveConfig({ maxModelsToTry }).maxModelsToTry, maxModelsToTry)
})

test('a preset stands between what is given and the defaults; levels are sorted, each once', () => {
  const config = resolveConfig({ preset: 'retail', maxModelsToTry: 3, levels: [0.95, 0.5, 0.95] })
  assert.deepEqual(
    [config.validationSplit, config.maxModelsToTry, config.seasonalPreference, config.timeoutPerModel],
    [0.15, 3, true, 90],
  )
  assert.deepEqual(config.levels, [0.5, 0.95])
})

test('a lead time in days becomes periods; without a frequency it is refused; without one it is assumed', () => {
  const config = resolveConfig({ leadTime: '14d' })
  const item = { name: 'a', calendar: null }
  assert.equal(optionsFor(item, config, 3, {}, { unit: 'week', step: 1 }).leadTime, 2)
  assert.equal(optionsFor(item, config, 3, {}, { unit: 'day', step: 1 }).leadTime, 14)
  assert.equal(optionsFor(item, config, 3, {}, { unit: 'businessDay', step: 1 }).leadTime, 10)
  assert.equal(optionsFor(item, config, 3, { leadTime: 3 }).leadTime, 3)
  assert.throws(() => optionsFor(item, config, 3), { code: 'config_invalid' })
  const { leadTime, leadTimeAssumed } = optionsFor(item, resolveConfig(), 3)
  assert.deepEqual([leadTime, leadTimeAssumed], [1, true])
})
