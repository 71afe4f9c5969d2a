import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useWords } from '../words/words.tsx'
import { useAddress } from './address.ts'
import { type Check, type Config, type ReadOptions, send } from './api.ts'

/** A run that is being made: it lives in the address, so that it survives a refresh and can be sent on. */
export interface NewRun {
  readonly uploads: readonly string[]
  readonly read: ReadOptions
  readonly config: Config
  /** Periods; null for one season of the most frequent kind. */
  readonly steps: number | null
  readonly name: string | null
  readonly change: (changes: Partial<Pick<NewRun, 'uploads' | 'read' | 'config' | 'steps' | 'name'>>) => void
  /** The same run at another page. */
  readonly at: (page: '' | '/check' | '/configure') => string
}

function jsonOf<T extends object>(text: string | null): T {
  try {
    return text === null ? ({} as T) : (JSON.parse(text) as T)
  } catch {
    // an address that somebody cut short: what it says of options is left out
    return {} as T
  }
}

const textOf = (value: object): string | null => (Object.keys(value).length === 0 ? null : JSON.stringify(value))

export function useNewRun(): NewRun {
  const { get, set, search } = useAddress()
  const uploads = get('uploads')
  const read = get('read')
  const config = get('config')
  const steps = get('steps')
  const name = get('name')
  return useMemo(
    () => ({
      uploads: uploads === null ? [] : uploads.split(',').filter((id) => id !== ''),
      read: jsonOf<ReadOptions>(read),
      config: jsonOf<Config>(config),
      steps: steps !== null && /^\d{1,5}$/.test(steps) ? Number(steps) : null,
      name,
      change: (changes) =>
        set({
          ...(changes.uploads !== undefined && { uploads: changes.uploads.join(',') }),
          ...(changes.read !== undefined && { read: textOf(changes.read) }),
          ...(changes.config !== undefined && { config: textOf(changes.config) }),
          ...(changes.steps !== undefined && { steps: changes.steps === null ? null : String(changes.steps) }),
          ...(changes.name !== undefined && { name: changes.name }),
        }),
      at: (page) => `/new${page}${search === '' ? '' : `?${search}`}`,
    }),
    [uploads, read, config, steps, name, set, search],
  )
}

/** How the files are understood. */
export function useCheck({ uploads, read }: Pick<NewRun, 'uploads' | 'read'>) {
  const { language } = useWords()
  return useQuery({
    queryKey: ['check', uploads, read, language],
    queryFn: ({ signal }) =>
      send<Check>('POST', '/checks', { body: { uploads, read }, query: { locale: language }, signal }),
    enabled: uploads.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  })
}

/** The season and the frequency that most series have. */
export function usualOf(check: Pick<Check, 'series'>): { frequency: string | null; seasonLength: number } {
  const counts = new Map<string, number>()
  for (const { frequency, season_length } of check.series) {
    const key = JSON.stringify([frequency, season_length])
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  const [frequency, seasonLength] = most === undefined ? [null, 1] : (JSON.parse(most[0]) as [string | null, number])
  return { frequency, seasonLength }
}
