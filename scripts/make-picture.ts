/**
 * Writes docs/summary.svg, the README's picture: what a terminal of 80 columns shows after a run of the bundled sample.
 *
 *   node scripts/make-picture.ts
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Paint } from '../src/cli/output.ts'
import { runFiles } from '../src/cli/run-files.ts'
import { summaryText } from '../src/cli/summary-text.ts'
import { sayIn } from '../src/cli/words.ts'

const COLUMNS = 80
const LINE = 18
const COLUMN = 8.43
const MARGIN = 20

const folder = mkdtempSync(join(tmpdir(), 'arfc-picture-'))
const locale = 'en'
const say = sayIn(locale)
const flags = { quiet: true, runDir: folder, horizon: 12, profile: 'dated', failOn: 'any', input: false } as const
const finished = await runFiles([join(import.meta.dirname, '../samples/portfolio.csv')], flags, say, locale)
rmSync(folder, { recursive: true })
if (finished === null) process.exit(130)

/** Marks instead of colours, line by line: the tone's name, then the text, then the end. */
const paint: Paint = (tone, text) =>
  text
    .split('\n')
    .map((line) => `\u0001${tone}\u0002${line}\u0003`)
    .join('\n')
const runDir = 'arfc-runs/…'
const files = finished.files.map((file) => ({ ...file, path: `${runDir}/${basename(file.path)}` }))
const text = summaryText({ ...finished, runDir, files, say, locale, width: COLUMNS, paint })

const escaped = (line: string): string =>
  line
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: our own marks
    .replaceAll(/\u0001(\w+)\u0002([^\u0003]*)\u0003/g, '<tspan class="$1">$2</tspan>')
const lines = [paint('dim', '$ npm ci && npm start'), '', ...text.split('\n')]
const width = Math.ceil(COLUMNS * COLUMN + 2 * MARGIN)
const height = lines.length * LINE + 2 * MARGIN
const body = lines.map(
  (line, i) => `<text x="${MARGIN}" y="${MARGIN + LINE * i + 13}" xml:space="preserve">${escaped(line)}</text>`,
)
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Summary of the sample run in a terminal">
<style>
  rect { fill: #FBFBFA; stroke: #E3E6E8 }
  text { font: 14px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1C2024; white-space: pre }
  .bold { font-weight: 600 } .dim { fill: #5B6470 } .green { fill: #2B7A3D } .yellow { fill: #B45F06 } .red { fill: #B3261E }
  @media (prefers-color-scheme: dark) {
    rect { fill: #14171A; stroke: #2C3238 } text { fill: #E8EAEC } .dim { fill: #9AA4AE }
    .green { fill: #6FBF7F } .yellow { fill: #E0A050 } .red { fill: #F08078 }
  }
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>
${body.join('\n')}
</svg>
`
writeFileSync(join(import.meta.dirname, '../docs/summary.svg'), svg)
