import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { arfc, folderWith } from './arfc.ts'

const HEAD = 'series_name,date,value\n'
const month = (t: number): string => `${2020 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01`
const monthly = (name: string, n = 40, value = (t: number): string => String(100 + ((t * 7919) % 11))): string[] =>
  Array.from({ length: n }, (_, t) => `${name},${month(t)},${value(t)}`)
const file = (...rows: (string | string[])[]): string => `${HEAD}${rows.flat().join('\n')}\n`

/** A folder with files of text or bytes. */
function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const cwd = folderWith({})
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content)
  return cwd
}

/** No sentence may leave a hole, a code, a stack, or a line too long for the window. */
function readable(text: string, about: string): void {
  assert.doesNotMatch(text, /undefined|NaN|\bui\.|\{|\n +at |«»/, about)
  for (const line of text.split('\n')) assert.ok([...line].length <= 80, `${about}: ${line}`)
}

test('a file that cannot be used ends run and check with 4, the place and the remedy; nothing is written', async () => {
  const dates = ['01/02/2024', '02/01/2024', '03/05/2024', '04/03/2024', '06/04/2024', '05/06/2024']
  const unusable: Record<string, readonly [content: string | Buffer, words: RegExp]> = {
    'empty.csv': ['', /is empty\. Export it again/],
    'blank.csv': ['\ufeff\n\r\n\n', /is empty\. Export it again/],
    'header.csv': [HEAD, /header and no rows\. Export it again/],
    'noise.csv': [
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * i * 31 + 7 * i) % 256)),
      /Save the data as CSV/,
    ],
    'picture.csv': [Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), /a picture\. Save the data as CSV/],
    'cut.csv.gz': [Buffer.from('1f8b0800000000000003cb48', 'hex'), /ends too early\. Copy it again/],
    'colours.csv': [file(monthly('a', 20, (t) => ['red', 'blue'][t % 2]!)), /row 1: .*numbers.*--value/s],
    'undated.csv': ['series_name,value\na,1\nb,2\na,3\n', /row 1: .*dates.*--date/s],
    'twice.csv': ['date,value,value\n2024-01-01,1,2\n2024-02-01,3,4\n', /value stands more than once.*Rename/s],
    'orders.csv': [file(dates.map((date, i) => `a,${date},${i}`)), /«01\/02\/2024» in column date.*--date-order/s],
    'signs.csv': [
      `a;date;value\n${Array.from({ length: 20 }, (_, t) => `x;${month(t)};${t % 2 ? '1.100,50' : '1,100.50'}`).join('\n')}`,
      /«1,100\.50 \/ 1\.100,50».*--decimal/s,
    ],
    'wordy.csv': [
      file(
        monthly('a', 30),
        monthly('b', 10, () => 'abc'),
      ),
      /10 of 40 rows \(25 %\).*--accept-rejects/s,
    ],
    'line.csv': [file(monthly('a'), `${'x'.repeat(1_100_000)},2024-01-01,5`), /Row 42 is longer than/],
  }
  const cwd = folder(Object.fromEntries(Object.entries(unusable).map(([name, [content]]) => [name, content])))
  for (const [name, [, words]] of Object.entries(unusable)) {
    const [run, check] = await Promise.all([
      arfc(['run', name, '--no-input'], { cwd }),
      arfc(['check', name, '--no-input'], { cwd }),
    ])
    assert.deepEqual([run.code, check.code], [4, 4], `${name}: ${run.stderr}`)
    for (const text of [run.stderr, check.stdout]) {
      assert.match(text.replace(/\s+/g, ' '), words, name)
      readable(text, name)
    }
    assert.equal(run.stdout, '')
    assert.doesNotMatch(check.stdout, /Next:/)
  }
  assert.ok(!existsSync(join(cwd, 'arfc-runs')))
})

test('what is good in a bad file is forecast, and every row is accounted for', async () => {
  const good = (name: string): string[] => monthly(name)
  const inEndings = (text: string): string =>
    text
      .split('\n')
      .map((line, i) => line + ['\n', '\r\n', '\r'][i % 3])
      .join('')
  const bad: Record<string, readonly [content: string | Buffer, problems: Record<string, number[]>]> = {
    'dates.csv': [
      file(good('dates'), 'dates,2024-02-30,5', 'dates,soon,5', 'dates,,5'),
      { row_date_invalid: [42, 43, 44] },
    ],
    'far.csv': [file('far,1024-01-01,3', good('far'), 'far,9999-12-31,5'), { row_date_far: [2, 43] }],
    'unsorted.csv': [file(good('unsorted').reverse()), {}],
    'repeated.csv': [file(good('repeated'), good('repeated').slice(0, 5), 'repeated,2021-01-01,104'), {}],
    'quote.csv': [
      file(good('quote').slice(0, 9), '"quote,2030-01-01,5', good('quote').slice(9)),
      { quote_unclosed: [11] },
    ],
    'ragged.csv': [file(good('ragged'), 'ragged,2024-01-01', 'a,b,c,d'), { row_columns_mismatch: [42, 43] }],
    'zeros.csv': [
      file(good('zeros'), 'a\u0000b,2024-01-01,5', 'zeros,2024-01-01,5\u0000'),
      { name_unusable: [42], row_value_invalid: [43] },
    ],
    'padded.csv': [`${file(good('padded'))}${'\u0000'.repeat(300)}\u001a`, {}],
    'endings.csv': [inEndings(file(good('endings'))), {}],
    'wide16.csv': [Buffer.from(`\ufeff${file(good('wide16'))}`, 'utf16le'), {}],
    'western.csv': [Buffer.from(file(good('caffè')), 'latin1'), {}],
    'damaged.csv': [
      Buffer.concat([Buffer.from(file(good('più'))), Buffer.from([0xc3, 0x28]), Buffer.from(',2024-01-01,5\n')]),
      { encoding_invalid: [42] },
    ],
    'long.csv': [
      file(good('long'), `long,${'9'.repeat(3000)},5`, `long,2024-01-01,${'9'.repeat(3000)}`),
      { row_date_invalid: [42], row_value_invalid: [43] },
    ],
    'comma.csv': [file(good('comma')).replaceAll(',', ';').replaceAll('\n', ',5\n').replace('value,5', 'value'), {}],
    'total.csv': [file(good('total'), 'Total,,4200'), { row_not_data: [42] }],
  }
  const cwd = folder(Object.fromEntries(Object.entries(bad).map(([name, [content]]) => [name, content])))
  const names = Object.keys(bad)
  const [check, run] = await Promise.all([
    arfc(['check', ...names, '--json'], { cwd }),
    arfc(['run', ...names, '--run-dir', 'out', '--effort', 'fast', '--horizon', '3', '--no-input'], { cwd }),
  ])
  assert.equal(check.code, 0, check.stderr)
  const report = JSON.parse(check.stdout) as {
    files: { file: string; rows_in: number; used: number; repaired: number; rejected: number }[]
    problems: { code: string; file: string; row: number; column?: string; severity: string }[]
  }
  for (const { file: name, rows_in, used, repaired, rejected } of report.files) {
    const found = report.problems.filter((each) => each.file === name)
    const rows = new Map<string, number[]>()
    for (const { code, row } of found) rows.set(code, [...(rows.get(code) ?? []), row])
    assert.deepEqual(Object.fromEntries(rows), bad[name]![1], name)
    assert.equal(used + repaired + rejected, rows_in, name)
    assert.ok(used + repaired >= 40, `${name}: ${used} used, ${repaired} repaired`)
    for (const { code, column } of found)
      if (/^row_(date|value)/.test(code)) assert.equal(column, code.startsWith('row_date') ? 'date' : 'value')
  }
  assert.equal(run.code, 0, run.stderr)
  readable(run.stderr, 'run')
  const forecasts = readFileSync(join(cwd, 'out/forecasts.csv'), 'utf8')
  for (const name of [
    'dates',
    'far',
    'unsorted',
    'repeated',
    'quote',
    'ragged',
    'zeros',
    'padded',
    'endings',
    'wide16',
  ])
    assert.match(forecasts, new RegExp(`\\n${name},2023-05-01,1,`), name)
  for (const name of ['caffè', 'più', 'long', 'comma', 'total'])
    assert.match(forecasts, new RegExp(`\\n${name},2023-05-01,1,`), name)
})

test('one series that cannot be forecast leaves the others, in check and in run', async () => {
  const cwd = folder({
    'mixed.csv': file(
      monthly('good'),
      monthly('beyond', 24, (t) => `${t + 1}e300`),
      monthly('endless', 24, () => '1e400'),
      monthly('blank', 24, () => ''),
      'alone,2024-01-01,5',
      monthly('slip', 40, (t) => (t === 20 ? '1e12' : String(100 + (t % 7)))),
    ),
  })
  const [check, run] = await Promise.all([
    arfc(['check', 'mixed.csv'], { cwd }),
    arfc(['run', 'mixed.csv', '--run-dir', 'out', '--horizon', '3', '--no-input'], { cwd }),
  ])
  assert.equal(check.code, 0, check.stderr)
  readable(check.stdout, 'check')
  for (const code of ['series_out_of_range', 'series_no_values', 'series_too_short', 'outlier_set_aside'])
    assert.match(check.stdout, new RegExp(code))
  assert.equal(run.code, 3, run.stderr)
  assert.match(run.stderr, /3 of 6 series forecast|2 by the chosen model, 1 by a simpler one, 3 failed/)
  assert.match(run.stderr, /1 {2}value far beyond all others set aside/)
  const lines = readFileSync(join(cwd, 'out/forecasts.csv'), 'utf8').trim().split(/\r?\n/)
  const status = (name: string): string[] => lines.filter((line) => line.startsWith(`${name},`))
  assert.equal(status('good').length, 3)
  for (const name of ['beyond', 'endless', 'blank']) assert.match(status(name).join(), /^[a-z]+,,+failed,$/, name)
  assert.match(status('alone').join(), /fallback/)
})

test('names from a file cannot drive the terminal', async () => {
  const names = ['a\u001b[31mred', 'b\u202etxt', 'c\u0007', 'd\u2028e', '"f\ng"', '__proto__', '../../h']
  const cwd = folder({ 'names.csv': file(...names.map((name) => monthly(name, 3))) })
  const check = await arfc(['check', 'names.csv'], { cwd })
  const run = await arfc(['run', 'names.csv', '--run-dir', 'out', '--horizon', '2', '--no-input'], { cwd })
  const explain = await arfc(['explain', 'a\u001b[31mred', '--run-dir', 'out'], { cwd })
  const wrong = await arfc(['explain', 'a\u001b[31mrod', '--run-dir', 'out'], { cwd })
  for (const { stdout, stderr } of [check, run, explain, wrong])
    assert.doesNotMatch((stdout + stderr).replaceAll('\n', ''), /[\p{Cc}\u2028\u202a-\u202e]/u)
  assert.deepEqual([check.code, run.code, explain.code, wrong.code], [0, 0, 0, 2])
  for (const shown of ['a␛[31mred', 'b<U+202E>txt', 'f␊g', '__proto__']) assert.ok(check.stdout.includes(shown), shown)
})

test('numbers of periods that cannot be meant are refused at once (H014, H016)', async () => {
  const cwd = folder({ 'sales.csv': file(monthly('a')) })
  const wrong = [
    ...['0', '-1', '1.5', '10001', '1000000000', 'x', ''].map((n) => ['--horizon', n]),
    ...['0', '-3', '2.5', 'x'].map((n) => ['--season-length', n]),
  ]
  for (let i = 0; i < wrong.length; i += 2)
    for (const { code, stderr } of await Promise.all(
      wrong.slice(i, i + 2).map((words) => arfc(['run', 'sales.csv', '--no-input', ...words], { cwd })),
    ))
      assert.equal(code, 2, stderr)
  const { code, stdout } = await arfc(['check', 'sales.csv', '--season-length', '1000000000', '--json'], { cwd })
  assert.equal(code, 0)
  assert.match(stdout, /season_length_unusable/)
})
