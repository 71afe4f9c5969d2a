import { useQuery } from '@tanstack/react-query'
import { useWords } from '../words/words.tsx'
import { get, type Job, jobPath } from './api.ts'

export const isUnderWay = ({ state }: Pick<Job, 'state'>): boolean => state === 'queued' || state === 'running'
export const hasEnded = ({ state }: Pick<Job, 'state'>): boolean => !isUnderWay({ state }) && state !== 'paused'

/** Milliseconds after which a list that has something under way is read again. */
const AGAIN_MS = 3000

export const useJobs = () =>
  useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => get<{ jobs: Job[]; next_cursor: string | null }>('/jobs', { limit: 200 }, signal),
    refetchInterval: ({ state }) => (state.data?.jobs.some(isUnderWay) ? AGAIN_MS : false),
  })

export function useJob(id: string) {
  const { language } = useWords()
  return useQuery({
    queryKey: ['job', id, language],
    queryFn: ({ signal }) => get<Job>(jobPath(id), { locale: language }, signal),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? AGAIN_MS : false),
  })
}

/** What people call it. */
export const titleOf = (job: Job, words: { say: (key: string) => string }): string =>
  job.name ?? (job.uploads.map(({ filename }) => filename).join(', ') || words.say('runs.from_request'))
