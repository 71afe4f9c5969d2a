import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toStderr } from './output.ts'
import type { Say } from './words.ts'

/** Only in a checkout: what is published holds the pages built. */
const BUILDER = join(import.meta.dirname, '../../scripts/build-dashboard.ts')

/** Builds the pages of the dashboard where their sources have changed; without the tools for it, they are served as they are. */
export async function preparePages(say: Say): Promise<void> {
  if (!existsSync(BUILDER)) return
  try {
    const { buildDashboard } = (await import(pathToFileURL(BUILDER).href)) as { buildDashboard(): Promise<boolean> }
    if (await buildDashboard()) toStderr(say('serve.built'))
  } catch (error) {
    toStderr(say('serve.unbuilt', { cause: error instanceof Error ? error.message.split('\n')[0]! : String(error) }))
  }
}
