import { z } from 'zod'
import { Id } from '../job.ts'

export const API = '/api/v2'

export const id = z.object({ id: Id })
export const seriesOf = z.object({ id: Id, name: z.string().min(1).max(9000) })
export const cursor = z.string().min(1).max(4000).optional().describe('`next_cursor` of the page before.')
export const limit = (most: number, fallback: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .pipe(z.int().max(most))
    .optional()
    .describe(`1 – ${most}, ${fallback} by default.`)
export const word = z.string().min(1).max(60).optional()
export const locale = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
  .optional()
  .describe('Language of the texts; English by default.')
