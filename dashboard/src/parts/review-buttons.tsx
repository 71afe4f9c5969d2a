import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Review, ReviewState } from '../../../src/contract/review.ts'
import { send, seriesPath } from '../data/api.ts'
import { authorOr } from '../data/author.ts'
import { useWords } from '../words/words.tsx'
import { Refusal } from './notice.tsx'

/** What a person does with a series: take it as it is, put it off, open it again. */
export function useReview(id: string) {
  const client = useQueryClient()
  const { say } = useWords()
  return useMutation({
    mutationFn: ({ name, state }: { name: string; state: ReviewState }) =>
      send<Review>('PUT', `${seriesPath(id, name)}/review`, {
        body: { state, author: authorOr(say('settings.nobody')) },
      }),
    onSuccess: (_, { name }) => {
      client.invalidateQueries({ queryKey: ['series', id, name] })
      client.invalidateQueries({ queryKey: ['summary', id] })
    },
  })
}

export function ReviewButtons({
  id,
  name,
  review,
  onReviewed,
}: {
  readonly id: string
  readonly name: string
  readonly review: Review | null
  readonly onReviewed?: ((state: ReviewState) => void) | undefined
}) {
  const { say } = useWords()
  const act = useReview(id)
  const state = review?.state ?? 'open'
  const set = (next: ReviewState): void => act.mutate({ name, state: next }, { onSuccess: () => onReviewed?.(next) })
  return (
    <span className="actions">
      {state === 'open' ? (
        <>
          <button
            type="button"
            className="button primary"
            disabled={act.isPending}
            onClick={() => set('accepted')}
            data-testid="accept"
          >
            {say('review.accept')}
          </button>
          <button type="button" className="button" disabled={act.isPending} onClick={() => set('later')}>
            {say('review.later')}
          </button>
        </>
      ) : (
        <>
          <span className={`mark ${state === 'accepted' ? 'good' : 'none'}`}>
            {say(`review.is_${state}`, { author: review?.author ?? '' })}
          </span>
          <button type="button" className="button plain" disabled={act.isPending} onClick={() => set('open')}>
            {say('review.reopen')}
          </button>
        </>
      )}
      {act.isError && <Refusal error={act.error} />}
    </span>
  )
}
