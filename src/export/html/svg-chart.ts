import { escapeHtml } from './escape.ts'
import { niceTicks } from './scale.ts'

/** A band around the forecast, one number a step. */
export interface DrawnBand {
  readonly lower: ArrayLike<number>
  readonly upper: ArrayLike<number>
}

export interface DrawnSeries {
  /** NaN = missing: the line is broken there. */
  readonly history: ArrayLike<number>
  readonly mean: ArrayLike<number>
  /** Widest first. */
  readonly bands: readonly DrawnBand[]
  /** Of history and forecast together: what stands below each point. */
  readonly labels: readonly string[]
  /** Bounds as dashed lines: a sum of bounds is no band. */
  readonly dashed?: DrawnBand
  readonly number: (value: number) => string
  /** Says in words what the picture shows. */
  readonly description: string
  readonly starts: string
  readonly width: number
  readonly height: number
}

const LEFT = 64
const RIGHT = 16
const TOP = 18
const BOTTOM = 26
const LABELS = 6
/** Points are drawn where there are few. */
const FEW = 60

/** History and forecast as a picture: ink, then the accent with its bands; demand starts at zero. */
export function svgChart(of: DrawnSeries): string {
  const { history, mean, bands, dashed, labels, width, height } = of
  const count = history.length + mean.length
  const seen = [history, mean, ...[...bands, ...(dashed ? [dashed] : [])].flatMap(({ lower, upper }) => [lower, upper])]
    .flatMap((values) => Array.from(values))
    .filter(Number.isFinite)
  const ticks = niceTicks(Math.min(0, ...extremes(seen)), Math.max(...extremes(seen), 0))
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const x = (i: number): number => round(LEFT + ((width - LEFT - RIGHT) * i) / Math.max(1, count - 1))
  const y = (value: number): number => round(height - BOTTOM - ((height - TOP - BOTTOM) * (value - low)) / (high - low))
  const at = (values: ArrayLike<number>, from: number): (string | null)[] =>
    Array.from(values, (value, i) => (Number.isFinite(value) ? `${x(from + i)},${y(value)}` : null))
  const n = history.length
  const last = n > 0 && Number.isFinite(history[n - 1]!) ? `${x(n - 1)},${y(history[n - 1]!)}` : null
  const fromLast = (points: (string | null)[]): (string | null)[] => (last === null ? points : [last, ...points])
  const grid = ticks.map(
    (tick) =>
      `<line class="g" x1="${LEFT}" x2="${width - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text class="t" x="${LEFT - 6}" y="${y(tick) + 4}" text-anchor="end">${escapeHtml(of.number(tick))}</text>`,
  )
  const every = Math.max(1, Math.ceil(count / LABELS))
  const dates = labels.flatMap((label, i) =>
    i % every === Math.floor(every / 2)
      ? [`<text class="t" x="${x(i)}" y="${height - 8}" text-anchor="middle">${escapeHtml(label)}</text>`]
      : [],
  )
  const areas = bands.map(({ lower, upper }, b) => {
    const below = fromLast(at(lower, n))
    const above = fromLast(at(upper, n))
    if (below.includes(null) || above.includes(null)) return ''
    return `<path class="b${Math.min(b, 1)}" d="M${above.join('L')}L${below.reverse().join('L')}Z"/>`
  })
  const edges = dashed === undefined ? [] : [dashed.lower, dashed.upper].map((edge) => path('d', fromLast(at(edge, n))))
  const start =
    n > 0 && mean.length > 0
      ? `<line class="s" x1="${x(n - 1)}" x2="${x(n - 1)}" y1="${TOP}" y2="${height - BOTTOM}"/><text class="t" x="${x(n - 1) - 4}" y="${TOP - 6}" text-anchor="end">${escapeHtml(of.starts)}</text>`
      : ''
  const dots =
    count > FEW
      ? ''
      : at(history, 0)
          .flatMap((point) =>
            point === null ? [] : [`<circle class="p" r="2" cx="${point.replace(',', '" cy="')}"/>`],
          )
          .join('')
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(of.description)}">${grid.join('')}${areas.join('')}${start}${edges.join('')}${path('h', at(history, 0))}${dots}${path('f', fromLast(at(mean, n)))}${dates.join('')}</svg>`
}

/** The smallest and the largest; spreading a long list into a call has a limit. */
function extremes(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? [0, 1] : [low, high]
}

/** A line, broken where a point is missing. */
function path(name: string, points: readonly (string | null)[]): string {
  let d = ''
  let pen = 'M'
  for (const point of points) {
    if (point !== null) d += `${pen}${point}`
    pen = point === null ? 'M' : 'L'
  }
  return d === '' ? '' : `<path class="${name}" d="${d}"/>`
}

const round = (value: number): number => Math.round(10 * value) / 10
