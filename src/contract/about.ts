import { z } from 'zod'
import { Config } from './config.ts'

/** What a server is: its version, limits and formats, and the options of a run that gives none. */
export const About = z
  .strictObject({
    version: z.string(),
    store: z.enum(['sqlite', 'postgres']),
    cores: z.int(),
    exports: z.array(z.string()),
    locales: z.array(z.string()),
    defaults: Config.describe('Options of a run that gives none.'),
    presets: z.record(z.string(), Config).describe('What each preset sets.'),
    limits: z.record(z.string(), z.number()),
  })
  .meta({ id: 'About' })
export type About = z.infer<typeof About>
