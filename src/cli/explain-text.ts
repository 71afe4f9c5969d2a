import { grade } from '../automl/grade.ts'
import { registryName } from '../export/model-label.ts'
import { familyName, modelName } from '../export/report/model-name.ts'
import { render, renderPlace, text } from '../i18n/render.ts'
import type { Code, LocatedProblem } from '../messages.ts'
import { padEnd, padStart, table, widest, wrap } from './layout.ts'
import type { Paint } from './output.ts'
import type { Say } from './words.ts'

/** One series of `forecasts.json`, as far as it is read here (docs: JSON export). */
export interface Entry {
  readonly status: string
  readonly model?: string
  readonly model_label?: string
  readonly confidence?: number
  readonly confidence_tolerance?: number
  readonly beats_seasonal_naive?: number | null
  readonly pattern?: string
  readonly pattern_evidence?: Readonly<Record<string, number>>
  readonly forecast: readonly number[] | null
  readonly dates?: readonly (string | null)[] | null
  readonly observations?: number
  readonly unit?: string | null
  readonly members?: readonly { readonly model: string; readonly label: string; readonly weight: number }[]
  readonly because?: Code | null
  readonly reorder_point?: number | null
  readonly safety_stock?: number | null
  readonly inventory?: {
    readonly lead_time?: number
    readonly service_level?: number
    readonly abc?: string | null
    readonly xyz?: string | null
    readonly order_proposal?: number | null
  } | null
  readonly metrics?: { readonly skill?: number | null } | null
  readonly candidates?: readonly {
    readonly label: string
    readonly model: string
    readonly scores: Readonly<Record<string, number | null>>
    readonly refused?: Code
  }[]
  readonly codes?: {
    readonly reasons?: readonly Code[]
    readonly advice?: readonly Code[]
    readonly risk?: readonly Code[]
  }
  readonly problems?: readonly LocatedProblem[]
}

const SHOWN_PERIODS = 3

/** Three significant digits for small numbers, whole ones above: more nobody can use. */
export function plain(value: number, locale: string): string {
  const size = Math.abs(value)
  return value.toLocaleString(locale, size >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 })
}

/** The lowest level the entry has bands for, with its bounds. */
function bandOf(
  entry: Entry,
): { readonly level: number; readonly lower: readonly number[]; readonly upper: readonly number[] } | null {
  const record = entry as unknown as Readonly<Record<string, unknown>>
  const levels = Object.keys(record)
    .flatMap((key) => /^lower_(\d+(?:\.\d+)?)$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
  const level = levels[0]
  const lower = record[`lower_${level}`]
  const upper = record[`upper_${level}`]
  return level !== undefined && Array.isArray(lower) && Array.isArray(upper) ? { level, lower, upper } : null
}

function forecastLines(entry: Entry, say: Say, locale: string): string[] {
  const forecast = entry.forecast ?? []
  const band = bandOf(entry)
  const unit = entry.unit ? ` ${entry.unit}` : ''
  return forecast.slice(0, SHOWN_PERIODS).map((mean, i) => {
    const date = entry.dates?.[i] ?? String(i + 1)
    if (band === null) return `${date}: ${plain(mean, locale)}${unit}`
    const frequency = band.level === 80 ? say('explain.of_ten_8') : say('explain.of_hundred', { percent: band.level })
    return say('explain.forecast_line', {
      date,
      mean: plain(mean, locale),
      frequency,
      lower: plain(band.lower[i] ?? Number.NaN, locale),
      upper: plain(band.upper[i] ?? Number.NaN, locale),
      unit,
    })
  })
}

const percent = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent' }).format(share)

/** Candidates with their error as a share of seasonal naive's; a refused one says why. */
function candidateLines(entry: Entry, width: number, say: Say, locale: string): string[] {
  const candidates = entry.candidates ?? []
  const rows: string[][] = []
  const refused: string[] = []
  for (const each of candidates) {
    if (each.refused !== undefined) {
      refused.push(
        wrap(
          text('ui.place', { place: nameOf(each, locale), sentence: render(each.refused, locale) }, locale),
          width,
          2,
        ),
      )
      continue
    }
    const score = each.scores.relative
    rows.push([nameOf(each, locale), typeof score === 'number' ? percent(score, locale) : say('explain.not_evaluated')])
  }
  return [...(rows.length > 0 ? [table(rows, ['left', 'right'])] : []), ...refused]
}

/** A model as people call it: a label that is words is said in the language. */
function nameOf(
  {
    model = '',
    label,
    model_label,
    members,
  }: Partial<Pick<Entry, 'model' | 'model_label'>> & {
    readonly label?: string
    readonly members?: readonly unknown[]
  },
  locale: string,
): string {
  const used = registryName(model)
  if (used === 'ensemble' && members === undefined) return familyName(used, locale)
  return modelName({ used, label: label ?? model_label ?? model, members: members ?? [] }, locale)
}

/** Why a series got its forecast, in sentences, `width` columns wide. */
export function explainText(
  name: string,
  entry: Entry,
  { say, locale, width, paint }: { say: Say; locale: string; width: number; paint: Paint },
): string {
  const lines: string[] = []
  const section = (title: string, body: readonly string[]): void => {
    if (body.length > 0) lines.push('', paint('bold', title), ...body)
  }
  const sentences = (codes: readonly Code[] | undefined): string[] =>
    (codes ?? []).map((each) => wrap(render(each, locale), width, 2))
  const { codes } = entry
  lines.push(
    paint(
      'bold',
      wrap(entry.forecast === null ? name : say('explain.head', { name, model: nameOf(entry, locale) }), width),
    ),
  )
  if (entry.forecast === null) lines.push(say('explain.failed'))
  section(
    say('explain.forecast'),
    forecastLines(entry, say, locale).map((line) => wrap(line, width, 2)),
  )

  const isPattern = (each: Code): boolean => each.code.startsWith('pattern_')
  if (entry.pattern !== undefined && entry.pattern !== null) {
    const evidence = sentences(codes?.reasons?.filter(isPattern))
    section(say('explain.pattern'), evidence.length > 0 ? evidence : [`  ${say(`pattern.${entry.pattern}`)}`])
  }
  section(say('explain.model'), [
    ...(entry.because ? sentences([entry.because]) : []),
    ...sentences(codes?.reasons?.filter((each) => !isPattern(each))),
  ])
  if ((entry.members?.length ?? 0) > 1) {
    const room = widest(entry.members!.map((member) => nameOf(member, locale)))
    section(
      say('explain.members'),
      entry.members!.map(
        (member) => `  ${padEnd(nameOf(member, locale), room)}  ${padStart(percent(member.weight, locale), 5)}`,
      ),
    )
  }
  section(say('explain.candidates'), candidateLines(entry, width, say, locale))
  if (typeof entry.confidence === 'number' && entry.forecast !== null) {
    const skill = entry.metrics?.skill
    section(say('explain.confidence'), [
      `  ${say('explain.confidence_value', { percent: Math.round(entry.confidence * 100), grade: say(`explain.grade_${grade(entry.confidence)}`) })}`,
      wrap(
        say('explain.confidence_meaning', {
          percent: Math.round(entry.confidence * 100),
          tolerance: Math.round((entry.confidence_tolerance ?? Number.NaN) * 100),
        }),
        width,
        2,
      ),
      ...(typeof entry.beats_seasonal_naive === 'number'
        ? [wrap(say('explain.beats_naive', { percent: Math.round(entry.beats_seasonal_naive * 100) }), width, 2)]
        : []),
      ...(typeof skill === 'number'
        ? [
            wrap(
              say('explain.skill', {
                percent: Math.round(Math.abs(skill) * 100),
                direction: skill >= 0 ? 'smaller' : 'larger',
              }),
              width,
              2,
            ),
          ]
        : []),
    ])
  }
  section(say('explain.advice'), sentences(codes?.advice))
  const risks = sentences(codes?.risk)
  if (entry.forecast !== null)
    section(say('explain.risk'), risks.length > 0 ? risks : [`  ${say('explain.risk_none')}`])
  if (typeof entry.reorder_point === 'number') {
    const unit = entry.unit ? ` ${entry.unit}` : ''
    const { lead_time: leadTime, service_level: service, abc, xyz, order_proposal: order } = entry.inventory ?? {}
    const pairs = [
      [say('explain.reorder_point'), `${plain(entry.reorder_point, locale)}${unit}`],
      [say('explain.safety_stock'), `${plain(entry.safety_stock ?? 0, locale)}${unit}`],
      ...(typeof order === 'number' ? [[say('explain.order_proposal'), `${plain(order, locale)}${unit}`]] : []),
      ...(abc && xyz ? [[say('explain.classes'), abc + xyz]] : []),
    ]
    section(say('explain.stock'), [
      table(pairs, ['left', 'right']),
      ...(leadTime !== undefined && service !== undefined
        ? [wrap(say('explain.stock_terms', { leadTime, service: Math.round(service * 1000) / 10 }), width, 2)]
        : []),
    ])
  }
  section(
    say('explain.problems'),
    (entry.problems ?? []).map(({ series: _, ...each }) => wrap(renderPlace(each, locale), width, 2)),
  )
  return lines.join('\n')
}
