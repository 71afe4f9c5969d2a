import { availableParallelism } from 'node:os'

/** Every bound of the server, in one place; `GET /about` tells them. */
export interface Limits {
  /** Bytes of a JSON request. */
  readonly bodyBytes: number
  /** Bytes of one uploaded file. */
  readonly uploadBytes: number
  readonly filesPerUpload: number
  /** Levels of nesting, and objects and lists, in a JSON request. */
  readonly jsonDepth: number
  readonly jsonParts: number
  /** Jobs that wait or run, of one tenant. */
  readonly openJobs: number
  /** Requests of one caller in a minute; 0 for no limit. */
  readonly requestsPerMinute: number
  /** Bytes that wait for a reader of events before it is cut off. */
  readonly eventBuffer: number
  /** Readers of events at once. */
  readonly eventReaders: number
  /** Seconds without a byte after which a connection is ended. */
  readonly idleSeconds: number
}

export const LIMITS: Limits = {
  bodyBytes: 16_000_000,
  uploadBytes: 100_000_000,
  filesPerUpload: 1000,
  jsonDepth: 32,
  jsonParts: 1_000_000,
  openJobs: 1000,
  requestsPerMinute: 6000,
  eventBuffer: 256_000,
  eventReaders: 5000,
  idleSeconds: 60,
}

export interface ServerSettings {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** Jobs, uploads, and the embedded store. */
  readonly dataDir: string
  /** `postgres://…` in place of the embedded store. */
  readonly databaseUrl?: string | undefined
  /** Host names that the server answers to, beside its own. */
  readonly allowedHosts: readonly string[]
  /** Receivers (`host` or `host:port`) that webhooks may reach although they are not public. */
  readonly allowedWebhooks: readonly string[]
  /** Makes a new access token in place of the one there is. */
  readonly newToken?: boolean
  readonly limits: Limits
  /** Jobs that run at once. */
  readonly jobsAtOnce: number
  /** Seconds after which a running job makes way for one that waits. */
  readonly sliceSeconds: number
  /** Milliseconds between two signs of life in a stream of events. */
  readonly heartbeatMs: number
  /** Least severe lines that are logged: `silent`, `error`, `warn`, `info`. */
  readonly logLevel: string
  /** Takes the lines of the log, each with its end. */
  readonly logTo: (line: string) => void
  /** Milliseconds since 1970, and a random share from 0 to 1: for the schedule of webhooks. */
  readonly now: () => number
  readonly random: () => number
}

export const SETTINGS: Omit<ServerSettings, 'dataDir'> = {
  host: '127.0.0.1',
  port: 8502,
  allowedHosts: [],
  allowedWebhooks: [],
  limits: LIMITS,
  jobsAtOnce: availableParallelism(),
  sliceSeconds: 20,
  heartbeatMs: 15_000,
  logLevel: 'info',
  logTo: (line) => void process.stdout.write(line),
  now: Date.now,
  random: Math.random,
}
