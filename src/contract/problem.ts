import { z } from 'zod'

const params = z.record(z.string(), z.union([z.string(), z.number()]))

/** A code with its parameters and its sentence. */
export const Code = z.strictObject({ code: z.string(), params, text: z.string() }).meta({ id: 'Code' })

/** A code with the place it speaks of. */
export const LocatedProblem = z
  .strictObject({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    params,
    file: z.string().nullable(),
    row: z.int().nullable(),
    column: z.string().nullable(),
    series: z.string().nullable(),
    model: z.string().nullable(),
    stage: z.string().nullable(),
    text: z.string(),
  })
  .meta({ id: 'LocatedProblem' })

/** One fault of a request. */
export const Fault = z
  .strictObject({
    code: z.string(),
    params,
    /** JSON pointer into the body, `?name` for a part of the query, `:name` for a header; empty for the whole. */
    pointer: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Fault' })

/** Problem details of RFC 9457; every fault at once. `detail` says what, where and how to mend it. */
export const ProblemBody = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(Fault),
  })
  .meta({ id: 'Problem' })

export type ProblemBody = z.infer<typeof ProblemBody>
export type Fault = z.infer<typeof Fault>
