/**
 * Records how twenty runs went, for the test of the time left (test/golden/progress.json):
 *
 *   npm run bench:progress -- [--data DIR] [--keep | --others]
 *
 * Per run: seconds to the end, and for each series in the order of their answers: cost, seconds of work, and when the
 * answer came. `--others`: twenty runs of other sets, on which nothing was chosen. The clock is each thread's own processor time, so that a machine that others use as well can be recorded
 * on. Prints how often the range held the true end; `--keep` writes the file.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cost } from '../src/batch/plan.ts'
import { runBatch } from '../src/batch/run.ts'
import type { Task } from '../src/batch/task.ts'
import { resolveConfig } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { judgeEstimates, type RecordedRun } from '../test/batch/recorded-run.ts'
import { asSeries, defaultData, readSet } from './data.ts'

type Effort = 'balanced' | 'thorough'

const engine = new URL('./engine-on-cpu-clock.ts', import.meta.url)
const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: defaultData },
    keep: { type: 'boolean', default: false },
    others: { type: 'boolean', default: false },
  },
})

/** Sets, series of each, workers, effort: what people forecast, alone and mixed, for ten seconds or more. */
const RUNS: readonly (readonly [sets: readonly string[], each: number, workers: number, effort: Effort])[] = [
  [['m3/monthly'], 400, 2, 'balanced'],
  [['m3/monthly'], 250, 1, 'balanced'],
  [['m3/monthly'], 150, 2, 'thorough'],
  [['m3/quarterly'], 469, 2, 'thorough'],
  [['m3/yearly'], 393, 1, 'thorough'],
  [['m3/other'], 102, 1, 'thorough'],
  [['m4/weekly'], 226, 2, 'balanced'],
  [['tourism/monthly'], 200, 2, 'balanced'],
  [['tourism/quarterly'], 253, 1, 'balanced'],
  [['m1/monthly'], 381, 2, 'balanced'],
  [['m4/yearly'], 700, 2, 'thorough'],
  [['intermittent/carparts_monthly'], 700, 1, 'thorough'],
  [['intermittent/raf_monthly'], 300, 1, 'balanced'],
  [['intermittent/man_weekly'], 300, 2, 'balanced'],
  [['m3/monthly', 'm3/yearly', 'intermittent/carparts_monthly'], 300, 2, 'balanced'],
  [['m3/quarterly', 'm3/monthly'], 200, 1, 'balanced'],
  [['tourism/monthly', 'intermittent/auto_monthly'], 200, 2, 'balanced'],
  [['m4/weekly', 'm3/quarterly', 'm1/yearly'], 180, 2, 'balanced'],
  [['m3/monthly', 'm4/weekly'], 120, 1, 'balanced'],
  [['m1/monthly', 'm1/quarterly', 'm1/yearly'], 160, 2, 'thorough'],
]

/** None of these was looked at when the constants of the estimate were chosen. */
const OTHERS: typeof RUNS = [
  [['other/nn3_monthly'], 64, 2, 'balanced'],
  [['other/hospital_monthly'], 400, 2, 'balanced'],
  [['other/hospital_monthly'], 200, 1, 'balanced'],
  [['other/aus_retail_monthly'], 103, 2, 'balanced'],
  [['other/tsdl_monthly'], 134, 1, 'balanced'],
  [['other/tsdl_yearly'], 174, 1, 'thorough'],
  [['other/pbs_scripts_monthly'], 202, 2, 'balanced'],
  [['other/aus_tourism_quarterly'], 180, 1, 'balanced'],
  [['retail/walmart_weekly'], 150, 2, 'balanced'],
  [['retail/avocado_weekly'], 61, 1, 'balanced'],
  [['retail/dominicks_oj_weekly'], 120, 2, 'balanced'],
  [['m4/quarterly'], 300, 2, 'balanced'],
  [['m4/quarterly'], 200, 1, 'thorough'],
  [['m5/daily'], 120, 2, 'balanced'],
  [['m4/hourly'], 12, 2, 'balanced'],
  [['intermittent/oil_monthly'], 500, 2, 'balanced'],
  [['m4/monthly_sample', 'other/tsdl_quarterly'], 56, 2, 'balanced'],
  [['other/hospital_monthly', 'intermittent/oil_monthly'], 200, 2, 'balanced'],
  [['retail/walmart_weekly', 'm4/quarterly', 'other/tsdl_yearly'], 100, 2, 'balanced'],
  [['m5/daily', 'other/aus_retail_monthly'], 60, 1, 'balanced'],
]

async function record([sets, each, workers, effort]: (typeof RUNS)[number]): Promise<RecordedRun> {
  const config = resolveConfig({ effort })
  const tasks = sets
    .flatMap((set) => readSet(flags.data, set, each))
    .map((one, index): Task => {
      const series = asSeries(one)
      const options = optionsFor(series, config, one.test.length)
      return { index, series, options, unit: null, repairs: [], problems: [] }
    })
  const clocks = new Map<string, number>()
  const answers: [cost: number, seconds: number, at: number][] = []
  for await (const { index, outcome } of runBatch(tasks, { workers, engine })) {
    const [thread = '', seconds = ''] = outcome!.label.split(' ')
    const at = (clocks.get(thread) ?? 0) + Number(seconds)
    clocks.set(thread, at)
    answers.push([Math.round(cost(tasks[index]!)), Number(Number(seconds).toFixed(4)), Number(at.toFixed(4))])
  }
  answers.sort((a, b) => a[2] - b[2])
  return { name: `${sets.join(' + ')}, ${effort}, ${workers}`, end: answers.at(-1)![2], answers }
}

const runs: RecordedRun[] = []
for (const run of flags.others ? OTHERS : RUNS) {
  runs.push(await record(run))
  const { held, width } = judgeEstimates([runs.at(-1)!])
  console.log(
    `${runs.at(-1)!.name.padEnd(60)} ${runs.at(-1)!.end.toFixed(1)} s  held ${(100 * held).toFixed(0)} %  width ${(100 * width).toFixed(0)} %`,
  )
}
const { held, width } = judgeEstimates(runs)
console.log(`all: held ${(100 * held).toFixed(1)} %, median width ${(100 * width).toFixed(1)} % of the time left`)
const target = join(import.meta.dirname, '../test/golden/progress.json')
if (flags.keep && !flags.others) writeFileSync(target, `[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]\n`)
