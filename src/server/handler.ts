import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ROUTES, RouteName } from '../contract/routes.ts'
import type { SeriesInput } from '../contract/series.ts'
import type { Store } from '../store/open-store.ts'
import type { Tenant } from '../store/schema.ts'
import type { EventHub } from './event-hub.ts'
import type { JobRunner } from './job-runner.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { ServerSettings } from './settings.ts'
import type { WebhookSender } from './webhooks/sender.ts'

/** What handlers work with. */
export interface Services {
  readonly store: Store
  /** Of it, for threads that read by themselves. */
  readonly storePlace: string
  readonly hub: EventHub
  readonly runner: JobRunner
  readonly webhooks: WebhookSender
  readonly answers: KeptAnswers
  readonly settings: ServerSettings
  /** This server, as rows name it. */
  readonly owner: string
  readonly isEnding: () => boolean
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined
type Part<R, K extends string> = R extends { readonly [P in K]: infer S } ? Out<S> : undefined

/** A portfolio is handed on as pairs, in order: names are data, never keys. */
type Body<N extends RouteName> = N extends 'createBatchForecast'
  ? Omit<Part<(typeof ROUTES)[N], 'body'>, 'portfolio'> & { readonly portfolio: readonly [string, SeriesInput][] }
  : Part<(typeof ROUTES)[N], 'body'>

/** What a route was asked, checked by its schemas. */
export interface Asked<N extends RouteName> {
  readonly tenant: Tenant
  readonly params: Part<(typeof ROUTES)[N], 'params'>
  readonly query: Part<(typeof ROUTES)[N], 'query'>
  readonly headers: Part<(typeof ROUTES)[N], 'headers'>
  readonly body: Body<N>
  /** Hash of the bytes of the body. */
  readonly digest: string
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What a handler gives; null where it has answered by itself. */
export interface Given {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type Handler<N extends RouteName> = (asked: Asked<N>, services: Services) => Promise<Given | null>
export type Handlers<N extends RouteName = RouteName> = { readonly [K in N]: Handler<K> }
