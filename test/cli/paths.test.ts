import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exitCodeFor } from '../../src/cli/fail-on.ts'
import { majorityHorizon } from '../../src/cli/horizon.ts'
import { fit, wrap } from '../../src/cli/layout.ts'
import { wantedLocale } from '../../src/cli/locale.ts'
import { callerFolder } from '../../src/cli/paths.ts'
import { closestNames } from '../../src/processor/closest.ts'

test('the caller stands where npm was called, only for the scripts that pass words on', () => {
  assert.equal(callerFolder({ npm_lifecycle_event: 'arfc', INIT_CWD: '/there' }, '/package'), '/there')
  assert.equal(callerFolder({ npm_lifecycle_event: 'start', INIT_CWD: '/there' }, '/package'), '/there')
  assert.equal(callerFolder({ npm_lifecycle_event: 'test', INIT_CWD: '/there' }, '/package'), '/package')
  assert.equal(callerFolder({ INIT_CWD: '/there' }, '/package'), '/package')
  assert.equal(callerFolder({ npm_lifecycle_event: 'arfc' }, '/package'), '/package')
})

test('the locale is the one asked for, then the system, then English', () => {
  assert.equal(wantedLocale(['run', '--locale', 'it'], { LANG: 'fr_FR.UTF-8' }), 'it')
  assert.equal(wantedLocale(['--locale=zh', 'run'], {}), 'zh')
  assert.equal(wantedLocale(['run'], { LANG: 'fr_FR.UTF-8' }), 'fr-FR')
  assert.equal(wantedLocale(['run'], { LC_ALL: 'C', LANG: 'fr_FR' }), 'en')
})

test('the horizon is one season of the majority', () => {
  assert.deepEqual(majorityHorizon([12, 12, 4]), { horizon: 12, seasonal: true })
  assert.deepEqual(majorityHorizon([12, 4]), { horizon: 12, seasonal: true })
  assert.deepEqual(majorityHorizon([1, 1, 12]), { horizon: 6, seasonal: false })
  assert.deepEqual(majorityHorizon([]), { horizon: 6, seasonal: false })
})

test('failed series end the run as --fail-on says', () => {
  assert.equal(exitCodeFor(0, 10, 'any'), 0)
  assert.equal(exitCodeFor(1, 10, 'any'), 3)
  assert.equal(exitCodeFor(1, 10, 'none'), 0)
  assert.equal(exitCodeFor(1, 10, 20), 0)
  assert.equal(exitCodeFor(2, 10, 20), 3)
})

test('the closest names come first: those that contain its words, then those a few letters away', () => {
  const names = ['Liquor retailing, Victoria', 'Lambs, Victoria', 'Pigs, Tasmania']
  assert.deepEqual(closestNames('liquor vic', names, 1), ['Liquor retailing, Victoria'])
  assert.deepEqual(closestNames('Pigs, Tasmanai', names, 1), ['Pigs, Tasmania'])
  assert.deepEqual(closestNames('xyz', ['Sales of the northern region']), [])
})

test('lines keep their width, in every script', () => {
  assert.equal(fit('abcdef', 4), 'abc…')
  assert.equal(fit('销售预测', 5), '销售…')
  for (const text of ['one two three four five six', '这是一个很长的句子，没有空格，需要换行。', 'a'.repeat(50)])
    for (const line of wrap(text, 20, 2).split('\n')) {
      const width = [...line].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 2 : 1), 0)
      assert.ok(width <= 20, line)
      assert.ok(line.startsWith('  '))
    }
  assert.equal(wrap('one two three', 9), 'one two\nthree')
})
