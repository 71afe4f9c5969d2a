import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unlimited } from '../../../src/math/optimize/budget.ts'
import { randomStream } from '../../../src/math/random.ts'
import { type EtsFit, type EtsSpec, ets } from '../../../src/models/ets/index.ts'
import { FORMS, formName } from '../../../src/models/ets/spec.ts'

const fitOf = (values: ArrayLike<number>, seasonLength = 1, options: Partial<EtsSpec> = {}): EtsFit =>
  ets.fit({ name: '', values: Float64Array.from(values), seasonLength, calendar: null }, ets.check(options), unlimited)
const forecastOf = (fit: EtsFit, horizon = 6) => ets.forecast(fit, horizon, randomStream('fit'))
const seasonal = Array.from({ length: 48 }, (_, t) => 100 + t + 20 * Math.sin((t * Math.PI) / 6) + ((t * 7919) % 13))

test('two to four observations get the plainest form, within what was seen', () => {
  for (const values of [
    [3, 5],
    [3, 5, 4],
    [3, 5, 4, 6],
    [3, Number.NaN, 5],
  ]) {
    const fit = fitOf(values, 12)
    assert.equal(fit.label, 'ETS(A,N,N)')
    assert.equal(fit.members.length, 1)
    for (const value of forecastOf(fit).mean) assert.ok(value >= 3 && value <= 6, `${values}: ${value}`)
  }
  assert.throws(() => fitOf([3, Number.NaN]), { code: 'series_too_short' })
})

test('the forms are weighed: weights add to 1, the largest leads and names the fit', () => {
  const fit = fitOf(seasonal, 12)
  assert.ok(fit.members.length > 1)
  assert.ok(Math.abs(fit.members.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-12)
  for (const [i, { weight }] of fit.members.entries()) assert.ok(i === 0 || weight <= fit.members[i - 1]!.weight)
  assert.equal(fit.label, fit.members[0]!.label)
  assert.match(fit.label, /^ETS\([AM],(N|A|Ad),[AM]\)\[12\]$/)
  const best = fitOf(seasonal, 12, { selection: 'best' })
  assert.deepEqual(
    best.members.map(({ form, weight }) => [form, weight]),
    [[fit.members[0]!.form, 1]],
  )
})

test('each form can be asked for alone', () => {
  for (const form of FORMS) {
    const fit = fitOf(seasonal, 12, { form: formName(form) })
    assert.deepEqual(
      fit.members.map((member) => member.form),
      [formName(form)],
    )
    assert.equal(forecastOf(fit).spread.kind, form.error === 'A' ? 'normal' : 'paths', formName(form))
  }
})

test('a form that the data cannot have is refused for its own reason', () => {
  assert.throws(() => fitOf([...seasonal, 0], 12, { form: 'MAM' }), { code: 'model_failed' })
  assert.throws(() => fitOf(seasonal, 12, { form: 'MAM', multiplicative: false }), { code: 'model_failed' })
  assert.throws(() => fitOf(seasonal, 1, { form: 'AAA' }), { code: 'season_length_unusable' })
  assert.throws(() => fitOf(seasonal, 40, { form: 'AAA' }), { code: 'season_length_unusable' })
  assert.throws(() => fitOf([1, 2, 3, 4, 6, 5], 1, { form: 'AAdN' }), {
    code: 'series_too_short',
    params: { observations: 6, needed: 8 },
  })
  assert.equal(fitOf([1, 2, 3, 4, 6, 5, 7, 9], 1, { form: 'AAdN' }).members.length, 1)
})

test('nothing multiplies where a value is not positive, or where it is not wanted', () => {
  for (const fit of [fitOf([...seasonal, 0], 12), fitOf(seasonal, 12, { multiplicative: false })])
    for (const { form } of fit.members) assert.doesNotMatch(form, /M/)
})

test('a season of a year of days is no matter', () => {
  for (const m of [52, 168, 365]) {
    const random = randomStream(`long season ${m}`)
    const wave = (t: number): number => 100 + 30 * Math.sin((2 * Math.PI * t) / m) + (t % 7 === 3 ? 25 : 0)
    const values = Array.from({ length: 3 * m }, (_, t) => wave(t % m) + random.normal())
    const { mean } = forecastOf(fitOf(values, m, { form: 'ANA' }), m)
    let squares = 0
    for (let h = 0; h < m; h++) squares += (mean[h]! - wave(h)) ** 2 / m
    // Each season figure is known from three values of variance 1, and the level moves a little.
    assert.ok(Math.sqrt(squares) < 1.5, `${m}: ${Math.sqrt(squares)}`)
  }
})

test('maximum likelihood is at least as likely as MAP, for every form', () => {
  for (const form of FORMS.map(formName)) {
    const [ml, map] = (['ml', 'map'] as const).map(
      (estimation) => fitOf(seasonal, 12, { form, estimation }).members[0]!,
    )
    assert.ok(ml!.logLikelihood >= map!.logLikelihood - 1e-6, `${form}: ${ml!.logLikelihood} < ${map!.logLikelihood}`)
  }
})

test('80 % and 95 % bands of series that follow a form hold what they say', () => {
  const inside = { 0.8: 0, 0.95: 0 }
  let judged = 0
  for (let i = 0; i < 300; i++) {
    const random = randomStream(`coverage ${i}`)
    let level = 100
    const path = Array.from({ length: 86 }, () => {
      const error = 2 * random.normal()
      const value = level + error
      level += 0.3 * error
      return value
    })
    const { mean, spread } = forecastOf(fitOf(path.slice(0, 80), 1, { form: 'ANN' }))
    assert.equal(spread.kind, 'normal')
    if (spread.kind !== 'normal') return
    for (let h = 0; h < 6; h++) {
      const distance = Math.abs(path[80 + h]! - mean[h]!) / spread.sd[h]!
      inside[0.8] += Number(distance < 1.2816)
      inside[0.95] += Number(distance < 1.96)
      judged++
    }
  }
  // 300 series, their six steps dependent: standard errors of about 1.5 % and 0.8 %; a little is lost to estimation.
  assert.ok(Math.abs(inside[0.8] / judged - 0.8) < 0.05, `${inside[0.8] / judged}`)
  assert.ok(Math.abs(inside[0.95] / judged - 0.95) < 0.03, `${inside[0.95] / judged}`)
})
