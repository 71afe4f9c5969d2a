import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOneLine } from './judge.ts'
import { killOften } from './kill.ts'

const KILLS = process.env.CI ? 100 : 30

test(`F01: ${KILLS} kills of the whole run at any moment lose nothing, double nothing and change no byte`, async (t) => {
  const verdict = await killOften(KILLS, 'short')
  t.diagnostic(`${inOneLine(verdict)} in ${verdict.runs} runs`)
  assert.ok(verdict.kills >= KILLS)
  assert.deepEqual([verdict.lost, verdict.doubled, verdict.wrong], [0, 0, []])
})
