import assert from 'node:assert/strict'
import { constants } from 'node:os'
import { after, test } from 'node:test'
import { failCall, shim } from './calls.ts'
import { losePower } from './power-loss.ts'

const library = shim()
after(() => library?.remove())

for (const name of ['EIO', 'ENOSPC'] as const)
  test(`F21: whichever call to the disk fails with ${name}, what was acknowledged is there`, async (t) => {
    if (library === null) return t.skip('no compiler, or not Linux')
    const outcomes = []
    for (const nth of [1, 2, 4, 7, 11, 18, 29]) outcomes.push(await failCall(library.path, nth, constants.errno[name]))
    assert.ok(outcomes.filter(({ failed }) => failed).length >= 5, 'the shim sees the calls')
    for (const { lost, unlisted } of outcomes) {
      assert.equal(lost, 0)
      assert.equal(unlisted, null)
    }
  })

test('F22: wherever the power goes, what was acknowledged is there and no half record is believed', async (t) => {
  if (library === null) return t.skip('no compiler, or not Linux')
  assert.deepEqual(await losePower(library.path, 200), { states: 200, lost: 0, wrong: 0, closed: 0 })
})
