import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type {} from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { Permission } from '../contract/route.ts'
import { LOCAL, type Tenant } from '../store/schema.ts'
import { refusal } from './request-problem.ts'
import type { ServerSettings } from './settings.ts'

/** Who asks, for whom, and what they may. */
export interface Principal {
  readonly tenant: Tenant
  readonly may: ReadonlySet<Permission>
}

export const COOKIE = 'arfc_token'
const EVERYTHING: ReadonlySet<Permission> = new Set(['public', 'read', 'run', 'manage'])
const NOTHING: ReadonlySet<Permission> = new Set(['public'])

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The one place that decides who asks and whether they may. */
export interface Access {
  /** Made just now, to be shown once; null where there was one, or none is needed. */
  readonly shown: string | null
  principal(request: FastifyRequest): Principal
  isToken(text: string): boolean
  /** Throws `host_refused`, `cross_site_refused`. */
  guard(request: FastifyRequest): void
}

/** Without a token for loopback; any other host needs one, of which the data folder keeps a hash. */
export function accessOf(settings: ServerSettings): Access {
  const free = isLoopback(settings.host)
  const { shown, kept } = free ? { shown: null, kept: null } : tokenOf(settings)
  const isToken = (text: string): boolean => kept !== null && timingSafeEqual(digest(text), kept)
  const hosts = new Set(
    ['localhost', '127.0.0.1', '[::1]', settings.host, ...settings.allowedHosts].map((host) => host.toLowerCase()),
  )
  return {
    shown,
    isToken,
    principal(request) {
      if (free) return { tenant: LOCAL, may: EVERYTHING }
      const bearer = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1]
      const given = bearer ?? request.cookies[COOKIE]
      return { tenant: LOCAL, may: given !== undefined && isToken(given) ? EVERYTHING : NOTHING }
    },
    guard(request) {
      const host = hostOf(request.headers.host ?? '')
      // with a token an address is enough: a page elsewhere cannot name one and have the token sent
      if (!hosts.has(host) && (free || isIP(host.replace(/^\[|\]$/g, '')) === 0))
        throw refusal('host_refused', { host: host.slice(0, 200) })
      const site = request.headers['sec-fetch-site']
      const { origin } = request.headers
      if (
        origin !== undefined &&
        origin !== `http://${request.headers.host}` &&
        origin !== `https://${request.headers.host}`
      )
        throw refusal('cross_site_refused', { origin: origin.slice(0, 200) })
      const visits = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate'
      if ((site === 'cross-site' || site === 'same-site') && !visits)
        throw refusal('cross_site_refused', { origin: site })
    },
  }
}

/** Without the port. */
const hostOf = (header: string): string => header.toLowerCase().replace(/:\d{1,5}$/, '')

function tokenOf({ dataDir, newToken }: ServerSettings): { shown: string | null; kept: Buffer } {
  const file = join(dataDir, 'token.sha256')
  if (existsSync(file) && newToken !== true)
    return { shown: null, kept: Buffer.from(readFileSync(file, 'utf8').trim(), 'hex') }
  const shown = randomBytes(32).toString('base64url')
  writeFileSync(file, digest(shown).toString('hex'), { mode: 0o600 })
  return { shown, kept: digest(shown) }
}
