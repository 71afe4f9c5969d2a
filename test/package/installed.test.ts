import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'arfc-package-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** Unpacks the package where an installer would, beside the dependencies of this checkout. */
function install(): string {
  execFileSync(process.execPath, [join(root, 'scripts/build-package.ts')], { cwd: root })
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  execFileSync(npm, ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, './dist'], { cwd: root })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
  const installed = join(folder, 'node_modules/arima-forecaster')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', installed])
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { dependencies: object }
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), link)
  }
  return installed
}

test('the packed package runs where it is installed: the sample by command, a series from a program', () => {
  const installed = install()
  const command = [join(installed, 'lib/cli/main.js'), 'demo', '--run-dir', join(folder, 'run'), '--quiet']
  const demo = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
  assert.equal(demo.status, 0, demo.stderr)
  assert.match(demo.stdout, /82 of 82 series forecast/)

  const program = `
    import { BatchForecastProcessor } from 'arima-forecaster'
    import { naive } from 'arima-forecaster/models'
    const processor = new BatchForecastProcessor().setConfig({ verbose: false })
    const results = await processor.fitBatch({ a: [3, 5, 4, 6, 5, 7, 6, 8] }, { forecastSteps: 2 })
    console.log(naive.name, results.get('a').forecast.mean.length)
  `
  writeFileSync(join(folder, 'program.mjs'), program)
  const library = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' })
  assert.equal(library.stderr, '')
  assert.equal(library.stdout, 'naive 2\n')
})
