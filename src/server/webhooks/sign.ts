import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** A secret of 32 random bytes, written as the standard writes it. */
export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64')

/** Headers that sign a message (Standard Webhooks: HMAC-SHA256 over id, time and body); `seconds` since 1970. */
export function signedHeaders(secret: string, id: string, seconds: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` }
}
