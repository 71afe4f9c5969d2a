/**
 * Makes the package that is published, in `dist/`: JavaScript and types in `lib/` (Node refuses to strip types below
 * node_modules), the dashboard, the sample, and a manifest without what only a checkout needs.
 *
 *   npm run build        then: npm pack ./dist
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { buildDashboard } from './build-dashboard.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'dist')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

await buildDashboard()
rmSync(target, { recursive: true, force: true })
mkdirSync(target)
const build = spawnSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })
if (build.status !== 0) process.exit(1)

interface Manifest {
  readonly files: readonly string[]
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string>>
}

const { bin, exports, files, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest &
  Readonly<Record<string, unknown>>
const built = (source: string, ending: string): string =>
  source.replace(/^(\.\/)?src\//, './lib/').replace(/\.ts$/, ending)
const { private: _, scripts: __, devDependencies: ___, optionalDependencies: ____, ...kept } = manifest
const published = {
  ...kept,
  bin: Object.fromEntries(Object.entries(bin).map(([name, source]) => [name, built(source, '.js')])),
  exports: Object.fromEntries(
    Object.entries(exports).map(([name, source]) => [
      name,
      { types: built(source, '.d.ts'), default: built(source, '.js') },
    ]),
  ),
  files: files.map((file) => (file === 'src' ? 'lib' : file)),
}
writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
for (const file of files) if (file !== 'src') cpSync(join(root, file), join(target, file), { recursive: true })
