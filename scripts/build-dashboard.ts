/**
 * Builds the dashboard into `dashboard/dist`, if what it is made of has changed.
 *
 *   node scripts/build-dashboard.ts
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'dashboard/dist')
const stampFile = join(folder, 'stamp')
const SOURCES = [
  ...['dashboard/src/**/*', 'dashboard/public/*', 'dashboard/index.html', 'dashboard/vite.config.ts'],
  ...['src/i18n/*.ts', 'src/i18n/locales/**/*.json', 'package-lock.json'],
]
/** Bytes below which a file is not worth packing. */
const SMALL = 1000

function stampNow(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true }).filter((file) => file.isFile())
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

const isFresh = (stamp: string): boolean => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp

/** Builds it where it is stale; whether it did. */
export async function buildDashboard(): Promise<boolean> {
  const stamp = stampNow()
  if (isFresh(stamp)) return false
  const { build } = await import('vite')
  await build({ root: join(root, 'dashboard'), logLevel: 'warn' })
  for (const name of globSync('**/*.{js,css,html,svg}', { cwd: folder })) {
    const bytes = readFileSync(join(folder, name))
    if (bytes.length > SMALL)
      writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }))
  }
  writeFileSync(stampFile, stamp)
  return true
}

if (import.meta.main) console.log((await buildDashboard()) ? 'The dashboard is built.' : 'The dashboard is up to date.')
