import { request as plainRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { connect as secure } from 'node:tls'
import { isPublic } from './address.ts'
import type { Reply } from './schedule.ts'
import type { Target } from './target.ts'

/** Milliseconds for everything, bytes read of an answer, and bytes of it kept. */
const WALL_MS = 30_000
const MOST_READ = 1_000_000
const KEPT = 4096
const HEADERS = 16_384

export interface Answered extends Reply {
  /** The first 4 kB, as text. */
  readonly response: string
}

/**
 * Sends one message to an address that was judged, and judges it again on the connected socket before the first byte. No
 * redirect is followed, no proxy used, nothing unpacked.
 */
export async function post(
  { url, port, address, isAllowed }: Target,
  headers: Readonly<Record<string, string>>,
  body: string,
  wallMs = WALL_MS,
): Promise<Answered> {
  const wall = AbortSignal.timeout(wallMs)
  let socket: Socket | null = null
  try {
    socket = await connected(connect({ host: address, port }), 'connect', wall)
    if (!isAllowed && !isPublic(socket.remoteAddress ?? '')) throw new Error('address')
    if (url.protocol === 'https:') {
      const servername = /^[\d.]+$|^\[/.test(url.hostname) ? undefined : url.hostname
      socket = await connected(secure({ socket, ...(servername && { servername }) }), 'secureConnect', wall)
    }
    return await exchange(socket, url, headers, body, wall)
  } catch (error) {
    const cause = wall.aborted ? 'timeout' : ((error as NodeJS.ErrnoException).code ?? (error as Error).message)
    return { status: null, error: String(cause).slice(0, 200), retryAfter: null, response: '' }
  } finally {
    socket?.destroy()
  }
}

function connected<S extends Socket>(socket: S, event: string, wall: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void socket.destroy(new Error('timeout'))
    wall.addEventListener('abort', stop, { once: true })
    socket.once(event, () => resolve(socket))
    socket.on('error', reject)
  })
}

function exchange(
  socket: Socket,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  wall: AbortSignal,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = plainRequest(
      {
        createConnection: () => socket,
        method: 'POST',
        path: url.pathname + url.search,
        headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body), connection: 'close' },
        maxHeaderSize: HEADERS,
        signal: wall,
      },
      (response) => {
        const status = response.statusCode ?? null
        const retryAfter = Number(response.headers['retry-after']) * 1000 || null
        let read = 0
        let kept = Buffer.alloc(0)
        const settle = (): void => {
          request.destroy()
          resolve({ status, error: null, retryAfter, response: textOf(kept) })
        }
        response.on('data', (chunk: Buffer) => {
          read += chunk.length
          if (kept.length < KEPT) kept = Buffer.concat([kept, chunk.subarray(0, KEPT - kept.length)])
          if (read > MOST_READ) settle()
        })
        response.once('end', settle)
        response.once('error', reject)
      },
    )
    request.once('error', reject)
    request.end(body)
  })
}

/** As text that is inert wherever it is shown: no control characters. */
const textOf = (bytes: Buffer): string =>
  [...bytes.toString('utf8')].map((letter) => (letter < ' ' || letter === '\u007f' ? ' ' : letter)).join('')
