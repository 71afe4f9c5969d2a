import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { arfc, folderWith, root, salesCsv } from './arfc.ts'

const quick = ['--effort', 'fast', '--no-input']
const widestLine = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length))

test('a run writes forecasts, run.json and timings.json, and says so in 80 columns', async () => {
  const cwd = folderWith({ 'sales.csv': salesCsv(48) })
  const { code, stdout, stderr } = await arfc(['run', 'sales.csv', '--run-dir', 'out', ...quick], { cwd })
  assert.equal(code, 0, stderr)
  assert.equal(stdout, '')
  assert.deepEqual(readdirSync(join(cwd, 'out')).sort(), [
    '.holder.json',
    '.lock',
    'checkpoint.sqlite',
    'forecasts.csv',
    'forecasts.json',
    'request.json',
    'run.json',
    'stock.csv',
    'timings.json',
  ])
  assert.match(stderr, /3 of 3 series forecast, 12 periods ahead/)
  assert.match(stderr, /Files in out\n {2}forecasts\.csv/)
  assert.ok(widestLine(stderr) <= 80, stderr)
  const [header, ...rows] = readFileSync(join(cwd, 'out/forecasts.csv'), 'utf8').trim().split(/\r?\n/)
  assert.match(header!, /^series_name,date,period,forecast,/)
  assert.equal(rows.length, 3 * 12)

  const named = await arfc(['explain', 'Ice cream', '--run-dir', 'out'], { cwd })
  assert.equal(named.code, 0, named.stderr)
  assert.match(named.stdout, /Ice cream/)
  assert.ok(widestLine(named.stdout) <= 80, named.stdout)
  assert.doesNotMatch(named.stdout, /\bui\.|undefined|NaN|\{/)
  const json = await arfc(['explain', 'Ice cream', '--run-dir', 'out', '--json'], { cwd })
  assert.equal((JSON.parse(json.stdout) as { status: string }).status, 'success')
  const unknown = await arfc(['explain', 'Icecream', '--run-dir', 'out'], { cwd })
  assert.equal(unknown.code, 2)
  assert.match(unknown.stderr, /Ice cream/)

  const again = await arfc(['run', 'sales.csv', '--run-dir', 'out', ...quick], { cwd })
  assert.equal(again.code, 2)
  assert.match(again.stderr, /--force-new/)
})

test('the outputs are the same bytes with 1 and with 2 workers; --output and standard input work', async () => {
  const cwd = folderWith({ 'sales.csv': salesCsv(48) })
  const from = (workers: number, extra: readonly string[] = []) =>
    arfc(
      [
        'run',
        '-',
        '--workers',
        String(workers),
        '--run-dir',
        `w${workers}`,
        '--horizon',
        '3',
        '--level',
        '80',
        '--level',
        '0.9',
        '-o',
        `w${workers}.csv`,
        '-o',
        `w${workers}.json`,
        '--json',
        ...quick,
        ...extra,
      ],
      { cwd, stdin: salesCsv(48) },
    )
  const [one, two] = await Promise.all([from(1), from(2)])
  assert.equal(one.code, 0, one.stderr)
  assert.equal(two.code, 0, two.stderr)
  const text = (file: string): string => readFileSync(join(cwd, file), 'utf8')
  for (const ending of ['.csv', '.json', '/run.json', '/forecasts.json'])
    assert.equal(text(`w1${ending}`), text(`w2${ending}`))
  assert.match(text('w1.csv'), /lower_80,upper_80,lower_90,upper_90/)
  const summary = JSON.parse(one.stdout) as { series: number; by_status: { success: number }; files: string[] }
  assert.equal(summary.series, 3)
  assert.ok(summary.files.includes('w1.csv'))
})

test('a failed series ends the run with 3, unless --fail-on says otherwise; the others are forecast', async () => {
  const cwd = folderWith({ 'sales.csv': salesCsv(30, true) })
  const strict = await arfc(['run', 'sales.csv', '--accept-rejects', ...quick], { cwd })
  assert.equal(strict.code, 3, strict.stderr)
  assert.match(strict.stderr, /Broken\s+No forecast/)
  const folders = readdirSync(join(cwd, 'arfc-runs'))
  assert.equal(folders.length, 1)
  assert.match(folders[0]!, /^\d{8}-\d{6}-[0-9a-f]{8}$/)
  assert.ok(existsSync(join(cwd, 'arfc-runs', folders[0]!, 'forecasts.csv')))
  const lax = await arfc(['run', 'sales.csv', '--accept-rejects', '--fail-on', 'none', '--quiet', ...quick], { cwd })
  assert.equal(lax.code, 0)
  assert.equal(lax.stderr, '')
})

test('requests that cannot be meant end with 2 and say what was meant', async () => {
  const cwd = folderWith({ 'sales.csv': salesCsv(24) })
  const [option, ending, command, level, effort, preset] = await Promise.all([
    arfc(['run', 'sales.csv', '--horizn', '3'], { cwd }),
    arfc(['run', 'sales.csv', '--output', 'x.docx'], { cwd }),
    arfc(['rnu', 'sales.csv'], { cwd }),
    arfc(['run', 'sales.csv', '--level', '180'], { cwd }),
    arfc(['run', 'sales.csv', '--effort', 'heroic'], { cwd }),
    arfc(['run', 'sales.csv', '--validation-split', '0.7'], { cwd }),
  ])
  for (const each of [option, ending, command, level, effort, preset]) {
    assert.equal(each.code, 2, each.stderr)
    assert.equal(each.stdout, '')
  }
  assert.match(option.stderr, /--horizon/)
  assert.match(ending.stderr, /\.csv, \.xlsx, \.html or \.json/)
  assert.match(command.stderr, /Did you mean run/)
  assert.match(effort.stderr, /balanced/)
  assert.ok(!existsSync(join(cwd, 'arfc-runs')))
})

test('input that cannot be used ends with 4 and a remedy', async () => {
  const rows = salesCsv(24).split('\n')
  const cwd = folderWith({
    'broken.csv': rows
      .map((row, i) => (i > 0 && i % 3 === 0 ? row.replace(/,\d+,pieces/, ',abc,pieces') : row))
      .join('\n'),
    'empty.csv': '',
  })
  const [missing, empty, rejected] = await Promise.all([
    arfc(['run', 'nowhere.csv', '--no-input'], { cwd }),
    arfc(['check', 'empty.csv'], { cwd }),
    arfc(['run', 'broken.csv', '--no-input'], { cwd }),
  ])
  for (const each of [missing, empty, rejected]) assert.equal(each.code, 4, each.stderr)
  assert.match(missing.stderr, /^Error: nowhere\.csv was not found\. Check/)
  assert.match(rejected.stderr, /%/)
})

test('relative paths count from where npm was called', async () => {
  const cwd = folderWith({ 'sales.csv': salesCsv(24) })
  const env = { npm_lifecycle_event: 'arfc', INIT_CWD: cwd }
  const { code, stdout, stderr } = await arfc(['check', 'sales.csv'], { cwd: root, env })
  assert.equal(code, 0, stderr)
  assert.match(stdout, /sales\.csv/)
  const other = await arfc(['check', 'sales.csv'], { cwd: root, env: { ...env, npm_lifecycle_event: 'test' } })
  assert.equal(other.code, 4)
})

test('--hierarchy forecasts totals beside the series, in a file of their own; --against tells what has changed', async () => {
  const lines = (fallen: boolean): string =>
    ['Milano_A', 'Milano_B', 'Roma_A', 'Roma_B']
      .flatMap((name, k) =>
        Array.from({ length: fallen ? 39 : 36 }, (_, t) => {
          const date = `${2022 + Math.floor(t / 12)}-${String((t % 12) + 1).padStart(2, '0')}-01`
          const level = (k + 1) * (40 + ((t * 7) % 5)) * (t > 35 && k === 0 ? 3 : 1)
          return `${name},${date},${level},${10 + k},500`
        }),
      )
      .join('\n')
  const head = 'series_name,date,quantity,price,stock\n'
  const cwd = folderWith({ 'old.csv': head + lines(false), 'new.csv': head + lines(true) })
  const usual = ['--hierarchy', 'names', '--horizon', '6', ...quick]
  const first = await arfc(['run', 'old.csv', '--run-dir', 'one', ...usual], { cwd })
  assert.equal(first.code, 0, first.stderr)
  assert.match(first.stderr, /4 of 4 series forecast[\s\S]*5 totals beside them; all forecasts add up/)
  const rows = (file: string): string[] => readFileSync(join(cwd, file), 'utf8').trim().split('\n').slice(1)
  assert.deepEqual([rows('one/forecasts.csv').length, rows('one/totals.csv').length], [24, 30])
  const sum = (file: string, name: RegExp): number =>
    rows(file)
      .filter((row) => name.test(row))
      .reduce((total, row) => total + Number(row.split(',')[3]), 0)
  const milano = sum('one/totals.csv', /^Milano_\*/)
  assert.ok(Math.abs(sum('one/forecasts.csv', /^Milano_/) - milano) < 1e-9 * milano)
  assert.match(readFileSync(join(cwd, 'one/stock.csv'), 'utf8'), /^series_name,unit,abc,xyz,reorder_point,/)
  assert.equal(rows('one/stock.csv').length, 4)
  const report = JSON.parse(readFileSync(join(cwd, 'one/run.json'), 'utf8')) as Record<string, unknown>
  assert.deepEqual([report.classes_by, (report.series as { total: number }).total], ['value', 4])
  assert.deepEqual((report.hierarchy as object[]).at(-1), { level: [], totals: 1 })

  const second = await arfc(['run', 'new.csv', '--run-dir', 'two', '--against', 'one', ...usual], { cwd })
  assert.equal(second.code, 0, second.stderr)
  assert.match(second.stderr, /Needs attention \(\d\): the worst first, .*\n?.*\(money\)\n {2}Milano_A/)
  assert.ok(widestLine(second.stderr) <= 80, second.stderr)
  const { exceptions } = JSON.parse(readFileSync(join(cwd, 'two/run.json'), 'utf8')) as {
    exceptions: { code: string }[]
  }
  assert.ok(exceptions.some(({ code }) => code === 'exception_outside_band'))
  const wrong = await arfc(['run', 'new.csv', '--hierarchy', 'nonsense', ...quick], { cwd })
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /--hierarchy is «nonsense»/)
})
