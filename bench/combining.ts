/**
 * What combining costs next to fitting: `npm run bench:combining`. Fitting is the members at the first origin and on all
 * the data; combining is the description of the series, the ballast, the weights, the joint distribution and its widths.
 */
import { fitAll } from '../src/automl/ensemble.ts'
import { gather } from '../src/automl/gather.ts'
import { knownOf } from '../src/automl/learned/index.ts'
import { together } from '../src/automl/together.ts'
import { unwatched } from '../src/automl/watch.ts'
import { DEFAULT_CONFIG } from '../src/processor/config.ts'
import { optionsFor } from '../src/processor/options-for.ts'
import { asSeries, defaultData, readSet } from './data.ts'
import { table } from './table.ts'

const SETS = ['m3/yearly', 'm3/quarterly', 'm3/monthly', 'other/nn5_daily']
const SERIES = 25
const ROUNDS = 2

const spent = (): number => process.cpuUsage().user / 1000

const rows = SETS.map((set) => {
  const all = readSet(defaultData, set, SERIES)
  let [fitting, combining] = [0, 0]
  // the first round is for the compiler
  for (let round = 0; round < ROUNDS; round++) {
    ;[fitting, combining] = [0, 0]
    for (const one of all) {
      const item = asSeries(one)
      const options = optionsFor(item, DEFAULT_CONFIG, one.test.length)
      const gathered = gather(item, options, unwatched)
      const begin = spent()
      const parts = fitAll(gathered.pool.members, gathered, new Map())
      const fitted = spent()
      const known = knownOf(gathered, options.horizon)
      if (parts.length > 1) together(parts, gathered, known, 'auto', new Map())
      // each member is fitted twice: for the trials and on all the data
      fitting += 2 * (fitted - begin)
      combining += spent() - fitted
    }
  }
  const per = (total: number): string => `${(total / all.length).toFixed(2)} ms`
  return [set, String(all.length), per(fitting), per(combining), `${((100 * combining) / fitting).toFixed(1)} %`]
})
console.log(table(['set', 'series', 'fitting', 'combining', 'share'], rows))
