import { Config } from '../contract/config.ts'
import type { ReadOptions as WireReadOptions } from '../contract/job.ts'
import type { SeriesInput as WireSeries } from '../contract/series.ts'
import type { ReadOptions } from '../io/read-options.ts'
import { Problem, problem } from '../messages.ts'
import { type ProcessorConfig, resolveConfig } from '../processor/config.ts'
import type { SeriesInput } from '../processor/portfolio.ts'
import { parseFrequency } from '../series/frequency-name.ts'

const NAMES: Readonly<Record<string, keyof ProcessorConfig>> = { parallel: 'enableParallel', workers: 'maxWorkers' }

/** `lead_time` is `leadTime`. */
const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const renamed = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [NAMES[name] ?? camelCase(name), value]),
  )

const WIRE_NAMES = new Map(Object.entries(NAMES).map(([wire, name]) => [name, wire]))

/** Options as a request would give them; those that have no default are left out. */
export function wireConfigOf(config: Partial<ProcessorConfig>): Config {
  const named = Object.entries(config).map(([name, value]) => [
    WIRE_NAMES.get(name as keyof ProcessorConfig) ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ])
  return Object.fromEntries(
    named.filter(([name, value]) => value !== null && (name as string) in Config.shape),
  ) as Config
}

/** The complete configuration of a request. */
export const configOf = (wire: Config): ProcessorConfig => resolveConfig(renamed(wire) as Partial<ProcessorConfig>)

/** Throws `field_invalid` for a frequency that nobody knows. */
export function readOptionsOf(wire: WireReadOptions): ReadOptions {
  const { frequency, ...rest } = wire
  const parsed = frequency === undefined ? undefined : parseFrequency(frequency)
  if (parsed === null) {
    const params = { field: '/read/frequency', value: frequency!, expected: 'monthly | weekly | daily | …' }
    throw new Problem(problem('field_invalid', params))
  }
  return { ...renamed(rest), ...(parsed !== undefined && { frequency: parsed }) }
}

export const seriesOf = (wire: WireSeries): SeriesInput =>
  Array.isArray(wire) ? wire : (renamed(wire) as unknown as SeriesInput)
