import { queryOptions } from '@tanstack/react-query'
import type { About } from '../../../src/contract/about.ts'
import { get } from './api.ts'

export type { About }

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: ({ signal }) => get<About>('/about', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})
