import type { CsvProfile } from '../export/csv.ts'

/** Forms of CSV for people and programs, beside those for other systems. */
export const PLAIN_PROFILES = ['dated', 'excel', 'legacy-v1'] as const satisfies readonly CsvProfile[]

export const isPlain = (name: string): name is CsvProfile => (PLAIN_PROFILES as readonly string[]).includes(name)
