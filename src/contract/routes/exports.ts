import { z } from 'zod'
import { ExportProfiles } from '../export.ts'
import { Id } from '../job.ts'
import type { Route } from '../route.ts'
import { API, id, locale, word } from './parts.ts'

const setting = z.string().regex(/^[\w-]{1,60}=.{0,200}$/)
const settings = z
  .union([setting, z.array(setting).max(50)])
  .optional()
  .describe('`name=value`, of a profile for another system; may come several times.')

/** Results as files. */
export const exportRoutes = {
  exportJob: {
    method: 'GET',
    path: `${API}/jobs/{id}/exports/{format}`,
    permission: 'read',
    tag: 'results',
    summary: 'The results of a job that has ended, as a file, with the overrides',
    params: z.object({ id: Id, format: z.enum(['csv', 'xlsx', 'json', 'html']) }),
    query: z.object({
      profile: word.describe('Of CSV: `dated` (default), `excel`, `legacy-v1`, or one for another system.'),
      locale,
      file_locale: locale.describe(
        'Whose decimal sign and delimiter the profile `excel` has; that of the texts by default.',
      ),
      set: settings,
      previous: Id.optional().describe('A job that another system holds: only what differs is written.'),
    }),
    answers: { 200: { description: 'The file, streamed.', contentType: '*/*' } },
    problems: [404, 409, 413],
  },
  listProfiles: {
    method: 'GET',
    path: `${API}/jobs/{id}/profiles`,
    permission: 'read',
    tag: 'results',
    summary: 'In which forms of CSV the results can be taken: a dry run of each, with control totals',
    params: id,
    query: z.object({
      profile: word.describe('This one alone; all without it.'),
      locale,
      set: settings,
    }),
    answers: { 200: { description: 'The profiles.', schema: ExportProfiles } },
    problems: [404, 409],
  },
} as const satisfies Record<string, Route>
