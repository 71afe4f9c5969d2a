import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutated, readMutated } from '../soak/read-mutated.ts'

/** `npm run soak:import` does the same for ten minutes. */
test('spoilt files of every kind are answered, and no row is lost', async () => {
  let readable = 0
  for (let i = 0; i < 250; i++) {
    const key = `short ${i}`
    try {
      const { series, milliseconds } = await readMutated(mutated(key))
      if (series > 0) readable++
      assert.ok(milliseconds < 20_000)
    } catch (error) {
      throw new Error(`the file of «${key}»`, { cause: error })
    }
  }
  assert.ok(readable > 60, `${readable}`)
})
