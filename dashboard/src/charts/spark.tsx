interface Props {
  readonly history: readonly (number | null)[]
  readonly forecast?: readonly (number | null)[]
  /** As it stood before it was mended: shown where it differs, hollow. */
  readonly before?: readonly (number | null)[]
  readonly width?: number
  readonly height?: number
}

const PAD = 3

/** A history with its forecast as a small picture; the numbers stand beside it, so it says nothing to a reader. */
export function Spark({ history, forecast = [], before = [], width = 120, height = 28 }: Props) {
  const all = [...history, ...forecast, ...before].filter((value) => value !== null)
  if (all.length === 0) return <svg className="spark" width={width} height={height} aria-hidden="true" />
  const low = Math.min(0, ...all)
  const high = Math.max(...all, low + 1e-9)
  const count = Math.max(2, history.length + forecast.length, before.length)
  const x = (i: number): number => PAD + (i * (width - 2 * PAD)) / (count - 1)
  const y = (value: number): number => height - PAD - ((value - low) * (height - 2 * PAD)) / (high - low)
  const last = history.at(-1) ?? null
  const ahead = forecast.length === 0 ? [] : [last, ...forecast]
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
      style={{ maxWidth: '100%' }}
    >
      <path d={pathOf(history, x, y)} fill="none" stroke="var(--ink)" strokeWidth="1.3" />
      <path
        d={pathOf(ahead, (i) => x(history.length - 1 + i), y)}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.8"
      />
      {before.map((value, i) =>
        value !== null && value !== (history[i] ?? null) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place
          <circle key={i} cx={x(i)} cy={y(value)} r="2.5" fill="none" stroke="var(--bad)" strokeWidth="1.3" />
        ) : null,
      )}
      {before.length > 0 &&
        history.map((value, i) =>
          value !== null && value !== (before[i] ?? null) ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place
            <circle key={i} cx={x(i)} cy={y(value)} r="2" fill="var(--good)" />
          ) : null,
        )}
    </svg>
  )
}

function pathOf(values: readonly (number | null)[], x: (i: number) => number, y: (value: number) => number): string {
  let path = ''
  let isOn = false
  for (const [i, value] of values.entries()) {
    if (value === null) isOn = false
    else {
      path += `${isOn ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`
      isOn = true
    }
  }
  return path
}
