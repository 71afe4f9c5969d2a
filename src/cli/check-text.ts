import { tally } from '../export/report/summary.ts'
import { render, renderPlace } from '../i18n/render.ts'
import type { LocatedProblem, Repair } from '../messages.ts'
import type { CheckedFile, CheckedSeries, CheckReport } from '../processor/check-report.ts'
import { fit, padEnd, padStart, table, widest, wrap } from './layout.ts'
import type { Paint } from './output.ts'
import type { Say } from './words.ts'

interface Page {
  readonly say: Say
  readonly locale: string
  readonly width: number
  readonly paint: Paint
}

const SHOWN_SERIES = 20
const SHOWN_COLUMNS = 10
const NARROWEST_NAME = 12
const SHOWN_EXAMPLES = 2

/** How one file was understood, as label and value. */
function fileLines(file: CheckedFile, { say, locale, width, paint }: Page): string[] {
  const rows: [string, string][] = []
  const { dialect } = file
  if (file.sheet !== null) rows.push([say('check.sheet'), file.sheet])
  if (file.layout !== null) rows.push([say('check.layout'), say(`check.layout_${file.layout}`)])
  if (file.encoding !== '' && dialect?.delimiter !== null) rows.push([say('check.encoding'), file.encoding])
  if (dialect !== null) {
    const { delimiter, decimal, thousands } = dialect
    const named =
      delimiter === '\t' ? say('check.delimiter_tab') : delimiter === ' ' ? say('check.delimiter_space') : null
    if (delimiter !== null) rows.push([say('check.delimiter'), named ?? delimiter])
    rows.push([
      say('check.numbers'),
      thousands
        ? say('check.numbers_thousands', { decimal: decimal ?? '', thousands })
        : say('check.numbers_plain', { decimal: decimal ?? '' }),
    ])
    rows.push([say('check.dates'), say(`check.dates_${dialect.date_order ?? 'none'}`)])
  }
  const columns = Object.entries(file.columns).map(([name, role]) => `${name} (${say(`check.role_${role}`)})`)
  if (columns.length > 0) {
    const row = file.header_row
    rows.push([say('check.header'), row === null ? say('check.header_none') : say('check.header_row', { row })])
    const more = columns.length - SHOWN_COLUMNS
    const shown = more > 1 ? [...columns.slice(0, SHOWN_COLUMNS), say('check.columns_more', { count: more })] : columns
    rows.push([say('check.columns'), shown.join(', ')])
  }
  for (const [i, code] of file.evidence.entries())
    rows.push([i === 0 ? say('check.evidence') : '', render(code, locale)])
  const { rows_in: rowsIn, used, repaired, rejected } = file
  rows.push([say('check.rows'), say('check.rows_count', { rowsIn, used, repaired, rejected })])
  const room = widest(rows.map(([label]) => label)) + 4
  return [
    paint('bold', fit(file.file, width)),
    ...rows.map(([label, value]) => `  ${padEnd(label, room - 2)}${wrap(value, width, room).trimStart()}`),
  ]
}

/** The first rows as they stand in the file, each above what was read of it. */
function exampleLines({ examples }: CheckedFile, { say, locale, width, paint }: Page): string[] {
  if (examples.length === 0) return []
  const read = examples.map(({ series, date, value }) => [
    series,
    date ?? '',
    value === null ? '' : value.toLocaleString(locale, { maximumFractionDigits: 6 }),
  ])
  const titles = ['name', 'date', 'value'].map((word) => say(`check.example_${word}`))
  const room = (column: number): number => widest([titles[column]!, ...read.map((row) => row[column]!)])
  const name = Math.max(NARROWEST_NAME, Math.min(room(0), Math.floor(width / 3)))
  const raw = Math.max(NARROWEST_NAME, width - 6 - String(examples.at(-1)!.row).length - name - room(1) - room(2) - 6)
  const rows = examples.map((each, i) => [
    String(each.row),
    fit(each.raw.map((cell) => cell.trim()).join(' | '), raw),
    fit(read[i]![0]!, name),
    read[i]![1]!,
    read[i]![2]!,
  ])
  const head = [say('check.example_row'), say('check.example_raw'), ...titles].map((word) => paint('dim', word))
  return ['', table([head, ...rows], ['right', 'left', 'left', 'left', 'right'])]
}

function seriesLines(series: readonly CheckedSeries[], { say, paint, width }: Page): string[] {
  const head = ['observations', 'from', 'to', 'frequency', 'season'].map((word) => say(`check.column_${word}`))
  const shown = series.slice(0, SHOWN_SERIES)
  const facts = shown.map((each) => [
    String(each.observations),
    each.observations === 0 ? '' : (each.start?.slice(0, 10) ?? '1'),
    each.observations === 0 ? '' : (each.end?.slice(0, 10) ?? String(each.observations)),
    each.frequency === null ? say('check.no_frequency') : say('check.frequency', { name: each.frequency }),
    each.season_length > 1 ? String(each.season_length) : say('check.no_season'),
  ])
  const taken = head.reduce((sum, word, i) => sum + 2 + widest([word, ...facts.map((row) => row[i]!)]), 2)
  const rows = shown.map((each, i) => [fit(each.name, Math.max(NARROWEST_NAME, width - taken)), ...facts[i]!])
  const titles = [say('check.column_name'), ...head].map((word) => paint('dim', word))
  return [
    paint('bold', say('check.series', { count: series.length })),
    table([titles, ...rows], ['left', 'right', 'left', 'left', 'left', 'right']),
    ...(series.length > SHOWN_SERIES ? [`  ${say('check.series_more', { count: series.length - SHOWN_SERIES })}`] : []),
    ...patternLine(series, say, width),
  ]
}

/** What the engine sees in them, the most frequent first; nothing where it was not asked. */
function patternLine(series: readonly CheckedSeries[], say: Say, width: number): string[] {
  const counts = Object.entries(tally(series.flatMap((each) => each.pattern ?? [])))
  if (counts.length === 0) return []
  const patterns = counts.map(([pattern, count]) => `${say(`pattern.${pattern}`)} ${count}`).join(', ')
  return [wrap(say('check.patterns', { patterns }), width, 2)]
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const each of all) {
    const key = keyOf(each)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [each])
    else group.push(each)
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
}

function problemLines(problems: readonly LocatedProblem[], { say, locale, width, paint }: Page): string[] {
  if (problems.length === 0) return [say('check.problems_none')]
  const lines = [paint('bold', say('check.problems'))]
  for (const [code, group] of grouped(problems, (each) => each.code)) {
    const tone = group[0]!.severity === 'error' ? 'red' : 'yellow'
    lines.push(`  ${paint(tone, padStart(group.length.toLocaleString(locale), 5))}  ${paint('dim', code)}`)
    for (const each of group.slice(0, SHOWN_EXAMPLES)) lines.push(wrap(renderPlace(each, locale), width, 9))
    if (group.length > SHOWN_EXAMPLES)
      lines.push(wrap(say('check.problems_example', { count: group.length - SHOWN_EXAMPLES }), width, 9))
  }
  return lines
}

const tellsChange = ({ before, after }: Repair): boolean => before !== null && after !== null && before !== after

function repairLines(repairs: readonly Repair[], { say, locale, width, paint }: Page): string[] {
  if (repairs.length === 0) return [say('check.repairs_none')]
  const lines = [paint('bold', say('check.repairs'))]
  for (const [kind, group] of grouped(repairs, (each) => each.kind)) {
    const [first] = group
    lines.push(
      wrap(
        `${padStart(group.length.toLocaleString(locale), 5)}  ${say(`repair.${kind}`, { count: group.length })}`,
        width,
        2,
      ),
    )
    lines.push(
      paint(
        'dim',
        wrap(
          say(tellsChange(first!) ? 'check.repair_example' : 'check.repair_place', {
            series: first!.series,
            row: String(first!.row ?? 'none'),
            before: String(first!.before),
            after: String(first!.after),
          }),
          width,
          9,
        ),
      ),
    )
  }
  return lines
}

/** The whole page: files, series, problems, repairs and what to type next; `files` null: they cannot be used yet. */
export function checkText(report: CheckReport, files: readonly string[] | null, page: Page): string {
  const problems = [...report.problems, ...report.series.flatMap((each) => each.problems)]
  const distinct = [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()]
  const sections = [
    ...report.files.map((file) => [...fileLines(file, page), ...exampleLines(file, page)]),
    ...(report.series.length > 0 ? [seriesLines(report.series, page)] : []),
    problemLines(distinct, page),
    ...(report.series.length > 0
      ? [
          repairLines(
            report.series.flatMap((each) => each.repairs),
            page,
          ),
        ]
      : []),
    ...(files !== null
      ? [[page.say('check.next', { files: files.map((file) => (file.includes(' ') ? `"${file}"` : file)).join(' ') })]]
      : []),
  ]
  return sections.map((lines) => lines.join('\n')).join('\n\n')
}
