import type { z } from 'zod'

/** What a caller needs to be allowed; `public` needs nobody. Every route names one, or the server does not start. */
export type Permission = 'public' | 'read' | 'run' | 'manage'

/** What comes back: JSON by a schema, a stream of another type, or nothing. */
export interface Answer {
  readonly description: string
  readonly schema?: z.ZodType
  /** Where it is not JSON. */
  readonly contentType?: string
}

/** One route of the API as data: what it takes, what it gives, who may. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{name}` stands for a part of the path. */
  readonly path: string
  readonly permission: Permission
  readonly tag: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly headers?: z.ZodObject
  readonly body?: z.ZodType
  /** `multipart` takes files, `json` (the default where there is a body) a document. */
  readonly takes?: 'json' | 'multipart'
  readonly answers: Readonly<Record<number, Answer>>
  /** Statuses of problems beside those that every route may answer with. */
  readonly problems: readonly number[]
}

/** Statuses that any route may answer with: a bad request, nobody, not allowed, wrong host, nothing that can be done, too many, a fault, not now. */
export const COMMON_PROBLEMS = [400, 401, 403, 421, 422, 429, 500, 503] as const
