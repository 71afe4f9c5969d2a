import { useQuery } from '@tanstack/react-query'
import { useWords } from '../words/words.tsx'
import { ApiProblem, getVersioned, type SeriesDetail, seriesPath } from './api.ts'

/** One series whole, with the version that an override must name. */
export function useDetail(id: string, name: string) {
  const { language } = useWords()
  return useQuery({
    queryKey: ['series', id, name, language],
    queryFn: () => getVersioned<SeriesDetail>(seriesPath(id, name), { locale: language }),
    staleTime: 30_000,
  })
}

/** The same series in another run; null where it was not there. */
export function useBefore(id: string | null, name: string) {
  const { language } = useWords()
  return useQuery({
    queryKey: ['series', id, name, language, 'before'],
    queryFn: async () => {
      try {
        return (await getVersioned<SeriesDetail>(seriesPath(id!, name), { locale: language })).value
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null
        throw error
      }
    },
    enabled: id !== null,
    staleTime: 30_000,
  })
}
