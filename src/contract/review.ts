import { z } from 'zod'

/** What a person has done with a series: nothing yet, taken it as it is, put it off. */
export const ReviewState = z.enum(['open', 'accepted', 'later']).meta({ id: 'ReviewState' })
export type ReviewState = z.infer<typeof ReviewState>

/** Body of `PUT …/review`. */
export const NewReview = z
  .strictObject({
    state: ReviewState,
    note: z.string().max(2000).optional(),
    author: z.string().min(1).max(200).describe('A name; not verified.'),
  })
  .meta({ id: 'NewReview' })

/** Where a series stands; the newest word counts. */
export const Review = z
  .strictObject({
    version: z.int(),
    state: ReviewState,
    note: z.string().nullable(),
    author: z.string(),
    changed_at: z.string(),
  })
  .meta({ id: 'Review' })
export type Review = z.infer<typeof Review>
