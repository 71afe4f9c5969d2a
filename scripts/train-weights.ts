/**
 * Learns what the product knows of other series: weights of the members, widths of the bands, confidence; writes
 * `src/automl/learned/coefficients.json`. Only windows cut from training parts are looked at. The same data give the same
 * bytes (on one Node major and processor architecture).
 *
 *   node scripts/train-weights.ts [--data DIR] [--rows DIR] [--folds 5] [--dry]
 *
 * `--rows` keeps what the models said of the windows, the dear part; `--folds` prints what the same training is worth on
 * series it has not seen (0: not); `--dry` writes nothing.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { defaultData } from '../bench/data.ts'
import { type Coefficients, MIXTURE_OUTPUTS } from '../src/automl/learned/index.ts'
import { allRows } from './weights/all-rows.ts'
import { cohortsOf } from './weights/cohorts.ts'
import { confidenceExamples, mixtureExamples, spreadExamples } from './weights/examples.ts'
import { learn, learnTogether } from './weights/learn.ts'
import { Report } from './weights/report.ts'
import type { Row } from './weights/rows.ts'
import { sourceSets } from './weights/windows.ts'

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    rows: { type: 'string' },
    folds: { type: 'string', default: '5' },
    dry: { type: 'boolean', default: false },
  },
})

/** Networks whose mean answers: one alone depends on where it began. */
const NETWORKS = 3

function train(rows: readonly Row[]): Omit<Coefficients, 'version'> {
  const settings = { rate: 0.003, decay: 0.001 }
  const mixture = { ...settings, name: 'weights', outputs: MIXTURE_OUTPUTS, hidden: 24, epochs: 12 }
  const weights = learnTogether(mixtureExamples(rows), mixture, NETWORKS)
  const widths = { ...settings, name: 'spread', outputs: 4, hidden: 16, epochs: 12 }
  const spread = learnTogether(spreadExamples(rows, { weights }), widths, NETWORKS)
  const confidence = learn(confidenceExamples(rows, { weights, spread }), {
    ...{ ...settings, name: 'confidence', outputs: 3, hidden: 16, epochs: 12 },
  })
  return { weights, spread, confidence, cohorts: cohortsOf(rows) }
}

const rows = allRows(options.data, sourceSets, options.rows)
console.log(`${rows.length} windows of ${new Set(rows.map(({ set, id }) => `${set}/${id}`)).size} series`)
const folds = Number(options.folds)
if (folds > 1) {
  const fold = new Map<string, number>()
  for (const { set, id } of rows) if (!fold.has(`${set}/${id}`)) fold.set(`${set}/${id}`, fold.size % folds)
  const report = new Report()
  for (let k = 0; k < folds; k++) {
    const isHeld = ({ set, id }: Row): boolean => fold.get(`${set}/${id}`) === k
    const coefficients = { version: 'fold', ...train(rows.filter((row) => !isHeld(row))) }
    report.add(rows.filter(isHeld), coefficients)
  }
  console.log(String(report))
}
if (!options.dry) {
  const found = train(rows)
  const version = createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 12)
  const file = new URL('../src/automl/learned/coefficients.json', import.meta.url)
  writeFileSync(file, `${JSON.stringify({ version, ...found })}\n`)
  console.log(`version ${version}`)
}
