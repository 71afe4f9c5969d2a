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
  readonly open: boolean
}

export const DEFAULT_PORT = '8502'
export const DEFAULT_DATA_DIR = 'arfc-data'

/** Of the sample: the run, then the dashboard. */
export interface DemoFlags extends Pick<ServeFlags, 'port' | 'dataDir' | 'open'> {
  readonly runDir?: string
  readonly quiet?: boolean
  readonly once?: boolean
}

const several = (value: string, before: readonly string[]): string[] => [...before, value]

export const addServeOptions = (command: Command, say: Say): Command =>
  command
    .option('--port <n>', say('option.port'), DEFAULT_PORT)
    .option('--host <address>', say('option.host'), '127.0.0.1')
    .option('--data-dir <folder>', say('option.data_dir'), DEFAULT_DATA_DIR)
    .option('--database-url <url>', say('option.database_url'))
    .option('--allowed-host <name>', say('option.allowed_host'), several, [])
    .option('--allow-webhook <host>', say('option.allow_webhook'), several, [])
    .option('--rate-limit <n>', say('option.rate_limit'))
    .option('--new-token', say('option.new_token'))
    .option('--no-open', say('option.no_open'))
