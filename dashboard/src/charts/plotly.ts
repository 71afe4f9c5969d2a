import type Plotly from 'plotly.js-cartesian-dist-min'
import { useEffect, useState } from 'react'

export type PlotlyModule = typeof Plotly

let loading: Promise<PlotlyModule> | null = null
const registered = new Set<string>()

/** The charts come with the first chart. */
export function loadPlotly(): Promise<PlotlyModule> {
  loading ??= import('plotly.js-cartesian-dist-min').then((module) => module.default)
  return loading
}

/** Days, months and signs of a locale as Plotly wants them; `Intl` knows them all. */
export function registerLocale(plotly: PlotlyModule, locale: string): void {
  if (registered.has(locale)) return
  registered.add(locale)
  const parts = new Intl.NumberFormat(locale).formatToParts(-12345678.9)
  const sign = (type: string): string => parts.find((part) => part.type === type)?.value ?? ''
  const names = (options: Intl.DateTimeFormatOptions, count: number, day: (i: number) => Date): string[] => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return Array.from({ length: count }, (_, i) => format.format(day(i)))
  }
  // 4 January 1970 was a Sunday
  const weekday = (i: number): Date => new Date(Date.UTC(1970, 0, 4 + i))
  const month = (i: number): Date => new Date(Date.UTC(1970, i, 1))
  plotly.register({
    moduleType: 'locale',
    name: locale,
    dictionary: {},
    format: {
      days: names({ weekday: 'long' }, 7, weekday),
      shortDays: names({ weekday: 'short' }, 7, weekday),
      months: names({ month: 'long' }, 12, month),
      shortMonths: names({ month: 'short' }, 12, month),
      date: '%x',
      decimal: sign('decimal') || '.',
      thousands: sign('group'),
    },
  })
}

type Ink = Readonly<Record<(typeof COLOURS)[number], string>>
const COLOURS = ['ink', 'muted', 'line', 'surface', 'accent', 'override', 'bad', 'good'] as const

function inkNow(): Ink {
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Ink
}

/** The colours of the theme that holds, read anew when it changes. */
export function useInk(): Ink {
  const [ink, setInk] = useState(inkNow)
  useEffect(() => {
    const again = (): void => setInk(inkNow())
    const system = matchMedia('(prefers-color-scheme: dark)')
    addEventListener('arfc:theme', again)
    system.addEventListener('change', again)
    return () => {
      removeEventListener('arfc:theme', again)
      system.removeEventListener('change', again)
    }
  }, [])
  return ink
}

/** A colour of the theme, thinned. */
export function thin(colour: string, share: number): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour)?.[1]
  if (hex === undefined) return colour
  const at = (i: number): number => Number.parseInt(hex.slice(i, i + 2), 16)
  return `rgba(${at(0)}, ${at(2)}, ${at(4)}, ${share})`
}
