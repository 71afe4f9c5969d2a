import type { Earlier } from '../portfolio/exceptions.ts'
import { readEntries } from './finished-run.ts'
import type { Say } from './words.ts'

type Row = Readonly<Record<string, unknown>>

/** What the run of a folder said of each series, from its `forecasts.json`. */
export function previousRun(folder: string, say: Say): Map<string, Earlier> {
  const entries = [...readEntries(folder, say)]
  return new Map(
    entries.flatMap(([name, told]) => {
      const entry = told as unknown as Row
      const { forecast, dates } = entry as { forecast: number[] | null; dates: (string | null)[] | null }
      const level = Object.keys(entry)
        .flatMap((key) => /^lower_(\d+(?:\.\d+)?)$/.exec(key)?.[1] ?? [])
        .reduce((most, each) => Math.max(most, Number(each)), 0)
      const end = (side: string): (number | null)[] => (entry[`${side}_${level}`] as (number | null)[] | null) ?? []
      if (forecast === null || dates === null) return []
      return [[name, { dates, mean: forecast, lower: end('lower'), upper: end('upper'), level }] as const]
    }),
  )
}
