import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { refusal } from '../request-problem.ts'
import { isPublic } from './address.ts'

/** Where a message may go. */
export interface Target {
  readonly url: URL
  readonly port: number
  readonly address: string
  /** The address need not be public: the operator said so. */
  readonly isAllowed: boolean
}

export type Resolve = (host: string) => Promise<readonly string[]>

const PORTS = new Set([443, 8443])

const resolveAll: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)

/**
 * Judges a URL as it is parsed, then every address that its name has, once. `allowed` are hosts (`name` or `name:port`) of
 * the operator's own. Throws `webhook_target_forbidden`.
 */
export async function judgeTarget(
  text: string,
  allowed: readonly string[],
  resolve: Resolve = resolveAll,
): Promise<Target> {
  const refuse = (cause: string) =>
    refusal('webhook_target_forbidden', { url: text.slice(0, 200), cause }, '/callbacks/webhook_url')
  const url = URL.parse(text)
  if (url === null) throw refuse('url')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('scheme')
  if (url.username !== '' || url.password !== '') throw refuse('credentials')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isAllowed = allowed.includes(url.hostname) || allowed.includes(`${url.hostname}:${port}`)
  if (!isAllowed && url.protocol !== 'https:') throw refuse('scheme')
  if (!isAllowed && !PORTS.has(port)) throw refuse('port')
  const addresses = isIP(host) === 0 ? await addressesOf(host, resolve) : [host]
  if (addresses.length === 0) throw refuse('unknown')
  const open = addresses.filter(isPublic)
  if (!isAllowed && open.length < addresses.length) throw refuse(open.length === 0 ? 'address' : 'mixed')
  return { url, port, address: addresses[0]!, isAllowed }
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  try {
    return await resolve(host)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return []
    throw error
  }
}
