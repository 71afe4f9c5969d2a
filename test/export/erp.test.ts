import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { dateText, isoWeek, periodEnd } from '../../src/export/erp/date-text.ts'
import { erpExport } from '../../src/export/erp/export.ts'
import { checkedProfile } from '../../src/export/erp/profile.ts'
import { roundPreservingTotal } from '../../src/export/erp/round-quantities.ts'
import { Problem } from '../../src/messages.ts'
import { erpProfileNames, loadErpProfile } from '../../src/processor/erp-profile.ts'
import { FORMULA_NAMES, forecast, result } from './results.ts'

const monthly = (changes: Parameters<typeof result>[0] = {}) =>
  result({
    calendar: { frequency: { unit: 'month', step: 1 }, start: '2023-01-01', monthEnd: false },
    dates: ['2025-01-01', '2025-02-01'],
    outcome: { forecast: { ...forecast, mean: Float64Array.of(125.3, 10.4) } },
    ...changes,
  })
const weekly = (dates: string[]) =>
  result({
    calendar: { frequency: { unit: 'week', step: 1 }, start: '2024-12-30', monthEnd: false },
    dates,
    outcome: { forecast: { ...forecast, mean: Float64Array.of(3, 4) } },
  })
const sap = { plant: '1000' }
const told = (export_: ReturnType<typeof erpExport>): string[] => export_.problems.map(({ code }) => code)

test('rounding keeps the total and stays within one unit of each value', () => {
  assert.deepEqual(roundPreservingTotal([0.4, 0.4, 0.4], 0), [1, 0, 0])
  assert.deepEqual(roundPreservingTotal([1.25, 1.25], 1), [1.3, 1.2])
  assert.deepEqual(roundPreservingTotal([0.1 + 0.2, 0.7], 1), [0.3, 0.7])
  assert.deepEqual(roundPreservingTotal([-1.5, 2.5], 0), [-1, 2])
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 3 }),
      (values, decimals) => {
        const scale = 10 ** decimals
        const rounded = roundPreservingTotal(values, decimals)
        const sum = rounded.reduce((total, value) => total + Math.round(value * scale), 0)
        const exact = values.reduce((total, value) => total + value * scale, 0)
        // halves may fall to either side
        assert.ok(Math.abs(sum - exact) <= 0.5 + 1e-6)
        assert.ok(rounded.every((value, i) => Math.abs(value - values[i]!) <= 1 / scale + 1e-9))
      },
    ),
  )
})

test('dates in the letters of a mapping', () => {
  assert.equal(dateText('2025-02-03', 'YYYYMMDD'), '20250203')
  assert.equal(dateText('2025-02-03', 'M/D/YYYY'), '2/3/2025')
  assert.equal(dateText('2025-02-03', '[Daily Quantity: ]M/D/YYYY'), 'Daily Quantity: 2/3/2025')
  assert.deepEqual(isoWeek('2024-12-30'), { year: 2025, week: 1 })
  assert.deepEqual(isoWeek('2027-01-01'), { year: 2026, week: 53 })
  assert.equal(dateText('2024-12-30', 'GGGGWW'), '202501')
  assert.equal(periodEnd('2024-03-01', '2024-02-01'), '2024-02-29')
})

test('every mapping that comes with the program is valid, and says what it needs', () => {
  assert.deepEqual(erpProfileNames(), [
    'business-central',
    'dynamics',
    'generic',
    'netsuite',
    'oracle',
    'sap-ibp',
    'sap-pir',
  ])
  for (const name of erpProfileNames()) {
    const profile = loadErpProfile(name)
    assert.equal(profile.name, name)
    const settings = Object.fromEntries(
      Object.entries(profile.settings ?? {}).map(([key, { default: fallback }]) => [key, fallback || 'X']),
    )
    const { problems, totals } = erpExport([monthly()], profile, settings)
    assert.deepEqual(
      problems.filter(({ severity }) => severity === 'error'),
      [],
      name,
    )
    assert.equal(totals.total_quantity, profile.quantity.decimals === 0 ? 136 : 135.7, name)
  }
})

test('the file of requirements for SAP, and its control totals', () => {
  const { text, totals, problems } = erpExport([monthly()], loadErpProfile('sap-pir'), sap)
  assert.deepEqual(problems, [])
  assert.deepEqual(text.split('\r\n').slice(1), [
    'Prodotto_A;1000;;VSF;00;;;202501;M;20250101;125;EA',
    'Prodotto_A;1000;;VSF;00;;;202502;M;20250201;11;EA',
    '',
  ])
  assert.deepEqual(totals, {
    ...{ profile: 'sap-pir', mode: 'replace', rows: 2, series: 1, first_date: '2025-01-01', last_date: '2025-02-01' },
    ...{ total_quantity: 136, sha256: createHash('sha256').update(text).digest('hex') },
  })
})

test('a wide file: one row an item, a column a period', () => {
  const { text } = erpExport([monthly(), monthly({ name: 'b' })], loadErpProfile('netsuite'), {})
  assert.deepEqual(text.trimEnd().split('\r\n'), [
    'Item,Location,Subsidiary,View,Monthly Quantity: 1/1/2025,Monthly Quantity: 2/1/2025',
    'Prodotto_A,,,Monthly,125,11',
    'b,,,Monthly,125,11',
  ])
})

test('what the target would not take is found before it is sent', () => {
  const profile = loadErpProfile('sap-pir')
  assert.deepEqual(told(erpExport([monthly()], profile, {})), ['erp_setting_missing'])
  assert.deepEqual(told(erpExport([monthly({ unit: null })], profile, sap)), ['erp_value_missing'])
  assert.deepEqual(told(erpExport([monthly({ name: 'x'.repeat(41) })], profile, sap)), ['erp_value_too_long'])
  assert.deepEqual(told(erpExport([monthly(), monthly()], profile, sap)), ['erp_duplicate', 'erp_duplicate'])
  assert.deepEqual(told(erpExport([result()], profile, sap)), ['erp_date_off', 'erp_date_off'])
  assert.deepEqual(told(erpExport([weekly(['2025-01-06', '2025-01-13'])], profile, sap)), [])
  assert.deepEqual(told(erpExport([weekly(['2025-01-05', '2025-01-12'])], profile, sap)), [
    'erp_date_off',
    'erp_date_off',
  ])
  // weeks that begin on a Sunday, as the person says
  const sundays = erpExport([weekly(['2025-01-05', '2025-01-12'])], profile, { ...sap, week_start: '7' })
  assert.deepEqual(
    [told(sundays), sundays.text.split('\r\n')[1]!.split(';').slice(7, 10)],
    [[], ['202501', 'W', '20250105']],
  )
  assert.deepEqual(told(erpExport([weekly(['2025-01-06', '2025-01-13'])], profile, { ...sap, week_start: 'x' })), [
    'config_invalid',
  ])
  const negative = monthly({ outcome: { forecast: { ...forecast, mean: Float64Array.of(-3, 5) } } })
  assert.deepEqual(told(erpExport([negative], profile, sap)), ['erp_negative'])
  assert.deepEqual(told(erpExport([negative], loadErpProfile('generic'), {})), [])
  const undated = result({ name: 'u', calendar: null, dates: [null, null] })
  assert.deepEqual(told(erpExport([monthly(), undated], profile, sap)), ['erp_series_left_out'])
  const limited = { ...profile, limits: { rows: 1, bytes: 10 } }
  assert.deepEqual(told(erpExport([monthly()], limited, sap)), ['erp_too_many_rows', 'erp_file_too_large'])
  const many = erpExport(
    Array.from({ length: 30 }, (_, i) => monthly({ name: `${i}${'x'.repeat(40)}` })),
    profile,
    sap,
  )
  assert.deepEqual([told(many).length, told(many).at(-1)], [21, 'problems_not_listed'])
})

test('a name that looks like a formula is refused, never changed; negative numbers are no formulas (H037)', () => {
  for (const name of FORMULA_NAMES.filter((each) => !each.startsWith("'") && each !== '－x')) {
    const { problems, text } = erpExport([monthly({ name })], loadErpProfile('generic'), {})
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['erp_text_unsafe'],
      JSON.stringify(name),
    )
    assert.ok(text.includes(name.replaceAll('"', '""')))
  }
  assert.deepEqual(told(erpExport([monthly({ name: '-12.5' })], loadErpProfile('generic'), {})), [])
})

test('only what differs is sent where the target adds up, and it adds up to the new whole', () => {
  const profile = loadErpProfile('business-central')
  const settings = { forecast: 'PLAN' }
  const of = (a: number, b: number, name = 'a') =>
    monthly({ name, outcome: { forecast: { ...forecast, mean: Float64Array.of(a, b) } } })
  assert.deepEqual(told(erpExport([of(1, 2)], profile, settings)), ['erp_adds_up'])
  const delta = erpExport([of(10, 20), of(1, 1, 'new')], profile, settings, [of(10, 15), of(7, 0, 'gone')])
  assert.deepEqual(delta.problems, [])
  const rows = delta.text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split('\t'))
  assert.deepEqual(
    rows.map(([, item, , date, quantity]) => [item, date, quantity]),
    [
      ['a', '2025-02-01', '5'],
      ['new', '2025-01-01', '1'],
      ['new', '2025-02-01', '1'],
      ['gone', '2025-01-01', '-7'],
    ],
  )
  assert.equal(erpExport([of(1, 2)], profile, settings, [of(1, 2)]).totals.rows, 0)
})

test('a mapping with faults is told by its fields', () => {
  const mapping = structuredClone(loadErpProfile('generic')) as unknown as Record<string, unknown>
  const faults = (change: Record<string, unknown>): string[] => {
    try {
      checkedProfile({ ...mapping, ...change }, 'mine.json')
    } catch (error) {
      if (error instanceof Problem) return error.all.map(({ params }) => String(params.field))
    }
    return []
  }
  assert.deepEqual(faults({}), [])
  assert.deepEqual(faults({ layout: 'tall' }), ['layout'])
  assert.deepEqual(
    faults({ columns: [{ name: 'a' }, { name: 'b', setting: 'none' }, { name: 'c', from: 'series_part' }] }),
    ['columns.0', 'columns.1', 'columns.2'],
  )
  assert.deepEqual(faults({ layout: 'wide' }), ['wide_column'])
  assert.throws(
    () => loadErpProfile('sap'),
    (error) => error instanceof Problem && error.code === 'profile_unknown',
  )
})

test("a person's value goes to the target in place of the forecast", () => {
  const overridden = monthly({ overrides: [{ period: 2, value: 40, reason: 'promotion', note: '', author: '' }] })
  const { text, totals } = erpExport([overridden], loadErpProfile('sap-pir'), sap)
  assert.match(text, /20250201;40;EA/)
  assert.equal(totals.total_quantity, 165)
})
