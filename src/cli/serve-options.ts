import type { Command } from 'commander'
import type { Say } from './words.ts'

export interface ServeFlags {
  readonly port: string
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl?: string
  readonly allowedHost: readonly string[]
  readonly allowWebhook: readonly string[]
  readonly rateLimit?: string
  readonly newToken?: boolean
}

const several = (value: string, before: readonly string[]): string[] => [...before, value]

export const addServeOptions = (command: Command, say: Say): Command =>
  command
    .option('--port <n>', say('option.port'), '8502')
    .option('--host <address>', say('option.host'), '127.0.0.1')
    .option('--data-dir <folder>', say('option.data_dir'), 'arfc-data')
    .option('--database-url <url>', say('option.database_url'))
    .option('--allowed-host <name>', say('option.allowed_host'), several, [])
    .option('--allow-webhook <host>', say('option.allow_webhook'), several, [])
    .option('--rate-limit <n>', say('option.rate_limit'))
    .option('--new-token', say('option.new_token'))
