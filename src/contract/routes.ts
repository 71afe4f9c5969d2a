import type { Route } from './route.ts'
import { exportRoutes } from './routes/exports.ts'
import { jobRoutes } from './routes/jobs.ts'
import { API } from './routes/parts.ts'
import { resultRoutes } from './routes/results.ts'
import { serverRoutes } from './routes/server.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { webhookRoutes } from './routes/webhooks.ts'

export { API }

/** Formats that a finished run can be taken in. */
export const EXPORTS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  html: 'text/html; charset=utf-8',
} as const
export type ExportFormat = keyof typeof EXPORTS

/** Every route, by the name of its handler. */
export const ROUTES = {
  ...jobRoutes,
  ...uploadRoutes,
  ...resultRoutes,
  ...exportRoutes,
  ...webhookRoutes,
  ...serverRoutes,
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof ROUTES
