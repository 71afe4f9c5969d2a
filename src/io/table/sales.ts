import type { Repair } from '../../messages.ts'
import { unmetPeriods } from '../../series/censored.ts'
import { isoOf } from '../../series/tick-text.ts'
import type { ReadOptions } from '../read-options.ts'
import type { Rows } from './gathered.ts'
import type { Layout } from './layout.ts'

/** From this share of negative values on they are the nature of the series, and no returns. */
const MOST_RETURNS = 0.1

/** Values after what is known of sales was applied, the repairs made, and the rows that they touched. */
export interface Treated {
  readonly values: Float64Array
  readonly repairs: readonly Repair[]
  readonly touched: ReadonlySet<number>
}

/** What sales figures do not say of demand: periods without stock show none, returns show less than none. */
export function treatSales(
  rows: Rows,
  { extras }: Layout,
  place: { readonly series: string; readonly column: string | null },
  options: ReadOptions,
): Treated {
  const values = rows.values
  let treated: Float64Array | null = null
  const repairs: Repair[] = []
  const touched = new Set<number>()
  const add = (kind: Repair['kind'], i: number, after: number): void => {
    const tick = rows.ticks[i]!
    const row = rows.rows[i] || null
    const date = Number.isNaN(tick) ? null : isoOf(tick)
    repairs.push({
      file: rows.file,
      row,
      ...place,
      date,
      kind,
      before: values[i]!,
      after: Number.isNaN(after) ? null : after,
    })
    if (Object.is(after, values[i])) return
    touched.add(i)
    treated ??= Float64Array.from(values)
    treated[i] = after
  }
  let negative = 0
  let observed = 0
  for (const value of values) {
    if (Number.isFinite(value)) observed++
    if (value < 0) negative++
  }
  const returns = options.negatives === undefined ? negative <= MOST_RETURNS * observed : true
  const from = extras.regressors.length
  const stock = extras.stock === null ? null : rows.extras[from]!
  const out = extras.stockOut === null ? null : rows.extras[from + Number(stock !== null)]!
  const isOut = (i: number): boolean => (stock !== null && stock[i]! <= 0) || out?.[i] === 1
  const told = options.stockOuts !== 'keep' && (stock !== null || out !== null)
  const unmet = new Set(told ? unmetPeriods(values, isOut) : [])
  for (let i = 0; i < values.length; i++) {
    if (unmet.has(i)) add('stock_out_set_missing', i, Number.NaN)
    else if (values[i]! < 0 && returns && negative > 0) {
      if (options.negatives === 'zero') add('negative_set_zero', i, 0)
      else if (options.negatives === 'missing') add('negative_set_missing', i, Number.NaN)
      else add('negative_reported', i, values[i]!)
    }
  }
  return { values: treated ?? values, repairs, touched }
}
