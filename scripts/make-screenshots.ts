/**
 * Takes the pictures of the dashboard by its tests, and lays them out in `docs/screens`: every screen once, and beside it
 * a sheet of the same screen in all widths, themes and languages.
 *
 *   node scripts/make-screenshots.ts
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { browser, closeBrowser } from '../test/dashboard/browser.ts'
import { SCREENS } from '../test/dashboard/screens.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'docs/screens')
const taken = mkdtempSync(join(tmpdir(), 'arfc-screens-'))
const run = spawnSync(process.execPath, ['--test', join(root, 'test/dashboard/screens.test.ts')], {
  env: { ...process.env, ARFC_SCREENSHOTS: taken },
  stdio: 'inherit',
})
if (run.status !== 0) process.exit(1)

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const page = await (await browser()).newPage({ viewport: { width: 1600, height: 900 } })
for (const name of Object.keys(SCREENS)) {
  copyFileSync(join(taken, `${name}-en-1440.jpg`), join(target, `${name}.jpg`))
  const files = readdirSync(taken)
    .filter((file) => file.startsWith(`${name}-`))
    .sort()
  const figures = files.map(
    (file) =>
      `<figure><img src="${pathToFileURL(join(taken, file))}"><figcaption>${file.replace(/\.jpg$/, '').slice(name.length + 1)}</figcaption></figure>`,
  )
  const html = `<!doctype html><style>body{margin:16px;font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px;align-items:start}figure{margin:0}img{height:300px;border:1px solid #ccc;display:block}</style>${figures.join('')}`
  const file = join(taken, `${name}.html`)
  writeFileSync(file, html)
  await page.goto(String(pathToFileURL(file)))
  await page.screenshot({ path: join(target, `${name}-all.jpg`), type: 'jpeg', quality: 60, fullPage: true })
}
await closeBrowser()
rmSync(taken, { recursive: true, force: true })
