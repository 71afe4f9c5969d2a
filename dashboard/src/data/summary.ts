import { useQuery } from '@tanstack/react-query'
import { get, jobPath, type Summary } from './api.ts'

/** Milliseconds for which the numbers of a run are taken as they are. */
const FRESH_MS = 10_000

/** A run in numbers; `against` another run, else the one before it. */
export const useSummary = (id: string | null, against: string | null = null) =>
  useQuery({
    queryKey: ['summary', id, against],
    queryFn: ({ signal }) => get<Summary>(`${jobPath(id!)}/summary`, { against }, signal),
    enabled: id !== null,
    staleTime: FRESH_MS,
  })
