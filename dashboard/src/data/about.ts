import { queryOptions } from '@tanstack/react-query'
import { type Config, get } from './api.ts'

/** What the server is: its version, limits, formats, and the options it takes where none are given. */
export interface About {
  readonly version: string
  readonly cores: number
  readonly exports: readonly string[]
  readonly limits: Readonly<Record<string, number>>
  readonly defaults: Config
  readonly presets: Readonly<Record<string, Config>>
}

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: ({ signal }) => get<About>('/about', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})
